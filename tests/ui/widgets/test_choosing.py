import pytest
from PySide6.QtCore import Qt

from kiosk.ui.components.choice_page import LEAST_MM, BigChoices
from kiosk.ui.widgets.choices import ChoiceGrid, Option
from kiosk.ui.widgets.clocks import TimePicker
from kiosk.ui.widgets.stepper import Stepper

DAYS = tuple(Option(value=at, text=word) for at, word in enumerate(("今天", "明天", "后天")))


@pytest.fixture
def grid(theme, qtbot):
    def made(*, several: bool) -> ChoiceGrid:
        choices = ChoiceGrid(theme, 3, several=several)
        qtbot.addWidget(choices)
        choices.set_options(DAYS)
        return choices

    return made


def test_one_of_several(grid):
    days = grid(several=False)
    assert days.value is None
    days.tiles[0].click()
    days.tiles[2].click()
    assert days.values == (2,)


def test_a_second_touch_on_the_only_choice_does_not_undo_it(grid):
    days = grid(several=False)
    days.tiles[1].click()
    days.tiles[1].click()
    assert days.value == 1


def test_any_of_several(grid, qtbot):
    days = grid(several=True)
    with qtbot.waitSignals([days.changed, days.changed, days.changed], timeout=1000):
        for at in (2, 0, 2):
            days.tiles[at].click()
    assert days.values == (0,)


def test_choosing_by_program_is_silent_and_wiping_forgets(grid, qtbot):
    days = grid(several=True)
    with qtbot.assertNotEmitted(days.changed):
        days.choose(0, 1)
        assert days.values == (0, 1)
        days.wipe()
    assert days.values == ()


def test_other_words_keep_the_choice_and_fewer_options_lose_it(grid):
    days = grid(several=True)
    days.choose(0, 2)
    days.set_options(Option(value=at, text=word) for at, word in ((0, "Today"), (1, "Tomorrow")))
    assert days.values == (0,)
    assert [tile.text() for tile in days.tiles] == ["Today", "Tomorrow"]


@pytest.fixture
def people(theme, qtbot) -> Stepper:
    stepper = Stepper(theme, "headcount", 1, 200)
    qtbot.addWidget(stepper)
    stepper.say("少一人", "多一人", lambda n: f"{n} 人")
    return stepper


def test_it_counts_within_its_limits(people):
    people._less.click()
    assert people.value == 1
    assert not people._less.isEnabled()
    people.set_value(500)
    assert people.value == 200
    people._more.click()
    assert people.value == 200
    assert people._shown.text() == "200 人"


def test_arrow_keys_count(people, qtbot):
    with qtbot.waitSignal(people.changed, timeout=1000) as told:
        qtbot.keyClick(people._more, Qt.Key.Key_Up)
    assert told.args == [2]
    qtbot.keyClick(people._more, Qt.Key.Key_Down)
    assert people.value == 1


def test_its_buttons_are_named(people):
    assert [people._less.accessibleName(), people._more.accessibleName()] == ["少一人", "多一人"]


@pytest.fixture
def start(theme, qtbot) -> TimePicker:
    picker = TimePicker(theme, "start")
    qtbot.addWidget(picker)
    picker.say(((330, "05:30"), (360, "06:00")), "-", "+", str, str)
    return picker


def test_a_usual_time_is_one_touch(start, qtbot):
    with qtbot.waitSignal(start.changed, timeout=1000) as told:
        start._usual.tiles[1].click()
    assert told.args == [360]
    assert start.minute == 360


def test_any_other_time_is_stepped_to_and_marks_no_tile(start):
    start.set_minute(330)
    assert start._usual.value == 330
    start._minute._more.click()
    assert start.minute == 345
    assert start._usual.value is None


def test_answers_of_a_page_are_large_and_every_touch_of_one_is_told(theme, qtbot):
    """The answer that stands already is touched to go on, so it must be told, too."""
    choices = BigChoices(theme)
    choices.set_options(Option(value=n, text=f"{n} 人") for n in (1, 2, 3, 5, 8, 10))
    choices.choose(2)
    qtbot.addWidget(choices)
    choices.resize(1000, 1000)
    choices.show()
    told: list[object] = []
    choices.changed.connect(lambda: told.append(choices.value))
    for at in (1, 1, 4):
        choices.tiles[at].click()
    assert told == [2, 2, 8]
    assert all(tile.height() >= theme.px(LEAST_MM) for tile in choices.tiles)
    choices.arrange(portrait=False)
    assert choices.rows == 2
    choices.arrange(portrait=True)
    assert choices.rows == 3
