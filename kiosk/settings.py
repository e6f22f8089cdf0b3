"""Settings of the program on this machine: a TOML file, then the environment. The station itself lives in its database.

Precedence, lowest first: defaults, file, environment (``GIG_KIOSK_<NAME>``), command line. An unknown key is an error.
"""

import os
import tomllib
from collections.abc import Mapping
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import msgspec
import platformdirs

PREFIX = "GIG_KIOSK_"
APP = "gig-kiosk"


_TIME = msgspec.Meta(pattern=r"^(([01][0-9]|2[0-3]):[0-5][0-9])?$")


class SettingsError(Exception):
    """The settings cannot be used; the text says which file or variable, which key and why."""


class KeySource(StrEnum):
    """Where the database key is kept."""

    AUTO = "auto"
    KEYRING = "keyring"
    FILE = "file"


class LogLevel(StrEnum):
    """How much the log says; never a name, phone or ID number at any level."""

    DEBUG = "debug"
    INFO = "info"
    WARNING = "warning"


class Settings(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Settings, all with defaults that run on a fresh machine.

    Attributes:
        data_dir: database, key file, log; made with mode 0700.
        slip_dir: where the folder printer puts slips; default ``<data_dir>/slips``.
        key_source: where the database key is kept; ``auto`` takes the keyring when there is a working one.
        kiosk_mode: full screen, no cursor, no way out without staff.
        restart_hour: in kiosk mode the program ends at that hour of the night, to be started anew; -1 for never.
        dark_from, dark_until: hours in which the screen is black while nobody is there, ``21:30``; empty for none.
        language: first language on the screen.
        log_level: how much the log says.
        reserve_mib: disk space set aside in ``data_dir``, so that a full disk can still be worked on; 0 = none.
        city_data_dir: PostgreSQL cluster and keys of a city that runs on this machine.
        city_host, city_port: where the city's gateway listens; port 0 takes a free one.
        city_dsn: PostgreSQL to use; empty starts the embedded one.
        usb_roots: folders below which the system mounts sticks, with colons between them.
    """

    data_dir: Path
    slip_dir: Path
    key_source: KeySource = KeySource.AUTO
    kiosk_mode: bool = False
    restart_hour: Annotated[int, msgspec.Meta(ge=-1, le=23)] = 3
    dark_from: Annotated[str, _TIME] = ""
    dark_until: Annotated[str, _TIME] = ""
    language: str = "zh_CN"
    log_level: LogLevel = LogLevel.INFO
    reserve_mib: Annotated[int, msgspec.Meta(ge=0)] = 64
    city_data_dir: Path
    city_host: str = "127.0.0.1"
    city_port: int = 8371
    city_dsn: str = ""
    usb_roots: str = "/media:/run/media:/mnt"


def load(
    path: Path | None = None, environment: Mapping[str, str] = os.environ, **overrides: object
) -> Settings:
    """Read the settings.

    Args:
        path: TOML file; None looks for ``<config dir>/gig-kiosk.toml`` and does without.
        environment: variables; ``GIG_KIOSK_DATA_DIR`` sets ``data_dir`` and so on.
        overrides: values from the command line; None means not given.

    Raises:
        SettingsError: unreadable file, unknown key, value of the wrong type.
    """
    values: dict[str, object] = _from_file(path)
    for name, value in environment.items():
        if name.startswith(PREFIX):
            values[name.removeprefix(PREFIX).lower()] = value
    values.update({name: value for name, value in overrides.items() if value is not None})
    data_dir = Path(str(values.get("data_dir") or platformdirs.user_data_dir(APP))).expanduser()
    values["data_dir"] = str(data_dir)
    for name, below in (("slip_dir", "slips"), ("city_data_dir", "city")):
        values[name] = str(Path(str(values.get(name) or data_dir / below)).expanduser())
    try:
        settings = msgspec.convert(values, Settings, strict=False, dec_hook=_decode)
    except msgspec.ValidationError as error:
        raise SettingsError(str(error)) from error
    if bool(settings.dark_from) != bool(settings.dark_until):
        raise SettingsError("dark_from and dark_until go together")
    return settings


def _decode(kind: type, value: object) -> object:
    if kind is Path and isinstance(value, str):
        return Path(value)
    raise NotImplementedError(kind)


def _from_file(path: Path | None) -> dict[str, object]:
    file = path or Path(platformdirs.user_config_dir(APP)) / f"{APP}.toml"
    if path is None and not file.is_file():
        return {}
    try:
        return tomllib.loads(file.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise SettingsError(f"{file}: {error}") from error
