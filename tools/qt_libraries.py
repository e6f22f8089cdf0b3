"""Which system libraries Qt needs and does not find, read from the installed Qt with ``ldd``.

The Qt wheels bring Qt itself, not the X11, OpenGL and font libraries below it. What is needed is
asked of the very files that will be loaded, so the answer stays true when Qt changes. Also asked for: libusb, which
only a USB printer needs.
"""

from __future__ import annotations

import ctypes
import re
import subprocess
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from tools.terminal import ToolError

# The parts of Qt that the program loads; patterns below the PySide6 folder.
_NEEDED = (
    "Qt{Core,Gui,Widgets,Svg,Network}.abi3.so",
    "Qt/lib/libQt6{Core,Gui,Widgets,Svg,Network,DBus,XcbQpa,WaylandClient}.so.6",
    "Qt/plugins/platforms/libq{xcb,offscreen,wayland}.so",
    "Qt/plugins/xcbglintegrations/*.so",
    "Qt/plugins/imageformats/libq{svg,jpeg,ico}.so",
    "Qt/plugins/iconengines/*.so",
    "Qt/plugins/wayland-shell-integration/libxdg-shell.so",
)
# What a station may lack: without a voice it runs silently, and `gig-kiosk doctor` says so.
_OPTIONAL = ("QtTextToSpeech.abi3.so", "Qt/plugins/texttospeech/libqtexttospeech_speechd.so")
# Libraries that pyusb opens by name when a USB printer is set up: a station without one runs without them.
_OPENED_BY_NAME = ("libusb-1.0.so.0",)

# soname → package names, newest release first (Ubuntu 24.04 and Debian 13 renamed some for 64-bit time).
_PACKAGES: dict[str, tuple[str, ...]] = {
    "libEGL.so.1": ("libegl1",),
    "libGL.so.1": ("libgl1",),
    "libGLX.so.0": ("libglx0",),
    "libOpenGL.so.0": ("libopengl0",),
    "libX11-xcb.so.1": ("libx11-xcb1",),
    "libX11.so.6": ("libx11-6",),
    "libXau.so.6": ("libxau6",),
    "libXext.so.6": ("libxext6",),
    "libXrandr.so.2": ("libxrandr2",),
    "libXrender.so.1": ("libxrender1",),
    "libbrotlidec.so.1": ("libbrotli1",),
    "libdbus-1.so.3": ("libdbus-1-3",),
    "libdrm.so.2": ("libdrm2",),
    "libexpat.so.1": ("libexpat1",),
    "libfontconfig.so.1": ("libfontconfig1",),
    "libfreetype.so.6": ("libfreetype6",),
    "libgbm.so.1": ("libgbm1",),
    "libglib-2.0.so.0": ("libglib2.0-0t64", "libglib2.0-0"),
    "libgthread-2.0.so.0": ("libglib2.0-0t64", "libglib2.0-0"),
    "libgssapi_krb5.so.2": ("libgssapi-krb5-2",),
    "libpng16.so.16": ("libpng16-16t64", "libpng16-16"),
    "libusb-1.0.so.0": ("libusb-1.0-0",),
    "libpulse.so.0": ("libpulse0",),
    "libspeechd.so.2": ("libspeechd2",),
    "libwayland-client.so.0": ("libwayland-client0",),
    "libwayland-cursor.so.0": ("libwayland-cursor0",),
    "libwayland-egl.so.1": ("libwayland-egl1",),
    "libwayland-server.so.0": ("libwayland-server0",),
    "libxcb-cursor.so.0": ("libxcb-cursor0",),
    "libxcb-icccm.so.4": ("libxcb-icccm4",),
    "libxcb-image.so.0": ("libxcb-image0",),
    "libxcb-keysyms.so.1": ("libxcb-keysyms1",),
    "libxcb-randr.so.0": ("libxcb-randr0",),
    "libxcb-render-util.so.0": ("libxcb-render-util0",),
    "libxcb-render.so.0": ("libxcb-render0",),
    "libxcb-shape.so.0": ("libxcb-shape0",),
    "libxcb-shm.so.0": ("libxcb-shm0",),
    "libxcb-sync.so.1": ("libxcb-sync1",),
    "libxcb-util.so.1": ("libxcb-util1",),
    "libxcb-xfixes.so.0": ("libxcb-xfixes0",),
    "libxcb-xinerama.so.0": ("libxcb-xinerama0",),
    "libxcb-xkb.so.1": ("libxcb-xkb1",),
    "libxcb.so.1": ("libxcb1",),
    "libxkbcommon-x11.so.0": ("libxkbcommon-x11-0",),
    "libxkbcommon.so.0": ("libxkbcommon0",),
    "libzstd.so.1": ("libzstd1",),
}

