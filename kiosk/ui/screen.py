"""The base class of all screens."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, ClassVar, TypeVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QLabel, QLineEdit, QWidget

from kiosk.domain.refusal import Refusal
from kiosk.services.faults import DeviceFault
from kiosk.ui.context import UiContext
from kiosk.ui.faults import device_fault
from kiosk.ui.tasks import Expected, Lane, Scope

if TYPE_CHECKING:  # a page without a card does not need them
    from PySide6.QtWidgets import QButtonGroup

    from kiosk.services.device_ports import IdCard

Result = TypeVar("Result")


class Screen(QWidget):
    """One screen: made once, filled each time it is shown, wiped at the end of every visit.

    A subclass sets ``name``, builds its widgets in ``__init__`` (after ``super().__init__(ctx)``), and
    overrides what it needs of ``enter``, ``leave``, ``retranslate``, ``retheme``, ``arrange``, ``scanned``,
    ``refused``, ``wipe``.

    Attributes:
        name: stable English id; the accessible name of the root, and what ``navigator.show`` takes.
        full_screen: without navigation and dock (faults, the countdown).
        can_call: a full screen that keeps the bar above and the button that calls staff.
        takes_cards: an identity card on the reader means something here (``card_read``).
        draft_flow: the form whose draft can be saved on this screen (``kiosk.ui.screens.drafts.flows``); "" for none.
        finished: what the person came for is done here, and they hold their slip: 首页 ends the visit.
        for_staff: belongs to the console; it keeps its contents while flows on behalf begin and end.
        ctx: everything from outside.
    """

    name: ClassVar[str]
    full_screen: ClassVar[bool] = False
    can_call: ClassVar[bool] = False
    finished: ClassVar[bool] = False
    for_staff: ClassVar[bool] = False
    takes_cards: ClassVar[bool] = False
    draft_flow: ClassVar[str] = ""

    def __init__(self, ctx: UiContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.ctx = ctx
        self._shown = Scope()
        self._shown.close()
        self.setObjectName(self.name)
        self.setAccessibleName(self.name)

    @property
    def confirms_below(self) -> bool:
        """Whether a button that saves or ends something lies where the last page's button was."""
        return False

    @property
    def has_bars(self) -> bool:
        """Whether the bars stand around it."""
        return self.can_call or not self.full_screen

    def text(self, key: str, **params: str | int) -> str:
        """The sentence behind a key, in the current language."""
        return self.ctx.strings.text(key, **params)

    # What subclasses override. All of it happens on the GUI thread and must not block.

    def enter(self, params: Any) -> None:  # noqa: ANN401 - each screen knows its own
        """The screen is about to be shown; also when the person comes back to it. Typed input stays."""

    def leave(self) -> None:
        """Another screen is about to be shown."""

    def retranslate(self) -> None:
        """Put the words in (called once before the first ``enter``, and at every change of language)."""

    def retheme(self) -> None:
        """Take sizes and colours from ``ctx.theme`` (called as ``retranslate`` is)."""

    def arrange(self, *, portrait: bool) -> None:
        """Lay out for portrait or landscape (called before the first ``enter`` and when the panel turns)."""

    def foot_px(self) -> int:
        """Pixels at the lower edge that stay in sight where the screen is higher than its place (the way on)."""
        return 0

    def show_part(self, top: int, bottom: int) -> None:
        """Only the part from ``top`` down to ``bottom`` can be seen, or at least the whole screen."""

    def scanned(self, code: str) -> bool:  # noqa: ARG002 - for subclasses
        """A code was read while this screen is shown.

        True if it was used; else the shell says where it would be.
        """
        return False

    def card_read(self, card: IdCard) -> None:
        """A card was laid on the reader while this screen, which ``takes_cards``, is shown."""

    def refused(self, refusal: Refusal) -> None:
        """The rules said no to a ``submit`` or ``query`` without a ``failed`` of its own: say it."""
        self.ctx.notices.toast.emit(self.ctx.strings.refusal(refusal))

    def voice_text(self) -> list[str]:
        """What is read aloud: by default every visible text, as it is read, and nothing secret."""
        from kiosk.ui.aloud import read_out  # nobody is read to before the first page is there

        return read_out(self, self.ctx.strings)

    def wipe(self) -> None:
        """Forget everything that a person gave. Overrides call ``super().wipe()``."""
        wipe_widgets(self)

    # What subclasses call.

    def submit(
        self,
        work: Callable[[], Result],
        done: Callable[[Result], None] | None = None,
        failed: Callable[[Refusal], None] | None = None,
    ) -> None:
        """Save something on the database lane; touches are held until it is through, so it happens once.

        Args:
            work: the use case.
            done: takes its result; not called if the visit has ended meanwhile (the work is done
                nevertheless).
            failed: takes the refusal; default ``refused``. Device faults go to the fault screen.
        """
        self.ctx.gate.hold()
        self._run(
            work, done, failed, lane=Lane.DATABASE, scope=self.ctx.visit.scope, always=self.ctx.gate.let_go
        )

    def query(
        self,
        key: str,
        work: Callable[[], Result],
        done: Callable[[Result], None],
        failed: Callable[[Refusal], None] | None = None,
    ) -> None:
        """Read something for this screen on the read lane; a newer query of the same key voids this one.

        The result is dropped when the screen has been left.
        """
        self._run(work, done, failed, lane=Lane.READ, scope=self._shown, key=f"{self.name}.{key}")

    def outside(
        self,
        work: Callable[[], Result],
        done: Callable[[Result], None] | None = None,
        failed: Callable[[Refusal], None] | None = None,
        *,
        also_away: bool = False,
    ) -> None:
        """Print, render or ask the network for this screen.

        The result is dropped once the screen was left; with ``also_away`` only once the visit has ended: what is under
        way (paper, a stick) goes on without the screen, which has to say how it ended when somebody comes back.
        """
        scope = self.ctx.visit.scope if also_away else self._shown
        self._run(work, done, failed, lane=Lane.OUTSIDE, scope=scope)

    # What the shell calls.

    def open(self, params: Any) -> None:  # noqa: ANN401 - passed through
        """Begin to be shown: results of queries are wanted from now on."""
        self._shown.close()
        self._shown = Scope()
        self.enter(params)

    def close_up(self) -> None:
        """End being shown: what was asked and has not come back is dropped."""
        self._shown.close()
        self.leave()

    def _run(
        self,
        work: Callable[[], Result],
        done: Callable[[Result], None] | None,
        failed: Callable[[Refusal], None] | None,
        *,
        lane: Lane,
        scope: Scope,
        key: str | None = None,
        always: Callable[[], None] | None = None,
    ) -> None:
        def not_through(error: Expected) -> None:
            if isinstance(error, DeviceFault):
                saved = "fault.nothing_saved" if lane is Lane.DATABASE else "fault.saved"
                self.ctx.navigator.raise_fault(device_fault(error, saved))
            else:
                (failed or self.refused)(error)

        self.ctx.tasks.run(work, done, not_through, lane=lane, key=key, scopes=(scope,), always=always)


