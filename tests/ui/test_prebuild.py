"""Screens are made before they are wanted, and nobody notices."""

from pathlib import Path

import pytest

from kiosk.ui.prebuild import Prebuilder
from kiosk.ui.screens import all_screens, first_screens
from kiosk.ui.shell import Shell
from tests.e2e.stage import Stage, stage


@pytest.fixture
def built(tmp_path: Path, qapp: object):
    with stage(tmp_path, morning=False) as stood:
        yield stood


def finish(stood: Stage) -> None:
    prebuilder: Prebuilder = stood.window.prebuilder
    stood.hand.wait(lambda: not prebuilder.working, "screens are still being made")


def made(shell: Shell) -> set[str]:
    kinds = {kind.name for kind in all_screens(configured=True)}
    return {each.name for kind in all_screens(configured=True) for each in shell.findChildren(kind)} & kinds


def test_a_start_makes_the_first_page_only(built: Stage) -> None:
    assert made(built.shell) == {"welcome"}
    assert {kind.name for kind in first_screens(configured=True)} >= {"welcome"}


def test_all_screens_are_made_while_nobody_is_there(built: Stage) -> None:
    finish(built)
    assert made(built.shell) == {kind.name for kind in all_screens(configured=True)}
    assert not built.shell.ctx.navigator.attended
    assert built.hand.screen == "welcome"
    assert built.shell.focusWidget() is None or not built.dock.isVisible()


def test_nothing_is_made_while_somebody_is_there(built: Stage) -> None:
    _ = built.shell.ctx.visit
    before = made(built.shell)
    prebuilder = built.window.prebuilder
    prebuilder._next()
    assert made(built.shell) == before
    assert prebuilder.working


def test_a_screen_that_is_not_made_yet_is_made_when_it_is_wanted(built: Stage) -> None:
    built.window.prebuilder.stop()
    built.tap("welcome.find")
    built.hand.wait_screen("trades")
    assert "trades" in made(built.shell)
