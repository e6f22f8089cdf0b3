"""A tour of every screen of the kiosk, by its name, in the order in which people meet them.

``tour(folder)`` walks real kiosks (see ``stage``) with the driver and yields a ``Stop`` wherever there is something to
look at. Whoever walks along may turn the window, change text size, contrast and language at a stop; the tour goes on in
the usual look. The pictures (``shots``) and ``tests/ui/test_every_screen.py``, which measures, are two such walkers.

A screen that no walk visits is a failure of ``tests/ui/test_every_screen.py``: add a stop for it in its flow's file.
"""

import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from kiosk.ui.shell import Shell
from kiosk.ui.strings import Strings
from tests.e2e import (
    walks_drafts,
    walks_hire,
    walks_input,
    walks_over,
    walks_paper,
    walks_policy,
    walks_setup,
    walks_staff,
    walks_states,
    walks_twice,
    walks_wanted,
    walks_worker,
)
from tests.e2e.driver import Driver
from tests.e2e.stage import USUAL, Stage, stage
from tests.e2e.stop import At, Walk


@dataclass(frozen=True, slots=True)
class Stop:
    """A place of the tour.

    Attributes:
        name: of the stop, for file names; begins with the screen's name.
        screen: name of the screen that is shown.
        shell: the window.
        stage: the kiosk behind it.
        again: puts back what a change of language or size takes away (ink, letters on the dock).
    """

    name: str
    screen: str
    shell: Shell
    stage: Stage
    again: Callable[[], None]


#: Walks on one kiosk each, in flow order: name of the kiosk, whether it is set up, whether the market has begun.
KIOSKS: tuple[tuple[str, bool, bool, tuple[Walk, ...]], ...] = (
    ("setup", False, False, walks_setup.WALKS),
    ("empty", True, False, walks_states.EMPTY_WALKS),
    (
        "market",
        True,
        True,
        (
            *walks_worker.WALKS,
            *walks_hire.WALKS,
            *walks_wanted.WALKS,
            *walks_policy.WALKS,
            *walks_input.WALKS,
            *walks_staff.WALKS,
            *walks_twice.WALKS,
            *walks_drafts.WALKS,
            *walks_paper.WALKS,
            *walks_states.WALKS,
        ),
    ),
    ("later", True, True, walks_over.WALKS),
)


def tour(
    folder: Path | None = None,
    broken: Callable[[str, Exception], None] | None = None,
    hand: type[Driver] = Driver,
    words: type[Strings] = Strings,
) -> Iterator[Stop]:
    """Walk through everything.

    Args:
        folder: for the kiosks' data; default: one of its own, gone afterwards.
        broken: takes a walk that could not go on, by name; the tour then goes on with the next one. Default: the error
            comes out.
        hand: who touches the screen.
        words: the catalogue.
    """
    if folder is None:
        with tempfile.TemporaryDirectory(prefix="gig-kiosk-tour-") as name:
            yield from tour(Path(name), broken, hand, words)
        return
    for name, configured, morning, walks in KIOSKS:
        with stage(folder / name, configured=configured, morning=morning, hand=hand, words=words) as stood:
            for walk in walks:
                try:
                    yield from _walk(stood, walk)
                except Exception as error:  # a walker decides what a broken walk is
                    if broken is None:
                        raise
                    broken(walk.__name__, error)


def _walk(stood: Stage, walk: Walk) -> Iterator[Stop]:
    if stood.kiosk.config is not None:
        stood.begin()
    stood.dress(USUAL)
    for said in walk(stood):
        at = said if isinstance(said, At) else At(said)
        stood.rest()
        yield Stop(at.name, stood.shell.current_name, stood.shell, stood, at.again)
        stood.dress(USUAL)
        at.again()
