"""What was promised, in words and on paper: the frame of every page that ends with a slip."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, Signal, Slot
from PySide6.QtWidgets import (
    QBoxLayout,
    QHBoxLayout,
    QLabel,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from kiosk.ui.components.page import Page
from kiosk.ui.components.placement_look import Look
from kiosk.ui.components.slip_print import FIRST, SlipPanel
from kiosk.ui.context import UiContext
from kiosk.ui.theme import Role
from kiosk.ui.widgets.buttons import Kind
from kiosk.ui.widgets.facts import Facts
from kiosk.ui.widgets.fitting import text_size
from kiosk.ui.widgets.frames import Card
from kiosk.ui.widgets.icons import icon
from kiosk.ui.widgets.text import Text

MARK_MM, PAD_MM, FACTS_AIR_MM = 16.0, 6.0, 12.0
#: Qt's own greatest size of a widget.
NO_LIMIT = 16_777_215
FITTING = (QEvent.Type.Resize, QEvent.Type.LayoutRequest)
PLAIN = Look("info", "ink", "card", "line")
#: State and facts, as large as they fit; facts larger still where they have the page or half of it for themselves.
ROLES = (
    (Role.HERO, Role.LEAD),
    (Role.HERO, Role.BODY),
    (Role.FACT, Role.BODY),
    (Role.LEAD, Role.BODY),
    (Role.LEAD, Role.SMALL),
)
ALONE = ((Role.HERO, Role.FACT), *ROLES)


@dataclass(frozen=True, slots=True, kw_only=True)
class Promise:
    """Finished words.

    Attributes:
        look: icon and colours of the state.
        state: it in words, the largest on the page; "" on a page that has a title instead.
        hint: what to do next, in a sentence or two.
        facts: label and value; those without a value are left out.
    """

    look: Look = PLAIN
    state: str = ""
    hint: str = ""
    facts: Sequence[tuple[str, str]] = ()


class Front(QWidget):
    """Its words give way to the page, never the page to them.

    Signals:
        other_room: another size, other words inside, or a word from the printer.
    """

    other_room = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Ignored)

    def event(self, event: QEvent) -> bool:
        """Qt's hook."""
        handled = super().event(event)
        if event.type() in FITTING:
            self.other_room.emit()
        return handled


