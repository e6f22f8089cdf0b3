"""One command, ``gig-kiosk``. Parses arguments, nothing else; a room is imported only by the command that needs it."""

from __future__ import annotations

import re
import sys
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from kiosk import __version__

if TYPE_CHECKING:
    import argparse
    from collections.abc import Sequence

#: From a phone to the largest wall: three to five digits each.
_SIZE = re.compile(r"[1-9][0-9]{2,4}[xX][1-9][0-9]{2,4}", re.ASCII)
DESCRIPTION = """\
The gig-market kiosk: day labourers find work, employers post jobs, everybody leaves with a slip that is true.

  gig-kiosk run      this machine's kiosk; walks staff through first set-up
  gig-kiosk demo     a city, a market morning and a kiosk, all on this machine
  gig-kiosk city     the city's gateway and its tools
  gig-kiosk doctor   is everything ready? storage, key, clock, printer, fonts, disk
  gig-kiosk staff-pin NUMBER   a new PIN when no member of staff can sign in any more
"""


def _quick(given: Sequence[str]) -> SimpleNamespace | None:
    """``run`` with options in the plainest form; None for anything that is to be read, or refused, with ``argparse``.

    Importing that and describing the commands takes four milliseconds of every start.
    """
    found: dict[str, Any] = {"settings": None, "data_dir": None}
    words = iter(given)
    for word in words:
        running = "command" in found
        if word == "run" and not running:
            found |= {"command": word, "kiosk_mode": None, "size": None}
        elif word == "--kiosk-mode" and running:
            found["kiosk_mode"] = True
        elif word in (("--size",) if running else ("--settings", "--data-dir")):
            value = next(words, "-")
            if value.startswith("-") or (running and _SIZE.fullmatch(value) is None):
                return None
            found[word.removeprefix("--").replace("-", "_")] = Path(value) if word == "--settings" else value
        else:
            return None
    return SimpleNamespace(**found) if "command" in found else None


def build_parser() -> argparse.ArgumentParser:
    """The command line."""
    import argparse

    from kiosk.city_arguments import add_city

    parser = argparse.ArgumentParser(
        prog="gig-kiosk", description=DESCRIPTION, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--version", action="version", version=f"%(prog)s {__version__}")
    parser.add_argument("--settings", type=Path, metavar="FILE", help="settings file (TOML)")
    parser.add_argument("--data-dir", metavar="DIR", help="where database, keys and slips are kept")
    commands = parser.add_subparsers(dest="command", metavar="COMMAND")
    run = commands.add_parser("run", help="start this machine's kiosk")
    run.add_argument("--kiosk-mode", action="store_const", const=True, help="full screen, no way out")
    _add_window(run)
    demo = commands.add_parser("demo", help="city, market morning and kiosk on this machine")
    demo.add_argument("--seed", type=int, default=1, help="of the invented market morning (default 1)")
    demo.add_argument("--keep", action="store_true", help="keep the demo's data for the next time")
    _add_window(demo)
    doctor = commands.add_parser("doctor", help="say what is ready and what is not")
    doctor.add_argument("--json", action="store_true", help="one JSON object instead of lines")
    pin = commands.add_parser("staff-pin", help="a new PIN when no member of staff can sign in any more")
    pin.add_argument("number", type=int, metavar="NUMBER", help="staff number; the first one is 1")
    add_city(commands.add_parser("city", help="the city's gateway and its tools"))
    return parser


def _size(text: str) -> str:
    """A window size, as typed; the pixels are read by the command itself."""
    if _SIZE.fullmatch(text) is None:
        import argparse

        raise argparse.ArgumentTypeError(f"{text!r} is no size such as 1080x1920")
    return text


def _add_window(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--size", type=_size, metavar="WxH", help="window size in pixels, for example 1080x1920"
    )


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command.

    Returns:
        Exit status: 0 good, 1 something is not ready, 2 wrong arguments or settings.
    """
    given = sys.argv[1:] if arguments is None else arguments
    options: Any = _quick(given) or build_parser().parse_args(given)
    if options.command is None:
        build_parser().print_help()
        return 2
    from kiosk.bootstrap.commands import run_command

    return run_command(options)


if __name__ == "__main__":
    sys.exit(main())
