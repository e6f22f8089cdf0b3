"""A screen for a machine without one: Xvfb, a small window manager, and x11vnc to look at it from elsewhere.

Only this machine can connect (loopback), only with the one-time password; other people on this machine can't
open windows on the screen because the X server asks for a cookie.
"""

from __future__ import annotations

import os
import secrets
import select
import socket
import string
import struct
import subprocess
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from tools.processes import Children
from tools.terminal import ToolError

_START_S = 20.0
_LEAST_PX = 480
_POLL_S = 0.05
_VNC_PORTS = range(5900, 6000)
_FAMILY_WILD = 65535
_COOKIE_NAME = b"MIT-MAGIC-COOKIE-1"
# The demo's window is as large as the screen: no frame around it, and nothing moves it.
_WINDOW_RULES = """<?xml version="1.0" encoding="UTF-8"?>
<openbox_config xmlns="http://openbox.org/3.4/rc">
  <theme><keepBorder>no</keepBorder></theme>
  <applications>
    <application type="normal">
      <decor>no</decor>
      <position force="yes"><x>0</x><y>0</y></position>
      <focus>yes</focus>
    </application>
  </applications>
</openbox_config>
"""
_PASSWORD_LENGTH = 8  # more is ignored by the VNC protocol


@dataclass(frozen=True, slots=True, kw_only=True)
class ScreenSize:
    """Pixels of the virtual screen.

    Attributes:
        width: Pixels across.
        height: Pixels down.
    """

    width: int
    height: int


@dataclass(frozen=True, slots=True, kw_only=True)
class VirtualDisplay:
    """A running virtual screen.

    Attributes:
        env: Environment for programs that shall open their windows on it.
        vnc_port: Loopback port of the VNC server.
        password: One-time password of the VNC server.
    """

    env: Mapping[str, str]
    vnc_port: int
    password: str


def screen_size(orientation: str, size: str) -> ScreenSize:
    """Read the wished size.

    Args:
        orientation: ``landscape`` or ``portrait``.
        size: ``WIDTHxHEIGHT`` in pixels, or empty for a Full HD panel in that orientation.

    Raises:
        ToolError: One of them makes no sense.
    """
    if size:
        width, x, height = size.lower().partition("x")
        if not (x and width.isdecimal() and height.isdecimal() and min(int(width), int(height)) >= _LEAST_PX):
            message = f"SIZE is WIDTHxHEIGHT in pixels, at least {_LEAST_PX} each, not {size!r}"
            raise ToolError(message)
        return ScreenSize(width=int(width), height=int(height))
    if orientation == "landscape":
        return ScreenSize(width=1920, height=1080)
    if orientation == "portrait":
        return ScreenSize(width=1080, height=1920)
    message = f"ORIENTATION is landscape or portrait, not {orientation!r}"
    raise ToolError(message)


def start(children: Children, size: ScreenSize, folder: Path) -> VirtualDisplay:
    """Start the three programs and wait until one can look at the screen.

    Args:
        children: Set that the programs belong to and end with.
        size: Pixels of the screen.
        folder: Private folder (mode 0700) for the cookie, the password and the programs' logs.

    Raises:
        ToolError: A program is missing or did not start.
    """
    authority = _secret_file(folder / "Xauthority", _cookie_entry(secrets.token_bytes(16)))
    base = {name: value for name, value in os.environ.items() if name != "WAYLAND_DISPLAY"}
    number = _start_xvfb(children, size, authority, folder, base)
    env = {**base, "DISPLAY": f":{number}", "XAUTHORITY": str(authority), "QT_QPA_PLATFORM": "xcb"}
    rules = folder / "openbox.xml"
    rules.write_text(_WINDOW_RULES, encoding="utf-8")
    with (folder / "openbox.log").open("wb") as log:
        children.start(["openbox", "--sm-disable", "--config-file", rules], env=env, output=log)
    password = "".join(secrets.choice(string.ascii_letters + string.digits) for _ in range(_PASSWORD_LENGTH))
    port = _start_vnc(children, password, folder, env)
    return VirtualDisplay(env=env, vnc_port=port, password=password)


