"""The key of the database: in the system's keyring where there is one, else in a file that only this user can read."""

import os
import secrets
import stat
from pathlib import Path
from typing import Final, Protocol

from kiosk.storage import faults
from kiosk.storage.connection import KEY_BYTES

SERVICE: Final = "gig-kiosk"
FILE_NAME: Final = "database.key"
_OTHERS: Final = stat.S_IRWXG | stat.S_IRWXO


class KeyStore(Protocol):
    """A place that keeps the key."""

    def load(self) -> bytes | None:
        """The key, or None when none was ever made here.

        Raises:
            StorageFault: what is there cannot be used.
        """

    def create(self) -> bytes:
        """Make a key and keep it; only when there is none.

        Raises:
            StorageFault: there is one already, or it cannot be kept.
        """


class FileKeyStore:
    """A file with mode 0600. Whoever can read this user's files can read the database: the documented fallback."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / FILE_NAME

    def load(self) -> bytes | None:
        """See ``KeyStore``. A file that others can read is refused: the key must be taken for known."""
        try:
            handle = os.open(self._path, os.O_RDONLY)
        except FileNotFoundError:
            return None
        except OSError as error:
            raise faults.key_missing() from error
        with os.fdopen(handle, "rb") as file:
            mode = os.fstat(file.fileno()).st_mode
            # Windows has no such bits; there the user's profile folder keeps others out.
            if os.name == "posix" and mode & _OTHERS:
                raise faults.key_exposed()
            return _parse(file.read())

    def create(self) -> bytes:
        """See ``KeyStore``."""
        key = secrets.token_bytes(KEY_BYTES)
        fresh = self._path.with_name(f".{FILE_NAME}.{secrets.token_hex(4)}")
        try:
            self._path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            handle = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            try:
                with os.fdopen(handle, "wb") as file:
                    file.write(key.hex().encode("ascii") + b"\n")
                    file.flush()
                    os.fsync(file.fileno())
                if self._path.exists():
                    raise faults.key_damaged()  # never over an existing key: a database may depend on it
                fresh.rename(self._path)
            finally:
                fresh.unlink(missing_ok=True)
        except OSError as error:
            raise faults.of_os(error) from error
        return key


class KeyringKeyStore:
    """The system's keyring, one entry for each database."""

    def __init__(self, name: str) -> None:
        self._name = name

    def load(self) -> bytes | None:
        """See ``KeyStore``."""
        import keyring
        from keyring.errors import KeyringError

        try:
            kept = keyring.get_password(SERVICE, self._name)
        except KeyringError as error:
            raise faults.key_missing() from error
        return None if kept is None else _parse(kept.encode("utf-8"))

    def create(self) -> bytes:
        """See ``KeyStore``."""
        import keyring
        from keyring.errors import KeyringError

        if self.load() is not None:
            raise faults.key_damaged()
        key = secrets.token_bytes(KEY_BYTES)
        try:
            keyring.set_password(SERVICE, self._name, key.hex())
        except KeyringError as error:
            raise faults.read_only() from error
        return key


def keyring_works() -> bool:
    """Whether this machine has a keyring that can be used without a person unlocking it first."""
    import keyring
    from keyring.backends.fail import Keyring as NoKeyring
    from keyring.errors import KeyringError

    try:
        backend = keyring.get_keyring()
        if isinstance(backend, NoKeyring) or backend.priority <= 0:
            return False
        backend.get_password(SERVICE, "probe")
    except (KeyringError, RuntimeError, OSError):
        return False  # no bus, no daemon, locked: the file is the fallback
    return True


def automatic(folder: Path) -> KeyStore:
    """An existing key file if there is one, else the keyring if it works, else a new key file.

    The file is asked first, so that a keyring that appears later does not hide the key of an existing database.
    """
    if (folder / FILE_NAME).exists() or not keyring_works():
        return FileKeyStore(folder)
    return KeyringKeyStore(str(folder.resolve()))


def _parse(kept: bytes) -> bytes:
    try:
        key = bytes.fromhex(kept.decode("ascii").strip())
    except ValueError:
        raise faults.key_damaged() from None  # the text of that error shows what was read
    if len(key) != KEY_BYTES:
        raise faults.key_damaged()
    return key
