import pytest
from PySide6.QtGui import QGuiApplication

from kiosk.ui.input.wish import InputWish
from kiosk.ui.widgets.fields import Field
from kiosk.ui.widgets.numbers import NumberField, id_echo, phone_echo


@pytest.fixture
def name(theme, qtbot) -> Field:
    field = Field(theme, "name", InputWish.NAME, max_length=20)
    qtbot.addWidget(field)
    field.say("姓名", "写身份证上的名字")
    return field


def test_an_error_takes_the_hints_place_and_keeps_what_was_typed(name):
    name.set_text("王")
    name.set_error("请写名字")
    assert (name.message.text(), name.text, name.has_error) == ("请写名字", "王", True)
    assert not name._mark.isHidden()
    name.set_error("")
    assert (name.message.text(), name.has_error) == ("写身份证上的名字", False)
    assert name._mark.isHidden()


def test_typing_takes_the_error_away(name, qtbot):
    name.set_error("请写名字")
    qtbot.keyClicks(name.line, "a")
    assert not name.has_error


def test_pasted_lines_become_one(name):
    QGuiApplication.clipboard().setText("欧阳\r\n小\t明\n")
    name.line.paste()
    assert name.text == "欧阳 小 明"


def test_too_much_is_not_taken(name):
    name.line.insert("王" * 400)
    assert len(name.text) == 20


def test_wiping_leaves_nothing_to_undo(name, qtbot):
    qtbot.keyClicks(name.line, "a")
    name.set_error("x")
    name.wipe()
    assert (name.text, name.has_error, name.line.isUndoAvailable()) == ("", False, False)


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("", ""),
        ("138", "138"),
        ("1380", "138 0"),
        ("13800001234", "138 0000 1234"),
        ("138000012345", "138 0000 1234 5"),
    ],
)
def test_phones_are_read_in_groups(typed, read):
    assert phone_echo(typed).split() == read.split()


def test_id_numbers_are_read_as_on_the_card():
    assert id_echo("37100219680704123x").split() == ["371002", "19680704", "123X"]


def test_a_number_is_shown_again_and_its_line_keeps_its_place(theme, qtbot):
    phone = NumberField(theme, "phone", InputWish.PHONE, phone_echo)
    qtbot.addWidget(phone)
    before = phone.sizeHint()
    phone.set_text("13800001234")
    assert phone._echo.text().split() == ["138", "0000", "1234"]
    assert phone.sizeHint().height() == before.height()
    phone.wipe()
    assert phone._echo.text().strip() == ""


def test_nothing_can_be_dropped_on_a_line(name):
    assert not name.line.acceptDrops()
