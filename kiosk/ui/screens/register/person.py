"""Who you are, a question a page: what such a page has in common. A card on the reader answers two of them."""

from dataclasses import replace
from typing import Any, ClassVar

from PySide6.QtCore import Slot

from kiosk.domain.refusal import Refusal
from kiosk.services.device_ports import IdCard
from kiosk.ui.components.points import Points
from kiosk.ui.context import UiContext
from kiosk.ui.screens.register.draft import StepParams
from kiosk.ui.screens.register.sending import (
    KNOWN_ALREADY,
    go_on_as_known,
    go_on_asking,
    registers_next,
)
from kiosk.ui.screens.register.step import RegisterStep
from kiosk.ui.widgets.buttons import Kind
from kiosk.ui.widgets.fields import Field


class PersonStep(RegisterStep):
    """One field, judged as one leaves it and once more on the way on; below it, upright, why it is asked."""

    takes_cards = True
    #: Label, sentence and icon of what is said below the field; across there is room for the hint alone.
    points: ClassVar[tuple[tuple[str, str, str], ...]] = ()

    def __init__(self, ctx: UiContext) -> None:
        super().__init__(ctx)
        self.answer = self.field(self.make_field())
        self.answer.changed.connect(self._typed)
        self.answer.left.connect(self._check_left)
        self.answer.entered.connect(self._on)
        self.body.addWidget(self.answer)
        self._points = Points(self.theme, [icon_name for _, _, icon_name in self.points])
        self.body.addWidget(self._points)
        self.body.addStretch(1)
        self._portrait = True
        self._mended: Refusal | None = None
        self._known = self.action("register.go_on_known", self._as_known, Kind.PLAIN, icon_name="person")
        self._next = self.action("common.next", self._on, icon_name="right")

    def make_field(self) -> Field:
        """The field, named as in the form."""
        raise NotImplementedError  # each page has its own; not by abc: Qt's classes have another metaclass

    def check(self, text: str) -> None:
        """Judge what was typed.

        Raises:
            Refusal: it cannot be so.
        """
        raise NotImplementedError  # each page has its own; not by abc: Qt's classes have another metaclass

    def accepted(self) -> None:
        """What follows from an answer that may be so."""

    def arrange(self, *, portrait: bool) -> None:
        """What is said about the question stands below the field, or beside the title."""
        self._portrait = portrait
        self._points.setVisible(portrait)
        self.retranslate()

    def retranslate(self) -> None:
        """Words in."""
        super().retranslate()
        self.hint.setVisible(not self._portrait)
        name = self.answer.field_name
        self.answer.say(self.text(f"register.{name}"))
        self._points.say([(self.text(label), self.text(sentence)) for label, sentence, _ in self.points])
        self.say_next()

    def say_next(self) -> None:
        """The word on the way on, and its icon: a tick where something is saved by it."""
        key = self.action_key("common.next")
        self._next.say(self.text(key))
        self._next.set_icon("check" if self.step.edit or self._takes_place else "right")

    def action_key(self, key: str) -> str:
        """The last question of who takes a place says so."""
        now = super().action_key(key)
        return "register.quick" if now == "common.next" and self._takes_place else now

    @property
    def _takes_place(self) -> bool:
        """Whether the way on registers, and takes the place that the person came for."""
        return self._live and not self.step.edit and registers_next(self)

    def enter(self, params: Any) -> None:  # noqa: ANN401 - StepParams
        """What was wrong when one was led here is not said again to who comes back after mending it."""
        if isinstance(params, StepParams) and params.refusal is self._mended:
            params = replace(params, refusal=None)
        super().enter(params)

    def wipe(self) -> None:
        """Forget what was wrong, too."""
        super().wipe()
        self._mended = None

    def show_form(self, form: Any) -> None:  # noqa: ANN401 - as in ``RegisterStep``
        """What was typed before."""
        self._known.hide()
        self.answer.set_text(getattr(form, self.answer.field_name))
        self.answer.line.setFocus()

    def card_read(self, card: IdCard) -> None:
        """A card says name and ID number; the phone number is not on it."""
        changing = self.draft.changing
        # An ID number that is kept is changed by staff alone, who look at the card.
        if not self._live or (changing is not None and changing.masked_id):
            return
        self.clear_errors()
        skips = self.draft.given | ({"id_number"} - {self.answer.field_name})
        self.ctx.visit.keep(self.draft.with_card(card.name, card.id_number, skips))
        self.say_next()
        self.card_kept()

    def card_kept(self) -> None:
        """Its answer is in the field; on to what it does not say, but no place is taken without a touch."""
        self.answer.set_text(getattr(self.form, self.answer.field_name))
        if not self.step.edit and not self._takes_place:
            self._on()

    def refused(self, refusal: Refusal) -> None:
        """Somebody who is registered already is offered to go on as such."""
        super().refused(refusal)
        self._known.setVisible(refusal.key == KNOWN_ALREADY)

    def _check(self) -> Refusal | None:
        try:
            self.check(self.answer.text)
        except Refusal as refusal:
            return refusal
        return None

    @Slot(str)
    def _typed(self, text: str) -> None:
        self.keep(**{self.answer.field_name: text})

    @Slot()
    def _check_left(self) -> None:
        """An empty field is asked for on the way on, not while a person still looks around."""
        if self._live and self.answer.text.strip():
            self.judged(self.answer, self._check())

    @Slot()
    def _on(self) -> None:
        self.clear_errors()
        self._known.hide()
        refusal = self._check()
        if refusal is not None:
            self.refused(refusal)
            return
        self._mended = self.step.refusal
        self.accepted()
        if self.step.edit:
            self.go_on()
        else:
            go_on_asking(self)

    @Slot()
    def _as_known(self) -> None:
        go_on_as_known(self)
