"""A speech service that does not answer, and one without a voice: the screen goes on, and says it once it is known."""

import gc
import threading
import weakref

import pytest

from kiosk.ui.speech import ReadAloud
from kiosk.ui.voice_behind import VoiceBehind
from tests.fakes import FakeVoice


class SlowVoice(FakeVoice):
    """A service that answers when it is let."""

    def __init__(self):
        super().__init__()
        self.answers = threading.Event()
        self.asked = threading.Event()
        self.threads = set()

    def speak(self, sentences, language, volume=0.8):
        self.threads.add(threading.current_thread())
        self.asked.set()
        assert self.answers.wait(10)
        return super().speak(sentences, language, volume)


@pytest.fixture
def slow():
    return SlowVoice()


@pytest.fixture
def behind(qapp, slow):
    voice = VoiceBehind(lambda: slow)
    yield voice
    slow.answers.set()
    voice.close()


def test_a_service_that_does_not_answer_holds_nobody(behind, slow, qtbot):
    reader = ReadAloud(behind)
    reader.read(["定好了"], "zh_CN")
    assert slow.asked.wait(10)
    assert behind.speaking
    assert threading.current_thread() not in slow.threads
    reader.read(["别的"], "zh_CN")
    slow.answers.set()
    qtbot.waitUntil(lambda: slow.said == [["定好了"], ["别的"]])


def test_a_voice_that_is_not_there_is_said_once_it_is_known(behind, slow, qtbot):
    slow.answers.set()
    reader, seen = ReadAloud(behind), []
    reader.active.connect(seen.append)
    with qtbot.waitSignal(reader.unheard):
        reader.read(["hello"], "en")
    assert seen == [True, False]
    assert not behind.speaking


def test_what_was_stopped_meanwhile_is_not_missed(behind, slow, qtbot):
    reader, missed = ReadAloud(behind), []
    reader.unheard.connect(lambda: missed.append(1))
    reader.read(["hello"], "en")
    reader.stop()
    slow.answers.set()
    reader.read(["定好了"], "zh_CN")
    qtbot.waitUntil(lambda: slow.said == [["定好了"]])
    assert missed == []


def test_the_end_of_the_words_is_noticed(behind, slow, qtbot):
    slow.answers.set()
    behind.speak(["定好了"], "zh_CN")
    qtbot.waitUntil(lambda: slow.said == [["定好了"]])
    slow.speaking = False
    qtbot.waitUntil(lambda: not behind.speaking)


def test_the_end_of_the_window_does_not_wait_for_it(qapp, slow):
    voice = VoiceBehind(lambda: slow)
    voice.speak(["定好了"], "zh_CN")
    assert slow.asked.wait(10)
    voice.close()
    assert not slow.said
    slow.answers.set()


def test_a_thread_that_is_left_behind_holds_nothing_of_the_window(qapp, slow):
    # It would be freed in that thread, with an answer under way to it: a segmentation fault, once in hundreds.
    voice = VoiceBehind(lambda: slow)
    voice.speak(["定好了"], "zh_CN")
    assert slow.asked.wait(10)
    voice.close()
    freed = []
    weakref.finalize(voice, lambda: freed.append(threading.current_thread()))
    del voice
    gc.collect()
    assert freed == [threading.main_thread()]
    left = next(each for each in threading.enumerate() if each in slow.threads)
    slow.answers.set()
    left.join(10)
    assert not left.is_alive()


def test_nothing_is_opened_before_somebody_asks(qapp):
    made = []
    voice = VoiceBehind(lambda: made.append(1) or FakeVoice())
    voice.stop()
    voice.close()
    assert made == []
