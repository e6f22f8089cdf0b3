"""Settings of the program on this machine: a TOML file, then the environment. The station itself lives in its database.

Precedence, lowest first: defaults, file, environment (``GIG_KIOSK_<NAME>``), command line. An unknown key is an error.
"""

from __future__ import annotations

import os
import re
import sys
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kiosk.light import light

if TYPE_CHECKING:  # every start pays for what is imported here
    from collections.abc import Callable, Mapping

PREFIX = "GIG_KIOSK_"
APP = "gig-kiosk"


_TIME = re.compile(r"(([01][0-9]|2[0-3]):[0-5][0-9])?")
_SWITCHES = {"1": True, "true": True, "0": False, "false": False}


class SettingsError(Exception):
    """The settings cannot be used; the text says which file or variable, which key and why."""


class KeySource(StrEnum):
    """Where the database key is kept."""

    AUTO = "auto"
    KEYRING = "keyring"
    FILE = "file"


class LogFormat(StrEnum):
    """Lines for people, or JSON for machines."""

    TEXT = "text"
    JSON = "json"


class LogLevel(StrEnum):
    """How much the log says; never a name, phone or ID number at any level."""

    DEBUG = "debug"
    INFO = "info"
    WARNING = "warning"


@light
class Settings:
    """Settings, all with defaults that run on a fresh machine.

    Attributes:
        data_dir: database, key file, log; made with mode 0700.
        slip_dir: where the folder printer puts slips; default ``<data_dir>/slips``.
        key_source: where the database key is kept; ``auto`` takes the keyring when there is a working one.
        kiosk_mode: full screen, no cursor, no way out without staff.
        restart_hour: in kiosk mode the program ends at that hour of the night, to be started anew; -1 for never.
        dark_from, dark_until: hours in which the screen is black while nobody is there, ``21:30``; empty for none.
        panel_off, panel_on: commands that switch the panel itself off and on in those hours; empty for none.
        language: first language on the screen.
        click: what plays the click of a button: ``auto`` finds a player, ``off``, or a command of this machine.
        voice: whether the voices of the system are asked to read aloud.
        transitions: whether a page comes under a mist that is gone at once (never in black and white).
        log_level: how much the log says.
        reserve_mib: disk space set aside in ``data_dir``, so that a full disk can still be worked on; 0 = none.
        city_data_dir: PostgreSQL cluster and keys of a city that runs on this machine.
        city_host, city_port: where the city's gateway listens; port 0 takes a free one.
        city_metrics_port: where Prometheus reads, on 127.0.0.1; 0 for nowhere.
        log_format: lines of text, or a JSON object each.
        city_tls_certificate, city_tls_key: PEM files, for a gateway that serves https by itself; empty: http, for a
            proxy in front.
        city_dsn: PostgreSQL to use; empty starts the embedded one.
        usb_roots: folders below which the system mounts sticks, with colons between them.
        city_keep_days: how long the city tells deletions, and shows expired listings, before it forgets them.
    """

    data_dir: Path
    slip_dir: Path
    city_data_dir: Path
    key_source: KeySource = KeySource.AUTO
    kiosk_mode: bool = False
    restart_hour: int = 3
    dark_from: str = ""
    dark_until: str = ""
    panel_off: str = ""
    panel_on: str = ""
    language: str = "zh_CN"
    click: str = "auto"
    voice: bool = True
    transitions: bool = True
    log_level: LogLevel = LogLevel.INFO
    reserve_mib: int = 64
    city_host: str = "127.0.0.1"
    city_port: int = 8371
    city_tls_certificate: str = ""
    city_tls_key: str = ""
    city_metrics_port: int = 8372
    log_format: LogFormat = LogFormat.TEXT
    city_dsn: str = ""
    usb_roots: str = "/media:/run/media:/mnt"
    city_keep_days: int = 30


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
    data_dir = Path(str(values.get("data_dir") or _user_dir("data"))).expanduser()
    values["data_dir"] = str(data_dir)
    for name, below in (("slip_dir", "slips"), ("city_data_dir", "city")):
        values[name] = str(Path(str(values.get(name) or data_dir / below)).expanduser())
    settings = Settings(**{name: _read(name, value) for name, value in values.items()})
    if bool(settings.dark_from) != bool(settings.dark_until):
        raise SettingsError("dark_from and dark_until go together")
    if bool(settings.panel_off) != bool(settings.panel_on):
        raise SettingsError("panel_off and panel_on go together")
    return settings