def _start_xvfb(
    children: Children, size: ScreenSize, authority: Path, folder: Path, env: Mapping[str, str]
) -> int:
    """Start Xvfb on the first free display and return that display's number."""
    reader, writer = os.pipe()
    try:
        with (folder / "xvfb.log").open("wb") as log:
            xvfb = children.start(
                [
                    *(
                        "Xvfb",
                        "-displayfd",
                        str(writer),
                        "-auth",
                        authority,
                        "-nolisten",
                        "tcp",
                        "-dpi",
                        "96",
                    ),
                    *("-screen", "0", f"{size.width}x{size.height}x24"),
                ],
                env=env,
                pass_fds=(writer,),
                output=log,
            )
    finally:
        os.close(writer)
    try:
        return int(_read_line(reader, xvfb, folder / "xvfb.log"))
    finally:
        os.close(reader)


def _read_line(reader: int, process: subprocess.Popen[bytes], log: Path) -> bytes:
    """Read one line from a pipe whose writer may end without writing."""
    deadline = time.monotonic() + _START_S
    line = b""
    while not line.endswith(b"\n"):
        ready, _, _ = select.select([reader], [], [], max(0.0, deadline - time.monotonic()))
        piece = os.read(reader, 64) if ready else b""
        if not piece:
            raise ToolError(_did_not_start("Xvfb", process, log))
        line += piece
    return line


def _start_vnc(children: Children, password: str, folder: Path, env: Mapping[str, str]) -> int:
    """Start x11vnc on a free loopback port and wait until it answers there."""
    port = _free_port()
    password_file = _secret_file(folder / "vnc-password", password.encode() + b"\n")
    log_path = folder / "x11vnc.log"
    with log_path.open("wb") as log:
        vnc = children.start(
            [
                *("x11vnc", "-localhost", "-noipv6", "-rfbport", str(port), "-passwdfile", password_file),
                *("-auth", env["XAUTHORITY"], "-display", env["DISPLAY"]),
                *("-forever", "-shared", "-noxrecord", "-quiet"),
            ],
            env=env,
            output=log,
        )
    deadline = time.monotonic() + _START_S
    while vnc.poll() is None and time.monotonic() < deadline:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1.0).close()
        except OSError:
            time.sleep(_POLL_S)
        else:
            return port
    raise ToolError(_did_not_start("x11vnc", vnc, log_path))


def _free_port() -> int:
    """Return the first port in VNC's range that nobody on this machine uses."""
    for port in _VNC_PORTS:
        with socket.socket() as probe:
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
            return port
    message = f"No port from {_VNC_PORTS.start} to {_VNC_PORTS.stop - 1} is free for the VNC server."
    raise ToolError(message)


def _secret_file(path: Path, content: bytes) -> Path:
    """Write a file that only its owner can read, from its first byte on."""
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(content)
    return path


def _cookie_entry(cookie: bytes) -> bytes:
    """Return an Xauthority entry that fits any display, since the number is not known beforehand."""

    def counted(data: bytes) -> bytes:
        return struct.pack(">H", len(data)) + data

    parts = (b"", b"", _COOKIE_NAME, cookie)  # address, display number, name, data
    return struct.pack(">H", _FAMILY_WILD) + b"".join(counted(part) for part in parts)


def _did_not_start(name: str, process: subprocess.Popen[bytes], log: Path) -> str:
    state = "is silent" if process.poll() is None else f"ended with code {process.returncode}"
    said = log.read_text(encoding="utf-8", errors="replace").strip().splitlines()[-10:]
    return "\n".join(
        [f"The virtual screen did not start: {name} {state}.", *(f"    {line}" for line in said)]
    )
