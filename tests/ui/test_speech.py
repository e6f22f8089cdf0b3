"""Reading aloud."""

import pytest

from kiosk.ui.chrome import StatusRow
from kiosk.ui.preferences import TextSize
from kiosk.ui.speech import Ask, ReadAloud
from kiosk.ui.strings import Strings
from kiosk.ui.theme import Theme
from tests.fakes import FakeVoice
from tests.ui.measure import faults


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


def test_louder_quieter_and_again_speak_from_the_beginning_and_end_with_the_visit(qapp, voice):
    reader = ReadAloud(voice)
    reader.read(["定好了"], "zh_CN")
    for _ in range(3):
        reader.ask(Ask.LOUDER)
    reader.ask(Ask.AGAIN)
    for _ in range(9):
        reader.ask(Ask.QUIETER)
    assert voice.volumes[:5] == [0.8, 1.0, 1.0, 1.0, 1.0]
    assert voice.volumes[-1] == 0.2
    assert voice.said == [["定好了"]] * 14
    reader.reset()
    assert reader.volume == 0.8


def test_the_buttons_are_there_only_where_something_can_be_heard(qapp, voice):
    reader, seen = ReadAloud(voice), []
    reader.active.connect(seen.append)
    reader.read(["一"], "zh_CN")
    reader.ask(Ask.STOP)
    reader.read(["hello"], "en")
    assert seen == [True, False, False]
    assert not voice.speaking


@pytest.mark.parametrize("language", ["zh_CN", "en"])
@pytest.mark.parametrize("size", list(TextSize))
def test_the_voices_buttons_fit_beside_the_others(qtbot, language, size):
    theme, strings = Theme(), Strings(language, strict=True)
    theme.set_look(size, high_contrast=False)
    row = StatusRow(strings, theme)
    qtbot.addWidget(row)
    row.retranslate()
    row.retheme()
    row.show_voice(active=True)
    row.resize(1080, row.sizeHint().height())
    row.show()
    assert faults(row, theme) == []
    asked = []
    row.voice_touched.connect(asked.append)
    for button in row._voice.values():
        button.click()
    assert asked == list(Ask)