def _user_dir(kind: str) -> str:
    """This user's folder for data or settings, as platformdirs has it; importing that takes 5 ms of every start."""
    if os.name == "posix" and sys.platform != "darwin":
        variable, below = (
            ("XDG_DATA_HOME", ".local/share") if kind == "data" else ("XDG_CONFIG_HOME", ".config")
        )
        return str(Path(os.environ.get(variable, "").strip() or Path.home() / below) / APP)
    import platformdirs

    return platformdirs.user_data_dir(APP) if kind == "data" else platformdirs.user_config_dir(APP)


def _from_file(path: Path | None) -> dict[str, object]:
    file = path or Path(_user_dir("config")) / f"{APP}.toml"
    if path is None and not file.is_file():
        return {}
    import tomllib  # 3 ms that a start without a settings file does without

    try:
        return tomllib.loads(file.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise SettingsError(f"{file}: {error}") from error


# One reader for each type of value. Texts are read as numbers and switches, too: the environment has nothing else.


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError("not a text")
    return value


def _time(value: object) -> str:
    if _TIME.fullmatch(_text(value)) is None:
        raise ValueError("not a time such as 21:30")
    return _text(value)


def _command(value: object) -> str:
    if command := _text(value):
        import shlex

        if not shlex.split(command):  # it says itself that a quotation mark is missing
            raise ValueError("not a command")
    return command


def _switch(value: object) -> bool:
    found = value if isinstance(value, bool) else _SWITCHES.get(str(value).lower())
    if found is None:
        raise ValueError("neither true nor false")
    return found


def _whole(value: object) -> int:
    if isinstance(value, bool) or not isinstance(value, int | str):
        raise TypeError("not a whole number")
    return int(value)


def _between(least: int, most: int) -> Callable[[object], int]:
    def read(value: object) -> int:
        number = _whole(value)
        if not least <= number <= most:
            raise ValueError(f"not from {least} to {most}")
        return number

    return read


#: One for each setting; a test compares the two lists.
_READERS: Mapping[str, Callable[[object], object]] = {
    "data_dir": lambda value: Path(_text(value)),
    "slip_dir": lambda value: Path(_text(value)),
    "key_source": lambda value: KeySource(_text(value)),
    "kiosk_mode": _switch,
    "restart_hour": _between(-1, 23),
    "dark_from": _time,
    "dark_until": _time,
    "panel_off": _command,
    "panel_on": _command,
    "language": _text,
    "click": _command,
    "voice": _switch,
    "transitions": _switch,
    "log_level": lambda value: LogLevel(_text(value)),
    "reserve_mib": _between(0, 2**31),
    "city_data_dir": lambda value: Path(_text(value)),
    "city_host": _text,
    "city_port": _whole,
    "city_dsn": _text,
    "city_tls_certificate": _text,
    "city_tls_key": _text,
    "city_metrics_port": _whole,
    "log_format": lambda value: LogFormat(_text(value)),
    "usb_roots": _text,
    "city_keep_days": _between(1, 3650),
}


def _read(name: str, value: object) -> Any:  # noqa: ANN401 - the field's own type
    """One value.

    Raises:
        SettingsError: no such setting, or not a value of it.
    """
    if name not in _READERS:
        raise SettingsError(f"{name}: no such setting")
    try:
        return _READERS[name](value)
    except (ValueError, TypeError) as error:
        raise SettingsError(f"{name} = {value!r}: {error}") from error
