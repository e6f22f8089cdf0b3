"""``gig-kiosk city reference``: publishing a set of reference data with a key that lies apart."""

import os
import secrets
from collections.abc import Callable
from pathlib import Path

from kiosk.bootstrap.reference import read_files
from kiosk.city.context import CityContext
from kiosk.city.reference import CannotPublish, publish
from kiosk.protocol.signing import SEED_BYTES, SigningKey

Say = Callable[[str], None]


def publish_reference(city: CityContext, folder: Path, key_file: Path, say: Say) -> int:
    """Check, sign and publish the set in ``folder``.

    Returns:
        Exit status: 0 published, 1 not (the line says why).
    """
    city.store.run(lambda tx: tx.city())
    try:
        files = read_files(folder)
    except (OSError, UnicodeDecodeError) as error:
        say(f"not published: {error}")
        return 1
    try:
        key, made = _key(key_file)
        if made:
            say(
                f"the key that signs reference data is in {key_file}: keep it in a safe place off this machine"
            )
        bundle = publish(city, files, key)
    except (CannotPublish, ValueError, OSError) as error:
        say(f"not published: {error}")
        return 1
    say(f"version {bundle.version} is published: kiosks use it from their next start on")
    return 0


def _key(file: Path) -> tuple[SigningKey, bool]:
    """The key in a file of 64 hex digits, made when there is none; whether it was made."""
    try:
        return SigningKey(bytes.fromhex(file.read_text(encoding="ascii").strip())), False
    except FileNotFoundError:
        seed = secrets.token_bytes(SEED_BYTES)
    handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="ascii") as out:
        out.write(seed.hex() + "\n")
    return SigningKey(seed), True
