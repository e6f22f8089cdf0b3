"""A page that comes: there at once, under a mist that keeps nothing from anybody and is gone by itself."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QAccessible, QColor, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from kiosk.bootstrap.kiosk import Outside
from kiosk.bootstrap.system import SystemEntropy
from kiosk.bootstrap.window import Window
from kiosk.ui.context import ShellOptions
from kiosk.ui.gate import GUARD_MS
from kiosk.ui.preferences import DEFAULT_SIZE
from kiosk.ui.route import AppState, Fault
from kiosk.ui.shell import Shell
from kiosk.ui.strings import Strings
from kiosk.ui.theme import COLOURS
from kiosk.ui.transition import LASTS_S, MOST_SLOW, SLOW_S, THICKEST, Mist, Transition
from tests.e2e.driver import Driver
from tests.fakes import FakeClock
from tests.kiosk_fixture import open_kiosk
from tests.ui.demo import Form, demo_shell
from tests.ui.theme.test_theme import TEXT_ON, contrast, pairs


class Watch:
    """A clock that goes on when somebody says so."""

    def __init__(self) -> None:
        self.now = 50.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def shell(qapp, clock) -> Iterator[Shell]:
    shell = demo_shell(clock)
    shell.start()
    QApplication.processEvents()
    yield shell
    shell.leave()


@pytest.fixture
def watch() -> Watch:
    return Watch()


@pytest.fixture
def transition(shell, watch) -> Transition:
    return by_hand(shell, watch)


def by_hand(shell: Shell, watch: Watch) -> Transition:
    """Its timer never fires by itself: the clock stands, and tests say ``tick``."""
    made = Transition(shell, watch)
    made._timer.timeout.disconnect(made.tick)
    return made


def mists(shell: Shell) -> list[Mist]:
    return [each for each in shell.findChildren(Mist) if each.isVisible()]


def go(shell: Shell, name: str = "form") -> None:
    """To a page, and its first frame."""
    shell.ctx.navigator.show(name)
    QApplication.processEvents()


def after(transition: Transition, watch: Watch, share: float) -> None:
    """The frame at that share of the time."""
    watch.now = transition._began + share * LASTS_S
    transition.tick()


def paint_slowly(monkeypatch, watch: Watch, seconds: float) -> None:
    """Each frame takes so long. Said before there is a mist: PySide looks for a widget's methods once."""
    painted = Mist.paintEvent

    def slowly(self, event):
        painted(self, event)
        watch.now += seconds

    monkeypatch.setattr(Mist, "paintEvent", slowly)


# --- what is seen


def test_it_runs_and_ends_by_itself(shell, qtbot):
    transition = Transition(shell)
    go(shell)
    assert transition.under_way
    assert len(mists(shell)) == 1
    qtbot.waitUntil(lambda: not transition.under_way, timeout=5000)
    assert not mists(shell)


def test_the_page_lies_at_its_place_from_the_first_frame_on(shell, transition, watch):
    go(shell)
    form: Form = shell.current_screen
    places = [each.geometry() for each in form.findChildren(QWidget)]
    assert form.isVisible()
    after(transition, watch, 1.0)
    QApplication.processEvents()
    assert [each.geometry() for each in form.findChildren(QWidget)] == places


def test_it_lies_over_the_page_and_not_over_the_bars(shell, transition):
    go(shell)
    (mist,) = mists(shell)
    assert mist.parentWidget() is shell.area
    assert mist.geometry() == shell.area.rect()


def test_it_is_thinner_with_every_frame_and_leaves_nothing(shell, transition, watch):
    go(shell)

    def seen() -> list[int]:
        """How light the window is, in a net of points."""
        picture = shell.grab().toImage()
        return [
            picture.pixelColor(x, y).value()
            for y in range(0, shell.height(), 7)
            for x in range(0, shell.width(), 7)
        ]

    frames = [seen()]
    for share in (0.25, 0.5, 0.75, 1.0):
        after(transition, watch, share)
        frames.append(seen())
    misted = []
    for frame in frames:
        apart = [abs(one - other) for one, other in zip(frame, frames[-1], strict=True)]
        misted.append(sum(each for each in apart if each > 2))  # less is only rounded another way
    assert misted == sorted(misted, reverse=True)
    assert misted[0] > misted[1] > misted[2] > 0
    assert misted[-1] == 0


