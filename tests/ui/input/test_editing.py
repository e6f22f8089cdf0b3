import pytest
from PySide6.QtGui import QIntValidator
from PySide6.QtWidgets import QLineEdit, QTextEdit

from kiosk.ui.input import editing


@pytest.fixture
def line(qtbot):
    made = QLineEdit()
    qtbot.addWidget(made)
    return made


@pytest.fixture
def text(qtbot):
    made = QTextEdit()
    qtbot.addWidget(made)
    return made


def test_text_is_put_at_the_cursor_and_counts_as_edited(line, qtbot):
    line.setText("王明")
    line.setCursorPosition(1)
    with qtbot.waitSignal(line.textEdited):
        assert editing.insert(line, "小")
    assert line.text() == "王小明"
    assert editing.text_before(line) == "王小"


def test_a_selection_is_replaced(line):
    line.setText("王小明")
    line.setSelection(1, 2)
    editing.insert(line, "芳")
    assert line.text() == "王芳"


def test_the_longest_length_is_kept_and_no_pair_is_split(line):
    line.setMaxLength(3)
    line.setText("王王")
    assert not editing.insert(line, "𬭬")
    assert line.text() == "王王"
    assert not editing.insert(line, "小明")
    assert line.text() == "王王小"


def test_a_validator_has_its_say(line):
    line.setValidator(QIntValidator(0, 99, line))
    assert editing.insert(line, "42")
    assert not editing.insert(line, "x")
    assert not editing.insert(line, "7")
    assert line.text() == "42"


@pytest.mark.parametrize(
    ("before", "after"),
    [("王明", "王"), ("王𬭬", "王"), ("王𪚥", "王"), ("ae\u0301", "a"), ("葛\U000e0101", ""), ("", "")],
)
def test_backspace_takes_one_character_as_a_person_sees_it(line, text, before, after):
    line.setText(before)
    editing.backspace(line)
    assert line.text() == after
    text.setPlainText(before)
    text.moveCursor(text.textCursor().MoveOperation.End)
    editing.backspace(text)
    assert text.toPlainText() == after


def test_backspace_takes_a_selection(line):
    line.setText("王小明")
    line.setSelection(0, 2)
    editing.backspace(line)
    assert line.text() == "明"


def test_backspace_at_the_start_of_a_line_joins_it_with_the_one_above(text):
    text.setPlainText("上\n下")
    cursor = text.textCursor()
    cursor.setPosition(2)
    text.setTextCursor(cursor)
    editing.backspace(text)
    assert text.toPlainText() == "上下"


def test_clear_empties_the_line_wherever_the_cursor_stands(line):
    line.setText("13812345678")
    line.setCursorPosition(3)
    editing.clear(line)
    assert line.text() == ""


def test_characters_before_the_cursor_are_replaced(line):
    line.setText("王龙天x")
    line.setCursorPosition(3)
    editing.replace_before(line, 2, "䶮")
    assert line.text() == "王䶮x"


def test_a_hidden_field_can_be_written_and_corrected(line):
    line.setEchoMode(QLineEdit.EchoMode.Password)
    editing.insert(line, "1234")
    editing.backspace(line)
    assert line.text() == "123"
