"""A search field with its results: the pattern of the people and employer screens."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Slot

from kiosk.ui.components.page import Page
from kiosk.ui.context import UiContext
from kiosk.ui.input.wish import InputWish
from kiosk.ui.screens.staff.rows import Row, RowList
from kiosk.ui.theme import Role
from kiosk.ui.widgets.fields import STAFF_HEIGHT_MM, Field
from kiosk.ui.widgets.states import Blank

MOST = 30


class SearchScreen(Page):
    """Looks while one types: phone digits, name, pinyin initials, number. A subclass finds, words and opens rows."""

    for_staff = True

    def __init__(self, ctx: UiContext) -> None:
        super().__init__(ctx)
        self._found: Sequence[Any] = ()
        self.search = self.field(
            Field(
                self.theme,
                "search",
                InputWish.PINYIN,
                role=Role.LEAD,
                height_mm=STAFF_HEIGHT_MM,
                max_length=60,
            )
        )
        self.search.changed.connect(self._typed)
        self.rows = RowList(self.theme, "search")
        self.rows.chosen.connect(self._chosen)
        self.body.addWidget(self.search)
        self.body.addWidget(self.rows, 1)

    def enter(self, params: Any) -> None:  # noqa: ANN401, ARG002 - none
        """Look again: somebody may have come in between."""
        self._look()
        self.search.line.setFocus()

    def retranslate(self) -> None:
        """Words in."""
        super().retranslate()
        self.search.say(self.text("staff.search"))
        self.rows.say(self.text("common.previous_page"), self.text("common.next_page"))
        self.fill()

    def wipe(self) -> None:
        """Forget who was looked for."""
        super().wipe()
        self._found = ()
        self.rows.wipe()

    def look_up(self, text: str, limit: int) -> Sequence[Any]:
        """On the read lane."""
        raise AssertionError(text, limit)

    def row(self, found: Any) -> Row:  # noqa: ANN401 - a worker or an employer
        """The words of a result."""
        raise AssertionError(found)

    def chosen(self, found: Any) -> None:  # noqa: ANN401 - as above
        """A result was touched."""
        raise AssertionError(found)

    def _look(self) -> None:
        text = self.search.text.strip()
        if not text:
            self._show(())
            return
        self.query("find", lambda: self.look_up(text, MOST), self._show)

    def _show(self, found: Sequence[Any]) -> None:
        self._found = found
        self.fill()

    def fill(self) -> None:
        """Word what was found."""
        key = "staff.nobody" if self.search.text.strip() else "staff.search_idle"
        blank = Blank(sentence=self.text(key), do=self.text(f"{key}_hint"))
        self.rows.show_rows([self.row(each) for each in self._found], blank)

    @Slot(str)
    def _typed(self, _: str) -> None:
        self._look()

    @Slot(int)
    def _chosen(self, at: int) -> None:
        self.chosen(self._found[at])
