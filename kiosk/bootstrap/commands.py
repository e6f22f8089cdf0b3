"""What each command does, once its arguments are known."""

from __future__ import annotations

import gc
import logging
import os
import sys
from typing import TYPE_CHECKING

from kiosk import logs
from kiosk.bootstrap.status import Exit
from kiosk.services.faults import DeviceFault
from kiosk.settings import LogFormat, Settings, SettingsError, load

if TYPE_CHECKING:
    import argparse

#: What shells expect of a program that Ctrl-C has ended before it was ready to end itself.
INTERRUPTED = 130


def run_command(options: argparse.Namespace) -> int:
    """Run the command that was asked for.

    Returns:
        Exit status: see ``Exit``; 130 stopped while starting.
    """
    try:
        settings = load(
            options.settings, data_dir=options.data_dir, kiosk_mode=getattr(options, "kiosk_mode", None)
        )
    except SettingsError as error:
        sys.stderr.write(f"gig-kiosk: settings: {error}\n")
        return 2
    logs.set_up(settings.log_level, as_json=settings.log_format is LogFormat.JSON)
    logging.getLogger("alembic.runtime.plugins").setLevel(logging.WARNING)  # a line for each part of Alembic
    try:
        return _COMMANDS[options.command](options, settings)
    except DeviceFault as fault:
        from kiosk.bootstrap.doctor import sentence

        sys.stderr.write(f"gig-kiosk: {sentence(fault, settings.language)}\n")
        return 1
    except KeyboardInterrupt:
        return INTERRUPTED


def say(line: str) -> None:
    """A line for the person who started the program."""
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def _run(options: argparse.Namespace, settings: Settings) -> int:
    from kiosk.bootstrap.instance import InstanceLock, RunningAlready

    lock = InstanceLock(settings.data_dir)
    try:
        lock.take()
    except RunningAlready as fault:
        from kiosk.bootstrap.doctor import sentence

        sys.stderr.write(f"gig-kiosk: {sentence(fault, settings.language)}\n")
        return Exit.RUNNING_ALREADY
    except OSError as error:
        logging.getLogger(__name__).warning("no lock on %s: %s", settings.data_dir, type(error).__name__)
    try:
        return _run_alone(options, settings)
    finally:
        lock.free()


def _run_alone(options: argparse.Namespace, settings: Settings) -> int:
    # What is made while starting stays until the end: looking through it for garbage takes a tenth of the start.
    gc.disable()
    from kiosk.bootstrap.lean_imports import lean_pyside

    lean_pyside()
    from kiosk.bootstrap.journal import RunJournal
    from kiosk.bootstrap.run import parse_size, run
    from kiosk.bootstrap.system import real_outside

    def ready(seconds: float) -> None:
        say(f"ready in {seconds:.1f} s")

    outside = real_outside(settings)
    journal = RunJournal(settings.data_dir, outside.clock)
    past = journal.begin()
    status = run(settings, outside, size=parse_size(options.size), ready=ready, settled=gc.freeze, past=past)
    journal.end()  # not when it broke off
    return status


def _demo(options: argparse.Namespace, settings: Settings) -> int:
    from kiosk.bootstrap.demo import demo
    from kiosk.bootstrap.run import parse_size
    from kiosk.bootstrap.system import real_outside

    outside = real_outside(settings)
    size = parse_size(options.size or os.environ.get("GIG_DEMO_SIZE") or "1080x1920")
    return demo(settings, outside, seed=options.seed, keep=options.keep, size=size, say=say)


def _doctor(options: argparse.Namespace, settings: Settings) -> int:
    from kiosk.bootstrap.doctor import doctor

    return doctor(settings, as_json=options.json, say=say)


def _staff_pin(options: argparse.Namespace, settings: Settings) -> int:
    from getpass import getpass

    from kiosk.bootstrap.staff_pin import staff_pin
    from kiosk.bootstrap.system import real_outside

    return staff_pin(settings, real_outside(settings), options.number, getpass, say)


def _city(options: argparse.Namespace, settings: Settings) -> int:
    if options.tool == "demo":
        from datetime import datetime

        from kiosk.bootstrap.demo_city import serve_demo
        from kiosk.bootstrap.system import SystemClock, SystemEntropy

        now = datetime.fromisoformat(options.now)
        return serve_demo(settings.city_data_dir, options.seed, now, SystemClock(), SystemEntropy())
    from kiosk.bootstrap.city import city_tool

    return city_tool(options, settings, say)


_COMMANDS = {"run": _run, "demo": _demo, "doctor": _doctor, "staff-pin": _staff_pin, "city": _city}
