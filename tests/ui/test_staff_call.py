"""叫工作人员: a call is seen and heard until somebody has answered it."""

import pytest

from kiosk.ui.bell import TIMES, Bell
from kiosk.ui.chrome import CallLine
from kiosk.ui.route import Fault
from kiosk.ui.speech import ReadAloud
from kiosk.ui.staff_call import LASTS_S
from tests.e2e.driver import Driver
from tests.fakes import FakeVoice
from tests.ui.demo import demo_shell

SAID = "05:30 有人叫工作人员"


@pytest.fixture
def shell(qapp, clock):
    shell = demo_shell(clock)
    shell.start()
    yield shell
    shell.leave()


@pytest.fixture
def hand(shell):
    return Driver(shell, timeout=5)


def line(shell) -> str:
    shown = shell.findChild(CallLine)
    return shown.text() if shown.isVisible() else ""


def test_a_call_stands_on_every_page_until_staff_have_seen_it(shell, hand, clock):
    hand.tap("叫工作人员")
    assert "屏幕上会亮着" in shell.toast
    assert line(shell) == SAID
    hand.tap("找活干")
    hand.wait_screen("form")
    assert line(shell) == SAID
    shell.ctx.navigator.raise_fault(Fault(key="fault.bug"))
    assert line(shell) == SAID
    assert hand.has("不用叫了")
    shell.ctx.navigator.clear_fault()
    clock.advance(60)
    shell.ctx.navigator.end_visit()
    hand.wait_screen("welcome")
    assert line(shell) == SAID
    shell.ctx.navigator.sign_in("session")
    hand.tap("知道了")
    assert shell.ctx.call.standing is None
    assert line(shell) == ""
    assert hand.has("叫工作人员")


def test_staff_are_called_from_a_fault(shell, hand):
    shell.ctx.navigator.raise_fault(Fault(key="fault.bug"))
    hand.tap("叫工作人员")
    assert line(shell) == SAID
    assert "屏幕上会亮着" in shell.toast
    hand.tap("不用叫了")
    assert line(shell) == ""


def test_it_is_seen_during_the_countdown(shell, hand, clock):
    hand.tap("叫工作人员")
    clock.advance(shell.ctx.options.idle_limit_s)
    shell.ctx.gate.idle.check()
    hand.wait_screen("idle_warning")
    assert not shell.findChild(CallLine).visibleRegion().isEmpty()
    assert shell.findChild(CallLine).parentWidget().geometry().bottom() < shell._away.shown.geometry().top()


def test_whoever_called_takes_it_back_and_nobody_else(shell, hand, clock):
    hand.tap("叫工作人员")
    hand.tap("不用叫了")
    assert line(shell) == ""
    hand.tap("叫工作人员")
    shell.ctx.navigator.end_visit()
    assert not hand.has("不用叫了")
    clock.advance(120)
    hand.tap("叫工作人员")
    assert line(shell) == "05:32 有人叫工作人员"
    assert hand.has("不用叫了")


def test_a_call_ends_after_ten_minutes(shell, hand, clock):
    hand.tap("叫工作人员")
    clock.advance(LASTS_S - 1)
    shell.ctx.call.check()
    assert line(shell) == SAID
    clock.advance(1)
    shell.ctx.call.check()
    assert line(shell) == ""
    assert hand.has("叫工作人员")


def test_another_window_goes_on_with_it(shell, hand, clock):
    hand.tap("叫工作人员")
    other = demo_shell(clock)
    other.ctx.call.take_over(shell.ctx.call)
    assert other._status._call.text() == SAID
    other.deleteLater()


@pytest.fixture
def voice():
    return FakeVoice()


@pytest.fixture
def bell(shell, voice):
    reader = ReadAloud(voice, shell)
    shell.screen_changed.connect(reader.stop)
    return Bell(shell.ctx, reader, shell)


def test_it_is_called_out_three_times_whatever_page_comes(shell, hand, bell, voice):
    hand.tap("叫工作人员")
    hand.tap("找活干")
    hand.wait_screen("form")
    assert voice.speaking
    while bell._timer.isActive():
        bell.ring()
    assert voice.said == [["有人叫工作人员。"]] * TIMES
    assert voice.volumes == [1.0] * TIMES


def test_an_answer_is_silence_and_a_reader_is_heard_out(shell, hand, bell, voice):
    bell._reader.read(["别的"], "zh_CN")
    hand.tap("叫工作人员")
    assert voice.said == [["别的"], ["有人叫工作人员。"]]
    bell._reader.read(["别的"], "zh_CN")
    bell.ring()
    assert len(voice.said) == 3
    hand.tap("不用叫了")
    assert not bell._timer.isActive()


def test_without_a_voice_there_is_a_sound_if_the_machine_has_one(shell, hand, bell, voice):
    mute = []
    bell._reader.mute.connect(lambda: mute.append(1))
    voice.languages = ()
    hand.tap("叫工作人员")
    assert mute == [1]
    assert voice.said == []
