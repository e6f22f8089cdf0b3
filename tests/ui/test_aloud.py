"""What is read aloud: nothing that the hall must not hear, and what stands together in one piece."""

import pytest
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from kiosk.ui.aloud import read_out, without_identity
from kiosk.ui.input.wish import InputWish
from kiosk.ui.strings import Strings
from kiosk.ui.theme import Theme
from kiosk.ui.widgets.buttons import Choice
from kiosk.ui.widgets.fields import Field

ID = "371002197001010016"


@pytest.fixture
def strings(qapp):
    return Strings(strict=True)


@pytest.fixture
def root(qtbot):
    root = QWidget()
    qtbot.addWidget(root)
    return root


def shown(root: QWidget, strings: Strings) -> list[str]:
    root.resize(900, 900)
    root.show()
    return read_out(root, strings)


def test_neither_a_pin_nor_an_identity_number_is_said(root, strings):
    column = QVBoxLayout(root)
    for name, wish, secret, typed in (
        ("phone", InputWish.PHONE, False, "13900001111"),
        ("pin", InputWish.DIGITS, True, "246813"),
        ("id_number", InputWish.ID_NUMBER, False, ID[:9]),
    ):
        field = Field(Theme(), name, wish, secret=secret)
        field.say(name)
        field.set_text(typed)
        column.addWidget(field)
    secret_line = QLineEdit()
    secret_line.setEchoMode(QLineEdit.EchoMode.NoEcho)
    secret_line.setPlaceholderText("密码")
    column.addWidget(secret_line)
    assert shown(root, strings) == ["phone", "13900001111", "pin", "id_number", "已经填好"]


@pytest.mark.parametrize("number", [ID, "37100219700101001X", "371002 19700101 0016", "371002700101001"])
def test_a_number_in_a_sentence_is_not_said_either(strings, number):
    assert without_identity(f"身份证号 {number}", strings) == "身份证号 已经填好"


@pytest.mark.parametrize(
    "text", ["13900001111", "91371000MA3C1B2D45", "11月23日 06:30–15:30", "B-000123 456789"]
)
def test_other_numbers_are_said(strings, text):
    assert without_identity(text, strings) == text


def test_what_is_chosen_is_said_to_be(root, strings):
    column = QVBoxLayout(root)
    for word, chosen in (("按天", True), ("按小时", False)):
        tile = Choice(Theme())
        tile.say(word)
        tile.setChecked(chosen)
        column.addWidget(tile)
    assert shown(root, strings) == [strings.text("spoken.chosen", what="按天"), "按小时"]


def test_columns_are_read_one_after_the_other(root, strings):
    halves = QHBoxLayout(root)
    for words in ("甲乙", "丙丁"):
        half = QVBoxLayout()
        half.addWidget(QLabel(words[0]))
        half.addWidget(QLabel(words[1]))
        halves.addLayout(half)
    assert shown(root, strings) == ["甲", "乙", "丙", "丁"]


def test_what_stands_in_no_layout_is_read_from_the_top_down(root, strings):
    for word, y in (("下", 300), ("上", 10)):
        QLabel(word, root).move(0, y)
    assert shown(root, strings) == ["上", "下"]
