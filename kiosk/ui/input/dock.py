"""The input dock: one widget at the bottom of the kiosk's own window, shown while a text field has the focus."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLineEdit, QSizePolicy, QStackedWidget, QWidget

from kiosk.assets import asset_path
from kiosk.ui.input import editing
from kiosk.ui.input.handwriting_panel import HandwritingPanel
from kiosk.ui.input.letters_panel import LettersPanel
from kiosk.ui.input.look import TAB_WIDTH_MM, WIDEST_PANEL_MM, DockLook
from kiosk.ui.input.number_panel import NumberPanel
from kiosk.ui.input.panel import Panel
from kiosk.ui.input.pinyin import Pinyin
from kiosk.ui.input.pinyin_panel import PinyinPanel
from kiosk.ui.input.rare import RareCharacters
from kiosk.ui.input.rare_panel import RarePanel
from kiosk.ui.input.recogniser import Recogniser
from kiosk.ui.input.recognition import Recognition
from kiosk.ui.input.table import Table
from kiosk.ui.input.tabs import TabColumn
from kiosk.ui.input.wish import InputTab, InputWish, is_text_field, tabs_for, wish_of
from kiosk.ui.strings import Strings

#: While a finger is down nothing moves under it; the dock comes or goes this long after it was lifted.
SETTLE_MS = 60


class InputDock(QWidget):
    """Writes into whatever text field of its window has the focus, and never takes the focus itself.

    Put it at the bottom of the window's layout; it hides and shows itself, so the screen above shrinks and the field
    stays in view. Panels are made when they are first shown.

    Signals:
        activity(): a person touched the dock (for the idle monitor).
        opened(QWidget): the dock is shown for this field.
        closed(): the dock is hidden.
    """

    activity = Signal()
    opened = Signal(QWidget)
    closed = Signal()

    def __init__(
        self,
        strings: Strings,
        recogniser: Recogniser,
        *,
        look: DockLook | None = None,
        tables: Path | None = None,
        steady: Callable[[], float] = time.monotonic,
        parent: QWidget | None = None,
    ) -> None:
        """Make a hidden dock.

        Args:
            strings: the words.
            recogniser: reads handwriting; where it is absent the tab is not shown.
            look: sizes and colours.
            tables: folder of the look-up tables, ``assets/keyboard`` when not given.
            steady: a clock in seconds that only goes forward.
            parent: Qt parent.
        """
        super().__init__(parent)
        self.setObjectName("inputDock")
        self._steady = steady
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self._strings = strings
        self._look = look or DockLook()
        folder = tables or asset_path("keyboard")
        self._table = Table(folder / "pinyin.tsv")
        self._pinyin = Pinyin(self._table)
        self._rare = RareCharacters(folder)
        self._recognition = Recognition(recogniser, self)
        self._recognition.failed.connect(self._handwriting_failed)
        self._field: QWidget | None = None
        self._wish = InputWish.TEXT
        self._panels: dict[InputTab, Panel] = {}
        self._tabs = TabColumn(strings, self)
        self._stack = QStackedWidget(self)
        self._row = QHBoxLayout(self)
        self._row.addStretch(1)
        self._row.addWidget(self._tabs)
        # On a wide panel the keys stay within reach in the middle.
        self._row.addWidget(self._stack, 1000)
        self._row.addStretch(1)
        self._following = False
        self._settle = QTimer(self)
        self._settle.setSingleShot(True)
        self._settle.setInterval(SETTLE_MS)
        self._settle.timeout.connect(self._follow_focus)
        self._tabs.chosen.connect(self._tab_touched)
        self._tabs.hide_wanted.connect(self._hide_touched)
        strings.language_changed.connect(self.retranslate)
        self.hide()

    def start(self) -> None:
        """Begin to follow the keyboard focus."""
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        application.focusChanged.connect(self._focus_changed)
        self._following = True
        self.window().installEventFilter(self)
        self._follow_focus()

    def stop(self) -> None:
        """End: join the recogniser's thread, close the tables. Once is enough, twice does no harm."""
        if not self._following:
            return
        self._following = False
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        application.focusChanged.disconnect(self._focus_changed)
        self.window().removeEventFilter(self)
        self._leave_field()
        self._settle.stop()
        self._recognition.close()
        self._table.close()
        self._rare.close()

    @property
    def field(self) -> QWidget | None:
        """The field that is written into."""
        return self._field

    @property
    def tab(self) -> InputTab:
        """The tab in front."""
        return self._tabs.current

    def tabs(self) -> tuple[InputTab, ...]:
        """The tabs that are offered for the field."""
        return self._tabs.offered

    def holds_unfinished(self) -> bool:
        """Whether something was written for the field that is not in it yet; then the dock is in view."""
        panel = self._panels.get(self._tabs.current)
        if self._field is None or panel is None or not panel.unfinished:
            return False
        if self.isHidden():
            self._show_dock(self._field)
        return True

    def panel(self, tab: InputTab) -> Panel:
        """The panel behind a tab; made at the first call."""
        if tab not in self._panels:
            panel = self._make(tab)
            panel.writing.typed.connect(self._type)
            panel.writing.erased.connect(self._erase)
            panel.writing.cleared.connect(self._clear)
            panel.writing.replaced.connect(self._replace)
            panel.writing.touched.connect(self.activity)
            self._stack.addWidget(panel)
            self._panels[tab] = panel
            self._fit(panel)
        return self._panels[tab]

    def choose(self, tab: InputTab) -> None:
        """Bring a tab to the front."""
        self._tabs.show_tabs(self._tabs.offered, tab)
        panel = self.panel(tab)
        self._stack.setCurrentWidget(panel)
        panel.prepare(self._wish)
        self._tell_panel()
        if tab is InputTab.HANDWRITING:
            self._recognition.warm_up()

    def set_look(self, look: DockLook) -> None:
        """Take new sizes and colours (text size, contrast, another panel)."""
        self._look = look
        self.setStyleSheet(look.stylesheet())
        margin = look.margin
        self._row.setContentsMargins(margin, margin, margin, margin)
        self._row.setSpacing(look.gap)
        self._tabs.setFixedWidth(look.px(TAB_WIDTH_MM))
        self._fit_window()

    def wipe(self) -> None:
        """Between two people: no ink, no letters, no candidates, no field, the first tab again."""
        for panel in self._panels.values():
            panel.wipe()
        self._recognition.forget()
        self._leave_field()
        self.hide()

    @Slot()
    def retranslate(self) -> None:
        """Ask for all words again."""
        self._tabs.retranslate()
        for panel in self._panels.values():
            panel.retranslate()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the window's size, and a touch on a field whose dock was put away."""
        kind = event.type()
        if kind is QEvent.Type.Resize and watched is self.window():
            self._fit_window()
        elif kind is QEvent.Type.MouseButtonRelease and watched is self._field and self.isHidden():
            self._settle.start()
        return False

    def _make(self, tab: InputTab) -> Panel:
        match tab:
            case InputTab.HANDWRITING:
                return HandwritingPanel(
                    self._strings, self._recognition, self._rare, self._stack, steady=self._steady
                )
            case InputTab.PINYIN:
                return PinyinPanel(self._strings, self._pinyin, self._stack)
            case InputTab.NUMBERS:
                return NumberPanel(self._strings, self._stack)
            case InputTab.LETTERS:
                return LettersPanel(self._strings, self._stack)
            case InputTab.RARE:
                return RarePanel(self._strings, self._rare, self._stack)

    # --- the field in focus

    @Slot(QWidget, QWidget)
    def _focus_changed(self, _old: QWidget | None, _now: QWidget | None) -> None:
        if QGuiApplication.mouseButtons() == Qt.MouseButton.NoButton and is_text_field(_now):
            self._follow_focus()
        else:
            self._settle.start()

    @Slot()
    def _follow_focus(self) -> None:
        if QGuiApplication.mouseButtons() != Qt.MouseButton.NoButton:
            self._settle.start()
            return
        now = QApplication.focusWidget()
        if now is None or not is_text_field(now) or now.window() is not self.window():
            self._leave_field()
            self._put_away()
        elif now is not self._field or wish_of(now) is not self._wish:
            self._enter_field(now)
        elif self.isHidden():
            self._show_dock(now)

    def _enter_field(self, field: QWidget) -> None:
        self._leave_field()
        self._field = field
        self._wish = wish_of(field)
        field.installEventFilter(self)
        field.destroyed.connect(self._field_gone)
        for name in ("textChanged", "cursorPositionChanged"):
            getattr(field, name).connect(self._tell_panel)
        offered = tuple(tab for tab in tabs_for(self._wish) if self._has(tab))
        self._tabs.show_tabs(offered, offered[0])
        self.choose(offered[0])
        self._show_dock(field)

    def _show_dock(self, field: QWidget) -> None:
        if not self.styleSheet():
            self.set_look(self._look)
        self._fit_window()
        self.show()
        self.opened.emit(field)

    def _leave_field(self) -> None:
        field, self._field = self._field, None
        if field is not None:
            field.removeEventFilter(self)
            field.destroyed.disconnect(self._field_gone)
            for name in ("textChanged", "cursorPositionChanged"):
                getattr(field, name).disconnect(self._tell_panel)

    @Slot()
    def _field_gone(self) -> None:
        self._field = None
        self._put_away()

    @Slot()
    def _hide_touched(self) -> None:
        self._settle.stop()  # else what was to be looked at a moment ago brings it back
        self._put_away()

    def _put_away(self) -> None:
        if not self.isHidden():
            self.hide()
            self.closed.emit()

    def _has(self, tab: InputTab) -> bool:
        return tab is not InputTab.HANDWRITING or self._recognition.available()

    @Slot()
    def _handwriting_failed(self) -> None:
        """The recogniser died: offer what is left."""
        offered = tuple(tab for tab in self._tabs.offered if self._has(tab))
        if offered:
            kept = self.tab if self.tab in offered else offered[0]
            self._tabs.show_tabs(offered, kept)
            self.choose(kept)

    # --- writing

    @Slot(str)
    def _type(self, text: str) -> None:
        if self._field is not None:
            editing.insert(self._field, text)

    @Slot()
    def _erase(self) -> None:
        if self._field is not None:
            editing.backspace(self._field)

    @Slot()
    def _clear(self) -> None:
        if self._field is not None:
            editing.clear(self._field)

    @Slot(int, str)
    def _replace(self, count: int, text: str) -> None:
        if self._field is not None:
            editing.replace_before(self._field, count, text)

    @Slot()
    def _tell_panel(self) -> None:
        panel = self._panels.get(self._tabs.current)
        field = self._field
        if panel is None or field is None:
            return
        if isinstance(field, QLineEdit) and field.echoMode() is not QLineEdit.EchoMode.Normal:
            # What the field hides, the dock does not show.
            panel.show_field("", "")
        else:
            panel.show_field(editing.text_before(field), editing.whole_text(field))

    # --- shape

    @Slot(InputTab)
    def _tab_touched(self, tab: InputTab) -> None:
        self.activity.emit()
        self.choose(tab)

    def _fit_window(self) -> None:
        height = self.window().height()
        self.setFixedHeight(self._look.dock_height(height))
        self._tabs.set_look(self._look, self._look.row_height(height))
        for panel in self._panels.values():
            self._fit(panel)

    def _fit(self, panel: Panel) -> None:
        panel.set_look(self._look, self._look.row_height(self.window().height()))
        panel.arrange(landscape=self.window().width() > self.window().height())
        self._stack.setMaximumWidth(self._look.px(WIDEST_PANEL_MM))
