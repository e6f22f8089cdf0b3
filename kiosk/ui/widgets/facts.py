"""Facts: what something is called, and what it is, in rows."""

from collections.abc import Sequence
from itertools import zip_longest

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QFontMetrics, QResizeEvent
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QWidget

from kiosk.ui.theme import Role, Theme
from kiosk.ui.widgets.fitting import text_size
from kiosk.ui.widgets.text import Text

#: Between two rows.
AIR_MM = 2.0


class Facts(QWidget):
    """Rows of label and value; values wrap. Rows without a value are left out."""

    def __init__(
        self,
        theme: Theme,
        *,
        role: Role = Role.BODY,
        columns: int = 1,
        most_air_mm: float = AIR_MM,
        roles: Sequence[Role] = (),
        parent: QWidget | None = None,
    ) -> None:
        """Make an empty table.

        Args:
            theme: the look.
            role: size of its text.
            columns: how many pairs stand beside each other.
            most_air_mm: how far the rows may move apart where there is room.
            roles: sizes from which it takes the first that fits its place; then the place is given, not asked for.
            parent: Qt parent.
        """
        super().__init__(parent)
        self._most_air_mm = most_air_mm
        self._roles = tuple(roles)
        if roles:
            self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Ignored)
        self._theme = theme
        self._role = role
        self._columns = columns
        self._full: list[tuple[str, str]] = []
        self._rows: list[tuple[Text, Text]] = []
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self.retheme()

    @property
    def shown(self) -> bool:
        """Whether there is anything to read."""
        return bool(self._full)

    def height_in(self, role: Role, width: int) -> int | None:
        """Pixels that the rows would need in another size, close together; None when the labels leave no room.

        Reckoned from the words: nothing is changed, so that a page can ask while it is laid out.
        """
        if not self._full:
            return 0
        label_font, value_font = self._theme.font(role), self._theme.font(role, bold=True)
        gap, air = self._grid.horizontalSpacing(), self._theme.px(AIR_MM)
        widest = max(
            (QFontMetrics(label_font).horizontalAdvance(label) for label, _ in self._full), default=0
        )
        room = (width + gap) // self._columns - gap
        if 2 * (widest + gap) > room:
            return None
        heights = [text_size(value, value_font, room - widest - gap).height() for _, value in self._full]
        rows = -(-len(heights) // self._columns)
        columns = [heights[at : at + rows] for at in range(0, len(heights), rows)]
        return sum(max(row) + air for row in zip_longest(*columns, fillvalue=0))

    def most_air(self) -> int:
        """Pixels that the rows take at most beyond their words and the least air, moved apart."""
        rows = -(-len(self._full) // self._columns)
        return max(0, rows - 1) * (self._theme.px(self._most_air_mm) - self._theme.px(AIR_MM))

    def set_columns(self, columns: int) -> None:
        """Another number of columns (portrait or landscape)."""
        if columns != self._columns:
            for column in range(2 * self._columns):
                self._grid.setColumnStretch(column, 0)
            self._columns = columns
            self.show_rows(self._full)

    def set_role(self, role: Role) -> None:
        """Another size of its text."""
        if role is self._role:
            return
        self._role = role
        for pair in self._rows:
            for text in pair:
                text.set_role(role)

    def show_rows(self, rows: Sequence[tuple[str, str]]) -> None:
        """Put the facts in."""
        full = self._full = [(label, value) for label, value in rows if value]
        while len(self._rows) < len(full):
            pair = (
                Text(self._theme, self._role, tone="soft", wrap=False),
                Text(self._theme, self._role, bold=True),
            )
            for text in pair:
                text.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
            self._rows.append(pair)
        height = -(-len(full) // self._columns)
        for at, (label, value) in enumerate(self._rows):
            used = at < len(full)
            column, row = divmod(at, max(1, height))
            if used:
                label.setText(full[at][0])
                value.setText(full[at][1])
                self._grid.addWidget(label, row, 2 * column)
                self._grid.addWidget(value, row, 2 * column + 1)
            label.setVisible(used)
            value.setVisible(used)
        for column in range(self._columns):
            self._grid.setColumnStretch(2 * column + 1, 1)
        self._spread()

    def align_with(self, labels: Sequence[str]) -> None:
        """Leave room for all these labels, so that the values of several facts stand below each other."""
        metrics = QFontMetrics(self._theme.font(self._role))
        widest = max((metrics.horizontalAdvance(label) for label in labels), default=0)
        self._grid.setColumnMinimumWidth(0, widest)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Rows move apart where there is room for it, and no further."""
        super().resizeEvent(event)
        self._spread()

    def event(self, event: QEvent) -> bool:
        """Words that come while the table is shown change its rows after they were put in: share the room again."""
        handled = super().event(event)
        if event.type() is QEvent.Type.LayoutRequest:
            self._spread()
        return handled

    def _spread(self) -> None:
        """Share the room that the words leave between the rows: at every size, and for other words of the same size."""
        self._take_role()
        rows = -(-len(self._full) // self._columns)
        if self._most_air_mm <= AIR_MM or rows < 2:  # noqa: PLR2004 - one row has no room between rows
            return
        words = self._grid.heightForWidth(self.width()) - self._grid.verticalSpacing() * (rows - 1)
        wide = (self.height() - words) // (rows - 1)
        least, most = self._theme.px(AIR_MM), self._theme.px(self._most_air_mm)
        air = max(least, min(most, wide))
        if air != self._grid.verticalSpacing():  # each change asks for a layout, and each layout comes here
            self._grid.setVerticalSpacing(air)
        for row in range(max(rows + 1, self._grid.rowCount())):
            if self._grid.rowStretch(row) != int(row == rows):
                self._grid.setRowStretch(row, int(row == rows))

    def _take_role(self) -> None:
        for role in self._roles:
            needed = self.height_in(role, self.width())
            if role is self._roles[-1] or (needed is not None and needed <= self.height()):
                self.set_role(role)
                return

    def wipe(self) -> None:
        """Forget the facts."""
        self._full = []
        for pair in self._rows:
            for text in pair:
                text.setText("")

    def retheme(self) -> None:
        """Sizes and colours have changed."""
        self._grid.setHorizontalSpacing(self._theme.px(5))
        self._grid.setVerticalSpacing(self._theme.px(AIR_MM))
        for pair in self._rows:
            for text in pair:
                text.retheme()