@pytest.mark.parametrize("share", [0.0, 0.4, 0.7])
@pytest.mark.parametrize("back", [False, True])
def test_where_it_ends_the_panel_shows_the_page_and_nothing_else(shell, transition, watch, share, back):
    """What is on the panel, not what would be painted if all of it were painted now."""
    go(shell)
    if back:
        transition.end()
        shell.ctx.navigator.back()
        QApplication.processEvents()
    if share:
        after(transition, watch, share)
    misted = _panel(shell)
    transition.end()
    QApplication.processEvents()
    assert _panel(shell) != misted
    assert _is_whole(shell)


def test_frames_on_the_panel_are_whole(shell, transition, watch):
    """Painted only where something changes, and yet as if all of it were painted."""
    go(shell)
    for share in (0.2, 0.5, 0.6, 0.8):
        after(transition, watch, share)
        assert _is_whole(shell)


def _panel(shell: Shell) -> QImage:
    """What the panel shows where the page is, painted bit by bit as it was.

    Not by ``shell.screen()``: PySide takes the application's own screen apart with the widget that was asked.
    """
    return QApplication.primaryScreen().grabWindow(shell.winId()).toImage().copy(shell.area.geometry())


def _is_whole(shell: Shell) -> bool:
    """Whether painting all of it anew changes nothing."""
    shown = _panel(shell)
    shell.repaint()
    return shown == _panel(shell)


@pytest.mark.parametrize(("front", "ground"), pairs(TEXT_ON))
def test_the_first_frame_can_be_read(front, ground):
    def misted(name: str) -> str:
        paper, below = QColor(COLOURS.paper), QColor(getattr(COLOURS, name))
        mixed = [
            round(over * THICKEST + under * (1 - THICKEST))
            for over, under in zip(paper.getRgb()[:3], below.getRgb()[:3], strict=True)
        ]
        return QColor(*mixed).name()

    assert contrast(misted(front), misted(ground)) >= (4.5 if front == "ink" else 3)


def test_it_is_never_thicker_than_at_first(shell, transition):
    mist = Mist(shell.ctx.theme, shell.area)
    for share in (0.0, 0.1, 0.5, 0.9, 1.0):
        mist._share = share
        thick = [mist.thickness(place / 10) for place in range(11)]
        assert thick == sorted(thick)
        assert 0 <= thick[0] <= thick[-1] <= THICKEST


def test_on_the_way_back_the_foot_clears_first(shell, transition, watch):
    def ends() -> tuple[int, int]:
        """How much paper lies at the head and at the foot half-way through."""
        after(transition, watch, 0.5)
        (mist,) = mists(shell)
        picture = QImage(mist.size(), QImage.Format.Format_ARGB32)
        picture.fill(0)
        mist.render(picture, QPoint(), renderFlags=QWidget.RenderFlag.DrawChildren)
        return picture.pixelColor(5, 2).alpha(), picture.pixelColor(5, mist.height() - 3).alpha()

    go(shell)
    head, foot = ends()
    assert head < foot
    shell.ctx.navigator.back()
    QApplication.processEvents()
    head, foot = ends()
    assert head > foot


# --- what it keeps from nobody