_MISSING_LINE = re.compile(r"^\s*(\S+) => not found", re.MULTILINE)
_FOUND_LINE = re.compile(r"^\s*\S+ => (/\S+) \(0x", re.MULTILINE)


@dataclass(frozen=True, slots=True, kw_only=True)
class LibraryCheck:
    """What ``ldd`` said about Qt.

    Attributes:
        needed: Sonames not found without which no window opens.
        optional: Sonames not found without which voice or USB printer stay silent.
        found: Files outside Qt that were found; when one vanishes the check must be made again.
    """

    needed: frozenset[str]
    optional: frozenset[str]
    found: tuple[str, ...]


def check(site_packages: Path, *, opened_by_name: Iterable[str] = _OPENED_BY_NAME) -> LibraryCheck:
    """Ask ``ldd`` about the parts of Qt that the program loads.

    Args:
        site_packages: Folder that PySide6 is installed in.
        opened_by_name: Sonames that the program opens itself, if they are there.

    Raises:
        ToolError: PySide6 or ``ldd`` is missing.
    """
    pyside = site_packages / "PySide6"
    if not pyside.is_dir():
        message = f"PySide6 is not installed in {site_packages}"
        raise ToolError(message)
    needed = _ldd(_files(pyside, _NEEDED))
    outside = {
        path for path in _FOUND_LINE.findall(needed) if str(pyside) not in path and "shiboken6" not in path
    }
    optional = {*_MISSING_LINE.findall(_ldd(_files(pyside, _OPTIONAL)))}
    optional |= {name for name in opened_by_name if not _opens(name)}
    missing = frozenset(_MISSING_LINE.findall(needed))
    return LibraryCheck(
        needed=missing,
        optional=frozenset(optional) - missing,
        found=tuple(sorted(outside)),
    )


def _opens(soname: str) -> bool:
    try:
        ctypes.CDLL(soname)
    except OSError:
        return False
    return True


def packages_for(sonames: Iterable[str]) -> tuple[list[tuple[str, ...]], list[str]]:
    """Return the packages (their possible names) that hold these libraries, and the sonames unknown to us."""
    names = sorted(sonames)
    known = sorted({_PACKAGES[name] for name in names if name in _PACKAGES})
    return known, [name for name in names if name not in _PACKAGES]


def _files(base: Path, patterns: Iterable[str]) -> list[Path]:
    """Return the files below ``base`` that fit; one ``{a,b}`` in a pattern stands for several."""
    files: list[Path] = []
    for pattern in patterns:
        head, brace, rest = pattern.partition("{")
        names, _, tail = rest.partition("}")
        for name in names.split(",") if brace else [""]:
            files.extend(sorted(base.glob(head + name + tail)))
    return files


def _ldd(files: list[Path]) -> str:
    try:
        answer = subprocess.run(["ldd", *files], capture_output=True, text=True, check=False)
    except FileNotFoundError as missing:
        message = "ldd is not installed (it belongs to the C library's programs)"
        raise ToolError(message) from missing
    return answer.stdout
