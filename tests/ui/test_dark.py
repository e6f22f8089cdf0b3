"""The dark hours: black while nobody is there, light at a touch."""

from datetime import UTC, datetime

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from kiosk.ui.dark import REST_S, DarkHours, Darkness
from tests.fakes import FakeClock
from tests.ui.demo import demo_shell

HALF_PAST_NINE = datetime(2026, 11, 21, 13, 30, tzinfo=UTC)
HOURS = DarkHours.of("21:00", "03:30")


@pytest.fixture
def shell(qapp, qtbot):
    shell = demo_shell(FakeClock(HALF_PAST_NINE))
    shell.start()
    yield shell
    shell.leave()


@pytest.fixture
def darkness(shell):
    darkness = Darkness(shell.ctx, HOURS, shell)
    shell.ctx.clock.advance(REST_S)
    return darkness


@pytest.mark.parametrize(
    ("minute", "dark"),
    [(0, True), (3 * 60 + 29, True), (3 * 60 + 30, False), (12 * 60, False), (21 * 60, True)],
)
def test_the_hours_go_past_midnight(minute, dark):
    assert HOURS.cover(minute) is dark


def test_hours_of_one_day_and_no_hours():
    noon = DarkHours.of("12:00", "13:00")
    assert [noon.cover(at) for at in (719, 720, 779, 780)] == [False, True, True, False]
    assert not any(DarkHours.of("", "").cover(at) for at in range(0, 1440, 60))


def test_nobody_there_the_whole_window_is_black(shell, darkness):
    darkness.look()
    assert darkness.isVisible()
    assert darkness.geometry() == shell.rect()
    image = shell.grab().toImage()
    assert {image.pixelColor(x, y).name() for x in range(5, 900, 89) for y in range(5, 1200, 119)} == {
        "#000000"
    }
    shell.resize(1000, 700)
    assert darkness.geometry() == shell.rect()


def test_a_call_for_staff_is_not_hidden(shell, darkness):
    shell.ctx.call.call("", shell.ctx.visit.scope)
    shell.ctx.navigator.end_visit()
    shell.ctx.clock.advance(REST_S)
    darkness.look()
    assert not darkness.isVisible()
    shell.ctx.call.end()
    darkness.look()
    assert darkness.isVisible()


def test_a_touch_makes_it_light_and_presses_nothing(shell, darkness, qtbot):
    darkness.look()
    go = shell.current_screen.go
    middle = go.mapTo(shell, go.rect().center())
    QTest.mouseClick(shell.windowHandle(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, middle)
    assert not darkness.isVisible()
    assert shell.current_name == "welcome"
    qtbot.waitUntil(lambda: not shell.ctx.gate.guarding)
    QTest.mouseClick(shell.windowHandle(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, middle)
    assert shell.current_name == "form"


def test_a_key_or_a_scan_makes_it_light_too(shell, darkness):
    darkness.look()
    QTest.keyClick(shell, "a")
    assert not darkness.isVisible()


def test_it_stays_light_while_somebody_is_there_and_for_a_minute_after(shell, darkness):
    _ = shell.ctx.visit
    darkness.look()
    assert not darkness.isVisible()
    shell.ctx.navigator.end_visit()
    QTest.mouseClick(
        shell.windowHandle(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, QPoint(1, 1)
    )
    shell.ctx.clock.advance(REST_S - 1)
    darkness.look()
    assert not darkness.isVisible()
    shell.ctx.clock.advance(1)
    darkness.look()
    assert darkness.isVisible()


def test_in_the_morning_it_is_light_by_itself(shell, darkness):
    darkness.look()
    shell.ctx.clock.advance(6 * 3600)
    darkness.look()
    assert not darkness.isVisible()
    assert not shell.ctx.gate.asleep


def test_a_card_on_the_reader_makes_it_light(shell, darkness):
    darkness.look()
    shell.ctx.gate.stir()
    assert not darkness.isVisible()
    assert shell.ctx.gate.idle.quiet_s == 0


def test_it_tells_when_it_is_dark_and_when_no_more(shell, darkness):
    told = []
    darkness.darkened.connect(lambda: told.append("dark"))
    darkness.lightened.connect(lambda: told.append("light"))
    darkness.lighten()
    darkness.look()
    darkness.look()
    shell.ctx.gate.stir()
    darkness.lighten()
    assert told == ["dark", "light"]
