"""One command, ``gig-kiosk``. Parses arguments, nothing else; a room is imported only by the command that needs it."""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from kiosk import __version__

if TYPE_CHECKING:
    from kiosk.city_arguments import Tools

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


class _NotQuick(Exception):
    """The quick parser does not know what to say."""


class _QuickParser(argparse.ArgumentParser):
    """Knows ``run`` only, and says nothing: what is wrong, or asked, is for the parser that knows all commands."""

    def error(self, message: str) -> NoReturn:
        raise _NotQuick(message)

    def print_help(self, file: object = None) -> NoReturn:  # noqa: ARG002 - as it is called
        raise _NotQuick


def _parse(given: Sequence[str]) -> argparse.Namespace:
    """What was given. A kiosk's start does not wait until some thirty tools have described their arguments."""
    if "run" in given:
        try:
            options = build_parser(_QuickParser).parse_args(given)
            if options.command is not None:
                return options
        except _NotQuick:
            pass
    return build_parser().parse_args(given)


def build_parser(kind: type[argparse.ArgumentParser] = argparse.ArgumentParser) -> argparse.ArgumentParser:
    """The command line, with all commands; the quick kind with one."""
    parser = kind(
        prog="gig-kiosk", description=DESCRIPTION, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--version", action="version", version=f"%(prog)s {__version__}")
    parser.add_argument("--settings", type=Path, metavar="FILE", help="settings file (TOML)")
    parser.add_argument("--data-dir", metavar="DIR", help="where database, keys and slips are kept")
    commands = parser.add_subparsers(dest="command", metavar="COMMAND")
    run = commands.add_parser("run", help="start this machine's kiosk")
    run.add_argument("--kiosk-mode", action="store_const", const=True, help="full screen, no way out")
    _add_window(run)
    if kind is not _QuickParser:
        _add_tools(commands)
    return parser


def _add_tools(commands: Tools) -> None:
    from kiosk.city_arguments import add_city

    demo = commands.add_parser("demo", help="city, market morning and kiosk on this machine")
    demo.add_argument("--seed", type=int, default=1, help="of the invented market morning (default 1)")
    demo.add_argument("--keep", action="store_true", help="keep the demo's data for the next time")
    _add_window(demo)
    doctor = commands.add_parser("doctor", help="say what is ready and what is not")
    doctor.add_argument("--json", action="store_true", help="one JSON object instead of lines")
    pin = commands.add_parser("staff-pin", help="a new PIN when no member of staff can sign in any more")
    pin.add_argument("number", type=int, metavar="NUMBER", help="staff number; the first one is 1")
    add_city(commands.add_parser("city", help="the city's gateway and its tools"))


def _size(text: str) -> str:
    """A window size, as typed; the pixels are read by the command itself."""
    if _SIZE.fullmatch(text) is None:
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
    options = _parse(given)
    if options.command is None:
        build_parser().print_help()
        return 2
    from kiosk.bootstrap.commands import run_command

    return run_command(options)


if __name__ == "__main__":
    sys.exit(main())
