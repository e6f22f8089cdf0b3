"""The column of tabs at the left of the dock."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from kiosk.ui.input.keys import Key, KeyKind
from kiosk.ui.input.look import DockLook
from kiosk.ui.input.wish import InputTab
from kiosk.ui.strings import Strings


class TabColumn(QWidget):
    """One key for each way of writing, and one that puts the dock away.

    Signals:
        chosen(InputTab): a tab was touched.
        hide_wanted(): the dock is to go away.
    """

    chosen = Signal(InputTab)
    hide_wanted = Signal()

    def __init__(self, strings: Strings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._strings = strings
        self.offered: tuple[InputTab, ...] = ()
        self.current = InputTab.HANDWRITING
        self.keys = {tab: Key("", KeyKind.TAB, self) for tab in InputTab}
        self.hide_key = Key("", KeyKind.ACTION, self)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        for key in self.keys.values():
            key.setCheckable(True)
            key.hide()
            key.clicked.connect(self._touched)
        self.hide_key.clicked.connect(self.hide_wanted)
        self._column.addStretch(1)
        self._column.addWidget(self.hide_key)
        self.retranslate()

    def retranslate(self) -> None:
        """Ask for all words again."""
        for tab, key in self.keys.items():
            word = self._strings.text(f"input.tab.{tab.value}")
            key.say(word, word)
        word = self._strings.text("input.key.hide")
        self.hide_key.say(word, word)

    def set_look(self, look: DockLook, row_height: int) -> None:
        """Take sizes: every tab is one of five rows high."""
        self._column.setSpacing(look.gap)
        for key in (*self.keys.values(), self.hide_key):
            key.fit(look, row_height)
            key.setFixedHeight(row_height)
            # Ignored would give all the height to the stretch between the tabs and the last key.
            key.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def show_tabs(self, offered: tuple[InputTab, ...], current: InputTab) -> None:
        """Offer these tabs in this order, one of them in front."""
        if offered != self.offered:
            # Not takeAt: nobody owns what it gives to Python, and each place of the column would stay for good.
            for key in self.keys.values():
                self._column.removeWidget(key)
            for place, tab in enumerate(offered):
                self._column.insertWidget(place, self.keys[tab])
            self.offered = offered
        self.current = current
        for tab, key in self.keys.items():
            key.setVisible(tab in offered)
            key.setChecked(tab is current)

    def _touched(self) -> None:
        key = self.sender()
        for tab, candidate in self.keys.items():
            if candidate is key:
                self.chosen.emit(tab)
