"""Rows share the room that the words leave; whatever comes later, nothing is cut."""

import pytest
from PySide6.QtWidgets import QVBoxLayout, QWidget

from kiosk.ui.widgets.facts import AIR_MM, Facts

SHORT = [(label, "短") for label in "甲乙丙丁"]
LONG = [(label, "很长的地址，" * 6) for label in "甲乙丙丁"]


@pytest.fixture
def page(qtbot, theme):
    """A table that has just so much room."""
    window = QWidget()
    facts = Facts(theme, columns=2, most_air_mm=12)
    inside = QVBoxLayout(window)
    inside.setContentsMargins(0, 0, 0, 0)
    inside.addWidget(facts)
    window.facts = facts
    qtbot.addWidget(window)
    window.resize(900, 600)
    window.show()
    return window


def is_cut(facts):
    return [value.text() for _, value in facts._rows if value.height() < value.heightForWidth(value.width())]


def test_words_that_come_while_it_is_shown_are_whole(qtbot, page, theme):
    facts = page.facts
    facts.show_rows(LONG)
    just_enough = facts._grid.heightForWidth(900) - facts._grid.verticalSpacing() + theme.px(AIR_MM)
    page.resize(900, just_enough)
    facts.show_rows(SHORT)
    qtbot.wait_until(lambda: facts._grid.verticalSpacing() > theme.px(AIR_MM))
    for pair, (_, words) in zip(facts._rows, LONG, strict=True):  # filled while it is shown
        pair[1].setText(words)
    qtbot.wait_until(lambda: is_cut(facts) == [])
    assert facts._grid.heightForWidth(900) <= just_enough
