"""Reading aloud."""

import pytest

from kiosk.ui.speech import ReadAloud


class FakeVoice:
    """A voice that remembers."""

    def __init__(self, languages=("zh_CN",)):
        self.languages = languages
        self.said = []
        self.speaking = False

    def absence(self):
        return ""

    def speak(self, sentences, language):
        if language not in self.languages:
            return False
        self.said.append(list(sentences))
        self.speaking = True
        return True

    def stop(self):
        self.speaking = False


@pytest.fixture
def voice():
    return FakeVoice()


def test_a_second_touch_stops_and_a_third_begins_again(qapp, voice):
    reader = ReadAloud(voice)
    for speaking in (True, False, True):
        reader.read(["定好了"], "zh_CN")
        assert voice.speaking is speaking
    assert voice.said == [["定好了"]] * 2


def test_other_sentences_replace_what_is_being_said(qapp, voice):
    reader = ReadAloud(voice)
    reader.read(["一"], "zh_CN")
    reader.read(["二"], "zh_CN")
    assert voice.said == [["一"], ["二"]]
    reader.stop()
    assert not voice.speaking


def test_without_a_voice_of_the_language_it_is_said_on_the_screen(qapp, qtbot, voice):
    reader = ReadAloud(voice)
    with qtbot.waitSignal(reader.unheard):
        reader.read(["hello"], "en")
    assert voice.said == []
