"""Lists for staff: rows that can be touched, as many on a page as fit, or why there are none and what to do."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QSize, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from kiosk.ui.components.list_place import Pages
from kiosk.ui.components.page import Page
from kiosk.ui.context import UiContext
from kiosk.ui.theme import Role, Theme
from kiosk.ui.widgets.buttons import BigButton, Kind
from kiosk.ui.widgets.fitting import text_size
from kiosk.ui.widgets.pager import Pager
from kiosk.ui.widgets.states import Blank, PlaceNote

ROW_MM, GAP_MM, PAGER_MM = 17.0, 3.0, 15.0
#: Rows that are made; no page holds more.
MOST = 14
#: Between two rows of text, in ems; what icon and margins of a row take from its width.
LINE, BESIDE_MM = 1.5, 26.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One row: the words, a smaller line, an icon."""

    text: str
    note: str = ""
    icon_name: str = "list"


class RowList(QWidget):
    """Shows rows on pages, or a note when there are none.

    Signals:
        chosen(int): a row was touched; its place in the whole list.
    """

    chosen = Signal(int)

    def __init__(self, theme: Theme, icon_name: str = "info", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._pages: Pages[Row] = Pages(per_page=MOST)
        self._rows = [
            BigButton(theme, Kind.PLAIN, role=Role.BODY, height_mm=ROW_MM, icon_name="list", at_edge=True)
            for _ in range(MOST)
        ]
        self.note = PlaceNote(theme, icon_name)
        self.note.hide()
        self.pager = Pager(theme, height_mm=PAGER_MM)
        self.pager.back.connect(self._back)
        self.pager.on.connect(self._on)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        for row in self._rows:
            row.clicked.connect(self._touched)
            self._column.addWidget(row)
        self._column.addWidget(self.note, 1)
        self._column.addStretch(0)
        self._rest = self._column.count() - 1
        self._column.addWidget(self.pager)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Expanding)
        self.retheme()
        self._place()

    def say(self, back: str, on: str) -> None:
        """Put the pager's words in."""
        self.pager.say(back, on)

    def show_rows(self, rows: Sequence[Row], blank: Blank | None) -> None:
        """Show these rows; ``blank`` is said when there are none (None while that is not known)."""
        self._pages.put(rows)
        if blank is not None:
            self.note.show_blank(blank)
        self.note.setVisible(not rows and blank is not None)
        self._column.setStretch(self._rest, int(self.note.isHidden()))  # the note has the whole place
        self._place()

    def wipe(self) -> None:
        """Forget the rows."""
        self._pages.clear()
        self.note.hide()
        self._place()

    def retheme(self) -> None:
        """Sizes have changed."""
        self._column.setSpacing(self._theme.px(GAP_MM))
        self._place()

    def minimumSizeHint(self) -> QSize:
        """One row and the pager."""
        return QSize(self._theme.px(60), self._row_px() + self._pager_px())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another place, other pages."""
        super().resizeEvent(event)
        self._place()

    def _row_px(self) -> int:
        """All rows are as high as the one that has most to say needs; two lines of each at most."""
        theme, room = self._theme, self.width() - self._theme.px(BESIDE_MM)
        text, note = theme.font(Role.BODY, bold=True), theme.font(Role.SMALL)
        needed = [
            text_size(row.text, text, room).height() + text_size(row.note, note, room).height()
            for row in self._pages.items
        ]
        lines = round(LINE * (theme.text_px(Role.BODY) + theme.text_px(Role.SMALL)))
        words = max(lines, min(max(needed, default=0), 2 * lines))
        return max(theme.px(ROW_MM), words + theme.px(2))

    def _pager_px(self) -> int:
        return self.pager.sizeHint().height() + self._column.spacing()

    def _per_page(self) -> int:
        """As many rows as there is room for; the pager takes its part only where it is needed."""
        gap = self._column.spacing()
        most = (self.height() + gap) // (self._row_px() + gap)
        if len(self._pages.items) > most:
            most = (self.height() - self._pager_px() + gap) // (self._row_px() + gap)
        return max(1, min(MOST, most))

    def _place(self) -> None:
        pages, per_page = self._pages, self._per_page()
        if per_page != pages.per_page:
            first = pages.first
            pages.per_page, pages.first = per_page, first // per_page * per_page
            pages.put(pages.items)
        for at, button in enumerate(self._rows):
            used = at < len(pages.shown)
            button.setVisible(used)
            if used:
                row = pages.shown[at]
                button.setFixedHeight(self._row_px())
                button.set_icon(row.icon_name)
                button.say(row.text, row.note)
            elif button.text():
                button.say("")  # what is hidden is not forgotten by itself
        self.pager.set_place(pages.place, has_back=pages.has_back, has_on=pages.has_on)

    @Slot()
    def _touched(self) -> None:
        sender = self.sender()
        self.chosen.emit(self._pages.first + next(at for at, row in enumerate(self._rows) if row is sender))

    @Slot()
    def _back(self) -> None:
        self._pages.turn(-1)
        self._place()

    @Slot()
    def _on(self) -> None:
        self._pages.turn(1)
        self._place()


class StaffList(Page):
    """A console page that is a list. A subclass says what to ask for, what a row says, and what a touch does."""

    for_staff = True
    #: The note's words: sentence; what to do next is behind ``<key>_hint``.
    blank_key = ""
    blank_icon = "success"

    def __init__(self, ctx: UiContext) -> None:
        super().__init__(ctx)
        self.items: tuple[Any, ...] | None = None
        self.rows = RowList(self.theme, self.blank_icon)
        self.rows.chosen.connect(self._chosen)
        self.body.addWidget(self.rows, 1)

    def look_up(self) -> Sequence[Any]:
        """On the read lane."""
        raise AssertionError(self.name)

    def row(self, item: Any) -> Row:  # noqa: ANN401 - what ``look_up`` gives
        """The words of an item."""
        raise AssertionError(item)

    def chosen(self, item: Any) -> None:  # noqa: ANN401 - as above
        """An item was touched."""
        raise AssertionError(item)

    def enter(self, params: Any) -> None:  # noqa: ANN401, ARG002 - none
        """Always anew: what was settled is gone from it."""
        self.clear_errors()
        self.look()

    def look(self) -> None:
        """Ask for the list."""
        self.query("list", self.look_up, self.loaded)

    def retranslate(self) -> None:
        """Words in."""
        super().retranslate()
        self.rows.say(self.text("common.previous_page"), self.text("common.next_page"))
        self.fill()

    def wipe(self) -> None:
        """Forget the list."""
        super().wipe()
        self.items = None
        self.rows.wipe()

    def loaded(self, items: Sequence[Any]) -> None:
        """The list is there."""
        self.items = tuple(items)
        self.fill()

    def fill(self) -> None:
        """Word the rows."""
        if self.items is None:
            self.rows.show_rows((), None)
        else:
            self.rows.show_rows([self.row(each) for each in self.items], self.blank())

    def blank(self) -> Blank:
        """What is said when there is nothing."""
        return Blank(sentence=self.text(self.blank_key), do=self.text(f"{self.blank_key}_hint"))

    @Slot(int)
    def _chosen(self, at: int) -> None:
        if self.items is not None and at < len(self.items):
            self.chosen(self.items[at])