def test_a_touch_ends_it_and_arrives_in_the_same_event(shell, transition):
    go(shell)
    form: Form = shell.current_screen
    pressed: list[bool] = []
    form.save.pressed.connect(lambda: pressed.append(transition.under_way))
    at = form.save.mapTo(shell, form.save.rect().center())
    QTest.mousePress(shell.windowHandle(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, at)
    assert pressed == [False]
    QTest.mouseRelease(shell.windowHandle(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, at)


def test_even_without_anybody_who_ends_it_a_touch_goes_through(shell, transition):
    go(shell)
    shell.ctx.gate.acted.disconnect(transition.end)
    form: Form = shell.current_screen
    pressed: list[bool] = []
    form.save.pressed.connect(lambda: pressed.append(transition.under_way))
    at = form.save.mapTo(shell, form.save.rect().center())
    assert shell.childAt(at) is form.save
    QTest.mouseClick(shell.windowHandle(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, at)
    assert pressed == [True]


def test_a_touch_that_the_guard_ignores_ends_it_too(qapp, clock, qtbot):
    shell = demo_shell(clock, options=ShellOptions())
    shell.start()
    QApplication.processEvents()
    transition = by_hand(shell, Watch())
    go(shell)
    assert shell.ctx.gate.guarding
    at = QPoint(shell.width() // 2, shell.height() // 2)
    QTest.mousePress(shell.windowHandle(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, at)
    assert not transition.under_way
    QTest.mouseRelease(shell.windowHandle(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, at)
    shell.leave()


def test_a_key_ends_it_and_is_written(shell, transition):
    go(shell)
    form: Form = shell.current_screen
    form.field.setFocus()
    assert transition.under_way
    QTest.keyClick(form.field, Qt.Key.Key_A)
    shell.ctx.gate.scanner.flush()
    assert not transition.under_way
    assert form.field.text() == "a"


def test_a_code_from_a_line_of_its_own_ends_it(shell, transition):
    go(shell)
    shell.ctx.gate.stir()
    assert not transition.under_way


def test_a_mouse_that_only_moves_does_not_end_it(shell, transition):
    go(shell)
    QTest.mouseMove(shell.windowHandle(), QPoint(30, 300))
    assert transition.under_way


def test_it_has_no_focus_no_name_and_no_place_in_the_accessibility_tree(shell, transition):
    go(shell)
    (mist,) = mists(shell)
    assert mist.focusPolicy() == Qt.FocusPolicy.NoFocus
    assert not mist.accessibleName()
    root = QAccessible.queryAccessibleInterface(shell.area)
    children = [root.child(number).object() for number in range(root.childCount())]
    assert children
    assert mist not in children


def test_the_tab_key_does_not_meet_it(shell, transition):
    go(shell)
    form: Form = shell.current_screen
    form.field.setFocus()
    (mist,) = mists(shell)
    met = set()
    for _ in range(20):
        form.focusNextChild()
        met.add(QApplication.focusWidget())
    assert form.phone in met
    assert mist not in met


# --- where there is none


def test_not_in_black_and_white(shell, transition):
    shell.preferences.set_look(DEFAULT_SIZE, high_contrast=True)
    go(shell)
    assert not transition.under_way


def test_not_for_a_fault_nor_for_what_comes_back_behind_it(shell, transition):
    shell.ctx.navigator.raise_fault(Fault(key="fault.bug"))
    assert shell.current_name == "fault"
    assert not transition.under_way
    shell.ctx.navigator.clear_fault()
    assert shell.current_name == "welcome"
    assert not transition.under_way


def test_not_for_the_countdown_and_a_countdown_ends_it(shell, transition, clock):
    go(shell)
    clock.advance(shell.ctx.options.idle_limit_s + 1)
    shell.ctx.gate.idle.check()
    assert shell.current_name == "idle_warning"
    assert not transition.under_way


def test_not_when_the_window_is_first_shown(qapp, clock):
    shell = demo_shell(clock)
    transition = by_hand(shell, Watch())
    shell.start()
    QApplication.processEvents()
    assert not transition.under_way
    assert not shell.findChildren(Mist)
    go(shell)
    assert transition.under_way
    shell.leave()


def test_not_between_a_page_that_was_waited_for_and_its_stand_in(qapp, clock):
    shell = demo_shell(clock, state=AppState(opened=False))
    shell.start()
    transition = by_hand(shell, Watch())
    go(shell)
    assert shell.current_name == "one_moment"
    assert not transition.under_way
    shell.ctx.navigator.finish_opening()
    assert shell.current_name == "form"
    assert not transition.under_way
    shell.leave()


def test_not_on_a_dark_screen(shell, transition):
    shell.ctx.gate.sleep()
    go(shell)
    assert not transition.under_way


def test_not_when_the_same_page_has_other_contents(shell, transition, watch):
    go(shell)
    after(transition, watch, 1.0)
    shell.ctx.navigator.show("form", 8)
    assert not transition.under_way


@pytest.mark.parametrize("wanted", [True, False])
def test_the_setting_of_the_machine(qapp, tmp_path, wanted):
    clock = FakeClock()
    strings = Strings(strict=True)
    kiosk = open_kiosk(tmp_path, clock, strings)
    kiosk.settings = replace(kiosk.settings, transitions=wanted)
    window = Window(kiosk, Outside(clock=clock, entropy=SystemEntropy()), strings)
    assert bool(window.shell.findChildren(Transition)) is wanted
    window.stop()
    kiosk.close()


# --- a machine that cannot keep up


def test_a_slow_frame_ends_it(shell, transition, watch, monkeypatch):
    paint_slowly(monkeypatch, watch, SLOW_S * 1.1)
    go(shell)
    after(transition, watch, 0.2)
    assert not transition.under_way


def test_a_frame_that_is_quick_enough_does_not(shell, transition, watch, monkeypatch):
    paint_slowly(monkeypatch, watch, SLOW_S * 0.9)
    go(shell)
    after(transition, watch, 0.2)
    assert transition.under_way


def test_after_a_few_slow_ones_there_are_none_until_the_visit_has_ended(
    shell, transition, watch, monkeypatch
):
    paint_slowly(monkeypatch, watch, SLOW_S * 1.1)
    for _ in range(MOST_SLOW):
        go(shell)
        assert transition.under_way
        after(transition, watch, 0.2)
        shell.ctx.navigator.back()
        transition.end()
    go(shell)
    assert not transition.under_way
    shell.ctx.navigator.end_visit()
    go(shell)
    assert transition.under_way


def test_a_page_that_still_waits_for_something_is_not_painted_for_its_sake(shell, transition, watch, qtbot):
    go(shell)
    frames: list[float] = []
    transition._mist.thin = frames.append
    shell.ctx.tasks.run(lambda: None)
    after(transition, watch, 0.3)
    assert frames == []
    assert transition.under_way
    qtbot.waitUntil(lambda: not shell.ctx.tasks.busy, timeout=5000)
    after(transition, watch, 0.4)
    assert frames == [pytest.approx(0.4)]


def test_its_next_frame_comes_after_what_the_page_has_waited_for(shell, transition, qtbot):
    go(shell)
    assert transition._timer.isActive()
    begun_again: list[bool] = []
    transition._timer.setInterval(60_000)
    transition._timer.start = lambda: begun_again.append(True)
    with qtbot.waitSignal(shell.ctx.tasks.quiet, timeout=5000):
        shell.ctx.tasks.run(lambda: None)
    assert begun_again == [True]


def test_what_comes_after_it_does_not_begin_it_again(shell, transition, watch, qtbot):
    go(shell)
    after(transition, watch, 1.0)
    with qtbot.waitSignal(shell.ctx.tasks.quiet, timeout=5000):
        shell.ctx.tasks.run(lambda: None)
    assert not transition._timer.isActive()


# --- nothing stays


def test_quick_changes_have_one_mist_and_no_second_one_after_it(shell, transition, watch):
    for _ in range(20):
        go(shell)
        shell.ctx.navigator.back()
    QApplication.processEvents()
    assert len(shell.findChildren(Mist)) == 1
    after(transition, watch, 1.0)
    assert not mists(shell)
    assert not transition._timer.isActive()


def test_two_hundred_changes_leave_no_widget_behind(shell, transition, watch):
    go(shell)
    shell.ctx.navigator.back()
    before = len(shell.findChildren(QWidget))
    for _ in range(100):
        go(shell)
        after(transition, watch, 0.5)
        shell.ctx.navigator.back()
        after(transition, watch, 1.0)
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    assert len(shell.findChildren(QWidget)) == before


def test_a_panel_that_turns_ends_it(shell, transition, watch):
    go(shell)
    shell.resize(1200, 900)
    QApplication.processEvents()
    after(transition, watch, 0.3)
    assert not transition.under_way


def test_the_driver_waits_for_the_page_alone(shell, qtbot):
    transition = Transition(shell)
    hand = Driver(shell, timeout=5)
    hand.tap("找活干")
    assert transition.under_way
    hand.wait_screen("form")
    assert not transition.under_way


def test_it_is_short():
    assert LASTS_S <= 0.16
    assert LASTS_S < GUARD_MS / 1000  # nobody's touch is taken before


def test_none_while_the_exchange_works_beside_the_screen(shell, watch):
    works = True
    made = Transition(shell, watch, lambda: works)
    made._timer.timeout.disconnect(made.tick)
    go(shell)
    assert not made.under_way
    works = False
    go(shell, "welcome")
    assert made.under_way
