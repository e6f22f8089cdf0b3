"""Is there a screen that a window can open on?"""

from __future__ import annotations

import os
import re
import socket
import sys
from collections.abc import Mapping
from pathlib import Path

_X_DISPLAY = re.compile(r"^(?:unix)?(?P<host>[^:]*):(?P<number>\d+)(?:\.\d+)?$")
_X_SOCKETS = Path("/tmp", ".X11-unix")  # noqa: S108 - the place is fixed by X11
_TIMEOUT_S = 2.0


def is_reachable(environ: Mapping[str, str] = os.environ) -> bool:
    """Tell whether the environment names a display whose server answers."""
    if not sys.platform.startswith("linux"):
        return True
    return _wayland_answers(environ) or _x_answers(environ)


def _wayland_answers(environ: Mapping[str, str]) -> bool:
    name, runtime = environ.get("WAYLAND_DISPLAY"), environ.get("XDG_RUNTIME_DIR")
    if not name:
        return False
    path = Path(name) if name.startswith("/") else Path(runtime or "") / name
    return _unix_answers(str(path))


def _x_answers(environ: Mapping[str, str]) -> bool:
    match = _X_DISPLAY.match(environ.get("DISPLAY", ""))
    if match is None:
        return False
    number = int(match["number"])
    if match["host"] in {"", "/"}:
        socket_name = str(_X_SOCKETS / f"X{number}")
        return _unix_answers(socket_name) or _unix_answers(f"\0{socket_name}")
    try:
        with socket.create_connection((match["host"], 6000 + number), timeout=_TIMEOUT_S):
            return True
    except OSError:
        return False


def _unix_answers(address: str) -> bool:
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as client:
        client.settimeout(_TIMEOUT_S)
        try:
            client.connect(address)
        except OSError:
            return False
    return True
