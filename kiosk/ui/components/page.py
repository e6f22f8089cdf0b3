"""The frame of nearly every screen: one question, what is to be done about it, one obvious next touch."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from kiosk.domain.refusal import Refusal
from kiosk.ui.components.tab_order import order_tabs
from kiosk.ui.context import UiContext
from kiosk.ui.screen import Screen
from kiosk.ui.theme import Role, Theme
from kiosk.ui.widgets.buttons import WORKER_MM, BigButton, Kind
from kiosk.ui.widgets.frames import Banner
from kiosk.ui.widgets.text import Text

if TYPE_CHECKING:  # a page without fields does not need them
    from kiosk.ui.components.veil import Veil
    from kiosk.ui.widgets.fields import Field

#: At both sides, as of the bars; half of it above and below, less on the denser pages of staff.
MARGIN_MM = 8.0
STAFF_MARGIN_MM = 5.0
#: Between the parts of a page and between its actions; and where one of these destroys something.
GAP_MM, DANGER_GAP_MM = 4.0, 5.0
#: Staff press the actions of a page with the function keys from this one on; those of the bars begin at F7.
FIRST_KEY = 2
#: Pages so many times wider than high are low.
LOW = 1.3


def retheme_below(root: QWidget) -> None:
    """Tell every widget below ``root`` that has a ``retheme`` of its own."""
    for widget in root.findChildren(QWidget):
        own = getattr(widget, "retheme", None)
        if callable(own):
            own()


class Page(Screen):
    """Title, a banner for what cannot be said beside a field, the body, and the row of actions.

    A subclass fills ``self.body`` in ``__init__`` and registers its fields with ``field(...)``. A refusal that names
    one of them is shown there, and the focus goes there; any other goes to the banner. What was typed stays.
    """

    #: String keys of title and the smaller line below it ("" for none); override.
    title_key = ""
    hint_key = ""

    def __init__(self, ctx: UiContext, parent: QWidget | None = None) -> None:
        super().__init__(ctx, parent)
        self.theme: Theme = ctx.theme
        self.fields: dict[str, Field] = {}
        self._refusals: dict[str, tuple[Refusal, str]] = {}
        self.title = Text(self.theme, Role.FACT, bold=True)
        self.hint = Text(self.theme, Role.BODY, tone="soft")
        self.banner = Banner(self.theme, "error")
        self.body = QVBoxLayout()
        self._veil: Veil | None = None
        self.foot = QWidget(self)
        self.foot.installEventFilter(self)
        self._in_sight: tuple[int, int] | None = None
        self._lifted_over = 0
        self.action_row = QHBoxLayout(self.foot)
        self.action_row.setContentsMargins(0, 0, 0, 0)
        self._buttons: list[tuple[BigButton, str, str]] = []
        #: Those that save or end something at once.
        self.commits: list[BigButton] = []
        self.column = QVBoxLayout(self)
        self._title_line = QBoxLayout(QBoxLayout.Direction.TopToBottom)
        self._title_line.addWidget(self.title, 1)
        self._title_line.addWidget(self.hint, 1)
        self.column.addLayout(self._title_line)
        self.column.addWidget(self.banner)
        self.column.addLayout(self.body, 1)
        self.column.addWidget(self.foot)

    def open(self, params: Any) -> None:  # noqa: ANN401 - passed through
        """Take the focus first: else Qt gives it to the first field, and the input dock opens uncalled."""
        self.setFocus()
        signed_in = self.ctx.navigator.staff is not None  # on the public's pages too: they are on behalf then
        for at, (button, _, _) in enumerate(self._buttons, FIRST_KEY):
            button.set_keys(f"F{at}" if signed_in else "")
        super().open(params)

    def close_up(self) -> None:
        """What proves who somebody is does not stay behind a page: the next finger would be taken for theirs."""
        super().close_up()
        for field in self.fields.values():
            if field.forgets:
                field.wipe()

    def field(self, field: Field, *, forgets: bool = False) -> Field:
        """Register a form field under its name; what proves who somebody is ``forgets`` when the page is left."""
        field.forgets = field.forgets or forgets
        self.fields[field.field_name] = field
        return field

    def action(
        self,
        key: str,
        slot: Callable[[], None],
        kind: Kind = Kind.ACTION,
        *,
        icon_name: str = "",
        stretch: int = 1,
        height_mm: float = WORKER_MM,
        commits: bool = False,
    ) -> BigButton:
        """Add a button to the row of actions; its word is the sentence behind ``key``.

        With ``commits`` it saves, ends or agrees to something at once: upright the row then stands above the place
        where rows usually are, across and on the dense pages of staff it is guarded for a second, so that a finger
        that comes down twice confirms nothing.
        """
        button = BigButton(self.theme, kind, icon_name=icon_name, height_mm=height_mm)
        button.clicked.connect(slot)
        self.action_row.addWidget(button, stretch)
        self._buttons.append((button, key, icon_name))
        row = [each for each, _, _ in self._buttons]
        for each in row:
            each.stand_with(row)
        if commits:
            self.commits.append(button)
        return button

    def retranslate(self) -> None:
        """Put title, hint and actions in; overrides call ``super().retranslate()``."""
        if self.title_key:
            self.title.setText(self.text(self.title_key))
        self.hint.setText(self.text(self.hint_key) if self.hint_key else "")
        self.title.setVisible(bool(self.title.text()))
        self.hint.setVisible(bool(self.hint.text()))
        for button, key, icon_name in self._buttons:
            now = self.action_key(key)
            button.say(self.text(now))
            button.set_icon(icon_name if now == key else "check")
        for refusal, said in tuple(self._refusals.values()):
            field = self.fields.get(refusal.field or "")
            if said == (self.banner.sentence if field is None else field.property("error")):
                self._say_refusal(refusal, field)

    def action_key(self, key: str) -> str:
        """The key of an action's word as things stand; for subclasses whose actions change their meaning."""
        return key

    def retheme(self) -> None:
        """Margins in mm, then every widget below."""
        side = self.theme.px(MARGIN_MM)
        above = self.theme.px(STAFF_MARGIN_MM if self.for_staff else MARGIN_MM) // 2
        self.column.setContentsMargins(side, above, side, above)
        gap = self.theme.px(GAP_MM)
        destroys = any(button.kind is Kind.DANGER for button, _, _ in self._buttons)
        apart = self.theme.px(DANGER_GAP_MM) if destroys else gap
        self.column.setSpacing(apart)
        self.body.setSpacing(gap)
        self.action_row.setSpacing(apart)
        retheme_below(self)
        self._raise_row()

    @property
    def confirms_below(self) -> bool:
        """A page across, or of staff, has no room for a raised row: there the touch is guarded for longer."""
        return bool(self.commits) and not self._raises

    @property
    def _raises(self) -> bool:
        return not self.for_staff and self.height() >= self.width()

    def _raise_row(self) -> None:
        """One step up, above where rows usually are, when the page commits and is high enough; see ``action``."""
        step = 0
        if self.commits and self._raises:
            step = (
                max(button.sizeHint().height() for button, _, _ in self._buttons) + self.column.spacing() // 2
            )
        if self.action_row.contentsMargins().bottom() != step:
            self.action_row.setContentsMargins(0, 0, 0, step)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A low page (across, above the dock) has its hint beside the title instead of below it."""
        super().resizeEvent(event)
        self._raise_row()
        low = self.width() > self.height() * LOW
        way = QBoxLayout.Direction.LeftToRight if low else QBoxLayout.Direction.TopToBottom
        if self._title_line.direction() != way:
            self._title_line.setDirection(way)
            side = Qt.AlignmentFlag.AlignRight if low else Qt.AlignmentFlag.AlignLeft
            self.hint.setAlignment(side | Qt.AlignmentFlag.AlignVCenter)

    def focusNextPrevChild(self, on: bool) -> bool:  # noqa: FBT001 - Qt's hook
        """Tab goes as the page is read. Put in order when the key comes: who only touches pays nothing for it."""
        order_tabs(self)
        return super().focusNextPrevChild(on)

    def foot_px(self) -> int:
        """Pixels that the way on takes from what can be seen of a page that is higher than its place."""
        return self.foot.height() + 2 * self.column.spacing() if self._buttons else 0

    @property
    def lifted_over(self) -> int:
        """Where the part begins that the lifted way on covers; 0 when it stands at the page's end."""
        return self._lifted_over

    @property
    def seen_from(self) -> int:
        """Where the part of the page that can be seen begins."""
        return self._in_sight[0] if self._in_sight is not None else 0

    def show_part(self, top: int, bottom: int) -> None:
        """Only so much of the page can be seen (the dock is open): the way on is lifted into it."""
        self._in_sight = (top, bottom)
        self._lift()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The layout puts the way on at the page's end again: lift it once more."""
        if watched is self.foot and event.type() in (QEvent.Type.Move, QEvent.Type.Resize):
            self._lift()
        return super().eventFilter(watched, event)

    def _lift(self) -> None:
        """The way on stands where the layout put it, at the page's end, or higher where that cannot be seen."""
        gap, foot, below = self.column.spacing(), self.foot, self.column.contentsMargins().bottom()
        end = self.height() - below - foot.height()
        seen_from, seen_to = self._in_sight if self._in_sight is not None else (0, self.height())
        top = min(end, seen_to - below - foot.height()) if self._buttons else end
        lifted = top < end
        self._lifted_over = top - gap if lifted else 0
        if lifted or seen_from:
            if self._veil is None:
                from kiosk.ui.components.veil import Veil  # nobody writes on the first pages

                self._veil = Veil(self)
            self._veil.cover(seen_from, self._lifted_over or seen_to, foot)
            foot.raise_()
        elif self._veil is not None:
            self._veil.hide()
        if foot.y() != top:
            foot.move(foot.x(), top)

    def touched_at(self, buttons: Sequence[QWidget]) -> int:
        """Which of several buttons has sent the signal that is being handled."""
        sender = self.sender()
        return next(at for at, button in enumerate(buttons) if button is sender)

    def clear_errors(self) -> None:
        """Take all error sentences away."""
        self._refusals.clear()
        self.banner.say("")
        for field in self.fields.values():
            field.set_error("")

    def refused(self, refusal: Refusal) -> None:
        """Say it beside the field it is about, else in the banner; in another language too, while it is shown."""
        field = self.fields.get(refusal.field or "")
        self._say_refusal(refusal, field)
        if field is not None:
            field.line.setFocus()

    def judged(self, field: Field, refusal: Refusal | None) -> None:
        """What is wrong with a field that was left, or that nothing is; the focus stays where it is."""
        if refusal is not None:
            self._say_refusal(refusal, field)
        elif field.has_error:
            self._refusals.pop(field.field_name, None)
            field.set_error("")

    def _say_refusal(self, refusal: Refusal, field: Field | None) -> None:
        sentence = self.ctx.strings.refusal(refusal)
        self._refusals[refusal.field or ""] = (refusal, sentence)
        if field is None:
            self.banner.say(sentence, "error")
        else:
            field.set_error(sentence)

    def wipe(self) -> None:
        """Forget what was typed, and the errors; a title may have had a name in it."""
        super().wipe()
        self.title.setText(self.text(self.title_key) if self.title_key else "")
        self.clear_errors()