class SlipPage(Page):
    """The state on a tinted sheet, the slip with its number, the facts; a subclass only words its ``promise``.

    Upright the sheet is a band at the head, below it the slip, and beside the slip number, print and facts. Across the
    sheet has the left half, with the facts. Without a slip the sheet has the page for itself.
    """

    #: What the slip's number is called.
    number_key = "slip_panel.number"
    #: The parts of sheet and slip, across; and whether upright the facts stand beside the slip (a few short ones do).
    halves = (11, 10)
    facts_beside = True

    def __init__(self, ctx: UiContext) -> None:
        super().__init__(ctx)
        self._portrait = True
        self.sheet = Card(self.theme)
        self._look: Look | None = None
        self._mark = QLabel()
        self.state = Text(self.theme, Role.HERO, bold=True)
        self.explained = Text(self.theme, Role.LEAD)
        self.facts = Facts(self.theme, role=Role.LEAD, most_air_mm=FACTS_AIR_MM)
        self.slip = SlipPanel(self, self.number_key)
        self._head = QHBoxLayout()
        self._head.addWidget(self._mark)
        self._head.addWidget(self.state, 1)
        self._inside = QVBoxLayout(self.sheet)
        self._inside.addLayout(self._head)
        self._inside.addWidget(self.explained)
        #: All of it, for pages that show a question in its place.
        self.front = Front()
        self._halves = QBoxLayout(QBoxLayout.Direction.TopToBottom, self.front)
        self._halves.setContentsMargins(0, 0, 0, 0)
        self._beside = QVBoxLayout()
        self._beside.addWidget(self.sheet, FIRST)
        self._beside.addStretch(1)
        self._halves.addLayout(self._beside)
        self._halves.addWidget(self.slip, 1)
        self._halves.addStretch(0)
        self.body.addWidget(self.front, 1)
        self.front.other_room.connect(self._fit)
        self.again = self.action("slip_panel.again", self.slip.print_again, Kind.PLAIN, icon_name="printer")
        self.slip.changed.connect(self._slip_changed)
        self._place()

    def promise(self) -> Promise | None:
        """What is promised now, in the present language; None before anything is known."""
        return None

    def show_promise(self) -> None:
        """Put the words of ``promise`` in."""
        said = self.promise()
        if said is None:
            return
        self._look = said.look
        self.state.setText(said.state)
        self.explained.setText(said.hint)
        for part, words in ((self.state, said.state), (self._mark, said.state), (self.explained, said.hint)):
            part.setVisible(bool(words))
        self.facts.show_rows(said.facts)
        self._paint_look()
        self._place()

    def arrange(self, *, portrait: bool) -> None:
        """Sheet above, or at the left; across there is little height, and a long slip may stand in two halves."""
        self._portrait = portrait
        self.slip.fold(on=not portrait)
        self._place()

    def retheme(self) -> None:
        """Sizes."""
        super().retheme()
        pad = self.theme.px(PAD_MM)
        self._inside.setContentsMargins(pad, pad, pad, pad)
        self._inside.setSpacing(self.theme.px(4))
        self._head.setSpacing(self.theme.px(4))
        self._halves.setSpacing(self.theme.px(6))
        self._paint_look()
        self._fit()

    def retranslate(self) -> None:
        """Words in."""
        super().retranslate()
        self.slip.retranslate()
        self.show_promise()

    def wipe(self) -> None:
        """Forget the promise."""
        super().wipe()
        self._look = None
        self.facts.wipe()
        for text in (self.state, self.explained):
            text.setText("")

    @Slot()
    def _slip_changed(self) -> None:
        self.slip.say_on(self.again)
        self.again.setVisible(self.slip.issued is not None and not self.front.isHidden())
        if self.slip.isHidden() == (self.slip.issued is not None):
            self._place()

    def _place(self) -> None:
        """Facts go to the side that has room for them."""
        alone = self.slip.issued is None
        self.slip.setVisible(not alone)
        below = self._portrait or alone
        way = QBoxLayout.Direction.TopToBottom if below else QBoxLayout.Direction.LeftToRight
        self._halves.setDirection(way)
        beside = self._portrait and not alone and self.facts_beside
        for column in (self._inside, self.slip.column):
            column.removeWidget(self.facts)
        if beside:
            self.slip.add(self.facts)
        else:
            self._inside.addWidget(self.facts, 1)
        said = bool(self.state.text() or self.explained.text())
        self.sheet.setVisible(said or (not beside and self.facts.shown))
        # Upright the band is as high as its words; across the halves share the width.
        # Alone it is as high as its words, too, and the rest of the page stays free.
        across = not alone and not self._portrait
        self._halves.setStretch(0, self.halves[0] if across and not self.sheet.isHidden() else 0)
        self._halves.setStretch(1, self.halves[1] if across else 0 if alone else 1)
        self._halves.setStretch(2, 1 if alone else 0)
        self._fit()

    @Slot()
    def _fit(self) -> None:
        """State and facts in smaller type where the larger one has no room.

        Reckoned before anything is changed: this runs whenever the page is laid out, and a change asks for that again.
        """
        alone = self.slip.isHidden()
        sizes = ALONE if alone or not self._portrait else ROLES
        state, facts = next((each for each in sizes if self._fits(*each, alone=alone)), sizes[-1])
        self.state.set_role(state)
        self.facts.set_role(facts)
        self._keep_low(state, facts, across=not alone and not self._portrait)

    def _keep_low(self, state: Role, facts: Role, *, across: bool) -> None:
        """Across the sheet is as high as the slip, and no higher than its words reach with the rows well apart."""
        most, width = NO_LIMIT, self.sheet.width()
        needed = self.facts.height_in(facts, width - 2 * self.theme.px(PAD_MM)) if across else None
        if needed:
            most = self._sheet_height(state, needed + self.facts.most_air(), width)
        if self.sheet.maximumHeight() != most:
            self.sheet.setMaximumHeight(most)

    def _fits(self, state: Role, facts: Role, *, alone: bool) -> bool:
        width, height = self.front.width(), self.front.height()
        gap = self._halves.spacing()
        if self._portrait and not alone and self.facts_beside:
            if not self.sheet.isHidden():
                height -= self._sheet_height(state, 0, width) + gap
            width -= self.slip.picture.width() + self.slip.gap
            needed = self.facts.height_in(facts, width)
            others = self.slip.column.heightForWidth(width) - self.facts.heightForWidth(width)
            return needed is not None and others + needed <= height
        if not alone and self._portrait:
            height //= 2
        elif not alone:
            width = (width - gap) * self.halves[0] // sum(self.halves)
        needed = self.facts.height_in(facts, width - 2 * self.theme.px(PAD_MM))
        return needed is not None and self._sheet_height(state, needed, width) <= height

    def _sheet_height(self, state: Role, facts: int, width: int) -> int:
        """Pixels of the sheet with its state in a size, and facts of a height (0 for none)."""
        pad, gap, mark = self.theme.px(PAD_MM), self._inside.spacing(), self.theme.px(MARK_MM)
        inner, needed = width - 2 * pad, 2 * pad
        parts = [facts] if facts else []
        if self.state.text():
            font = self.theme.font(state, bold=True)
            words = text_size(self.state.text(), font, inner - mark - self._head.spacing())
            parts.append(max(mark, words.height()))
        if self.explained.text():
            parts.append(text_size(self.explained.text(), self.theme.font(Role.LEAD), inner).height())
        return needed + sum(parts) + gap * max(0, len(parts) - 1)

    def _paint_look(self) -> None:
        look = self._look
        if look is None:
            return
        self.sheet.set_ground(look.ground, look.line)
        self.state.set_tone(look.tone)
        tint = getattr(self.theme.palette, look.tone)
        self._mark.setPixmap(icon(look.icon_name, tint, self.theme.px(MARK_MM)))