def widget_text(widget: QWidget) -> str:
    """What a widget says, without markup and mnemonics; "" for those that say nothing.

    Widgets that paint their own words say them by a ``spoken_text()`` method.
    """
    from PySide6.QtWidgets import (  # each is half a millisecond of a start
        QComboBox,
        QPlainTextEdit,
        QTextEdit,
    )

    own = getattr(widget, "spoken_text", None)
    if callable(own):
        return str(own())
    if isinstance(widget, QLabel):
        return _label_text(widget)
    if isinstance(widget, QAbstractButton):
        return widget.text().replace("&", "")
    if isinstance(widget, QLineEdit):
        return widget.text() or widget.placeholderText()
    if isinstance(widget, QPlainTextEdit | QTextEdit):
        return widget.toPlainText() or widget.placeholderText()
    if isinstance(widget, QComboBox):
        return widget.currentText()
    return ""


def _label_text(label: QLabel) -> str:
    text = label.text()
    from PySide6.QtGui import QTextDocumentFragment

    markup = label.textFormat() == Qt.TextFormat.RichText or text.lstrip().startswith("<")
    return QTextDocumentFragment.fromHtml(text).toPlainText() if markup else text


def wipe_widgets(root: QWidget) -> None:
    """Forget what a person typed or chose in a widget and all its children."""
    from PySide6.QtWidgets import QComboBox, QPlainTextEdit, QTextEdit  # as above

    for widget in (root, *root.findChildren(QWidget)):
        if isinstance(widget, QLineEdit):
            widget.setText("")  # unlike clear(), this drops the undo history too
        elif isinstance(widget, QPlainTextEdit):
            widget.setPlainText("")
        elif isinstance(widget, QTextEdit):
            widget.setHtml("")
        elif isinstance(widget, QComboBox):
            widget.setCurrentIndex(-1)
        elif widget is not root and callable(own := getattr(widget, "wipe", None)):
            own()  # not isinstance() of a protocol: that took a tenth of a second at the end of every visit
        elif isinstance(widget, QAbstractButton) and widget.isCheckable():
            _uncheck(widget)


def _uncheck(button: QAbstractButton) -> None:
    """An exclusive group does not let go of its last button by itself."""
    group: QButtonGroup | None = button.group()
    if group is None or not group.exclusive():
        button.setChecked(False)
        return
    group.setExclusive(False)
    button.setChecked(False)
    group.setExclusive(True)
