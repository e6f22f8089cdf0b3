"""Who reads aloud: the machine's voices for the program, nobody for a window that was told nothing of them."""

import subprocess
import sys

import pytest

from kiosk.bootstrap.system import Outside, SystemEntropy, real_outside
from kiosk.bootstrap.window import Window
from kiosk.settings import load
from kiosk.ui.speech import ReadAloud, Silence, SystemVoice
from kiosk.ui.strings import Strings
from kiosk.ui.voice_behind import VoiceBehind
from tests.e2e.driver import Driver
from tests.e2e.market import PORTRAIT
from tests.e2e.test_morning import sign_in
from tests.fakes import FakeVoice
from tests.kiosk_fixture import open_kiosk


def test_only_the_program_has_the_voices_of_the_machine_and_they_can_be_switched_off(clock, tmp_path):
    assert isinstance(Outside(clock=clock, entropy=SystemEntropy()).voice(), Silence)
    environment = {"GIG_KIOSK_DATA_DIR": str(tmp_path)}
    assert isinstance(real_outside(load(environment=environment)).voice(), VoiceBehind | SystemVoice)
    off = load(environment={**environment, "GIG_KIOSK_VOICE": "false"})
    assert isinstance(real_outside(off).voice(), Silence)


def test_what_a_test_starts_opens_no_speech_service(tmp_path):
    """The settings of every test say so; the doctor, who looks at everything, keeps away from it, too."""
    assert not load().voice
    code = (
        "import sys\nfrom kiosk.__main__ import main\n"
        f"main(['--data-dir', {str(tmp_path)!r}, 'doctor'])\n"
        "sys.exit('PySide6.QtTextToSpeech' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert "switched off" in done.stdout
    assert done.returncode == 0, done.stderr


@pytest.fixture
def hand_before(qapp, tmp_path, clock):
    """Opens a window with that voice, and puts a hand before it."""
    kiosk = open_kiosk(tmp_path, clock)
    windows = []

    def opened(outside: Outside) -> Driver:
        windows.append(Window(kiosk, outside, Strings(strict=True), PORTRAIT))
        windows[0].start()
        hand = Driver(windows[0].shell)
        hand.wait_screen("welcome")
        return hand

    yield opened
    for window in windows:
        window.stop()
    kiosk.close()


def test_a_window_reads_with_the_voice_that_it_was_given(hand_before, clock):
    voice = FakeVoice()
    hand = hand_before(Outside(clock=clock, entropy=SystemEntropy(), voice=lambda: voice))
    hand.tap("读给我听")
    hand.wait(lambda: voice.speaking, "nothing is read aloud")
    assert any("找活干" in sentence for sentence in voice.said[0])
    hand.tap("我要登记")
    hand.wait_screen("register_consent")
    assert not voice.speaking


def test_a_number_is_read_as_people_say_it(hand_before, clock):
    voice = FakeVoice()
    hand = hand_before(Outside(clock=clock, entropy=SystemEntropy(), voice=lambda: voice))
    hand.tap("我的")
    hand.wait_screen("identify")
    hand.type("phone", "13806311111")
    hand.tap("读给我听")
    hand.wait(lambda: voice.speaking, "nothing is read aloud")
    assert "幺三八，零六三幺，幺幺幺幺" in voice.said[0]


def test_a_window_that_was_given_none_says_so_and_stays_silent(hand_before, clock):
    hand = hand_before(Outside(clock=clock, entropy=SystemEntropy()))
    said = []
    hand.window.ctx.notices.toast.connect(said.append)
    hand.tap("读给我听")
    hand.wait(lambda: said, "nobody is told that there is no voice")
    assert said == [hand.window.ctx.strings.text("common.toast.no_voice")]


def test_the_countdown_is_heard_to_its_end_and_does_not_end_itself(hand_before, clock):
    voice = FakeVoice()
    hand = hand_before(Outside(clock=clock, entropy=SystemEntropy(), voice=lambda: voice))
    hand.tap("我要登记")
    hand.wait_screen("register_consent")
    clock.advance(121)
    hand.window.ctx.gate.idle.check()
    hand.wait_screen("idle_warning")
    assert voice.said == [[hand.window.ctx.strings.text("idle.voice")]]
    assert voice.speaking
    reader(hand).look()
    assert hand.screen == "idle_warning"


def reader(hand: Driver) -> ReadAloud:
    return hand.window.findChild(ReadAloud)


def test_who_was_read_to_on_the_first_page_leaves_nothing_to_the_next(hand_before, clock):
    voice = FakeVoice()
    hand = hand_before(Outside(clock=clock, entropy=SystemEntropy(), voice=lambda: voice))
    hand.tap("读给我听")
    for _ in range(2):
        hand.tap("小声")
    assert voice.volumes[-1] == 0.4
    voice.speaking = False
    reader(hand).look()
    assert hand.has("读给我听")
    assert not hand.has("别念了")
    for _ in range(2):
        clock.advance(500)
        hand.window.ctx.gate.idle.check()
    hand.wait(lambda: not hand.window.ctx.navigator.attended, "the visit does not end")
    hand.wait_screen("welcome")
    hand.tap("读给我听")
    assert voice.volumes[-1] == 0.8


def test_who_listens_is_there_but_a_voice_that_is_stuck_is_not(hand_before, clock):
    voice = FakeVoice()
    hand = hand_before(Outside(clock=clock, entropy=SystemEntropy(), voice=lambda: voice))
    hand.tap("我要登记")
    hand.wait_screen("register_consent")
    hand.tap("读给我听")
    idle, reading = hand.window.ctx.gate.idle, reader(hand)
    for _ in range(3):
        clock.advance(100)
        reading.look()
        idle.check()
        assert hand.screen == "register_consent"
    for _ in range(10_000):
        reading.look()
        if not reading.reading:
            break
    clock.advance(121)
    reading.look()
    idle.check()
    hand.wait_screen("idle_warning")


def test_a_call_for_staff_is_heard_in_the_stations_language(hand_before, clock):
    voice = FakeVoice(languages=("zh_CN", "en"))
    hand = hand_before(Outside(clock=clock, entropy=SystemEntropy(), voice=lambda: voice))
    hand.tap("English")
    hand.tap("Call staff")
    assert voice.said == [["有人叫工作人员。"]]
    hand.tap("Register")
    hand.wait_screen("register_consent")
    assert voice.speaking


def test_staff_are_told_from_which_page_the_call_came(hand_before, clock):
    hand = hand_before(Outside(clock=clock, entropy=SystemEntropy()))
    hand.tap("我要登记")
    hand.wait_screen("register_consent")
    hand.tap("叫工作人员")
    hand.window.ctx.navigator.end_visit()
    sign_in(hand)
    hand.tap("知道了")
    assert hand.window.toast == "收起来了。叫人时在“登记前，先说清楚”这一页。"
