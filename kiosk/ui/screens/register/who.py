"""Who are you: name, phone, ID number. Checked as one leaves each field, and once more on the way on."""

from collections.abc import Callable

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QBoxLayout

from kiosk.domain.names import check_person_name
from kiosk.domain.phone import check_phone
from kiosk.domain.refusal import Refusal
from kiosk.services.device_ports import IdCard
from kiosk.services.workers import WorkerForm
from kiosk.ui.behalf import note_whose
from kiosk.ui.context import UiContext
from kiosk.ui.glyphs import check_shown
from kiosk.ui.input.wish import InputWish
from kiosk.ui.screens.register.sending import KNOWN_ALREADY, go_on_as_known, register
from kiosk.ui.screens.register.step import RegisterStep
from kiosk.ui.widgets.buttons import Kind
from kiosk.ui.widgets.fields import Field

LONGEST_NAME, LONGEST_ID, LONGEST_PHONE = 60, 24, 20


class WhoScreen(RegisterStep):
    """您叫什么."""

    name = "register_who"
    title_key = "register.who_title"
    next_screen = "register_trades"
    takes_cards = True

    def __init__(self, ctx: UiContext) -> None:
        super().__init__(ctx)
        self._asked = (
            self.field(Field(self.theme, "name", InputWish.NAME, max_length=LONGEST_NAME)),
            self.field(Field(self.theme, "phone", InputWish.PHONE, max_length=LONGEST_PHONE)),
            self.field(Field(self.theme, "id_number", InputWish.ID_NUMBER, max_length=LONGEST_ID)),
        )
        self._id_number = self._asked[-1]
        self._row = QBoxLayout(QBoxLayout.Direction.TopToBottom)
        for field in self._asked:
            field.changed.connect(self._typed)
            field.left.connect(self._check_left)
            field.entered.connect(self._entered)
            self._row.addWidget(field, 1, Qt.AlignmentFlag.AlignTop)
        self.body.addLayout(self._row)
        self.body.addStretch(1)
        self._known = self.action("register.go_on_known", self._as_known, Kind.PLAIN, icon_name="person")
        self._next = self.action("common.next", self._on, icon_name="right")

    def arrange(self, *, portrait: bool) -> None:
        """Below each other upright; side by side across, so that the dock leaves room for all of them."""
        way = QBoxLayout.Direction.TopToBottom if portrait else QBoxLayout.Direction.LeftToRight
        self._row.setDirection(way)

    def retheme(self) -> None:
        """Sizes."""
        super().retheme()
        self._row.setSpacing(self.theme.px(5))

    def retranslate(self) -> None:
        """Words in."""
        super().retranslate()
        for field in self._asked:
            name = field.field_name
            field.say(self.text(f"register.{name}"), self.text(f"register.{name}_hint"))
        if self._live:
            self._next.say(
                self.text("register.quick" if self.draft.quick else self.action_key("common.next"))
            )

    def show_form(self, form: WorkerForm) -> None:
        """What was typed before; the first empty field is next."""
        self._known.hide()
        changing = self.draft.changing
        # An ID number that is kept is changed by staff alone, who look at the card.
        self._id_number.setVisible(changing is None or not changing.masked_id)
        for field in self._asked:
            field.set_text(getattr(form, field.field_name))
        empty = next((field for field in self._asked[:2] if not field.text), None)
        if empty is not None:
            empty.line.setFocus()

    def card_read(self, card: IdCard) -> None:
        """The card says name and ID number; the phone number is not on it."""
        if not self._live or self._id_number.isHidden():
            return
        self.clear_errors()
        for field, said in zip((self._asked[0], self._id_number), (card.name, card.id_number), strict=True):
            field.set_text(said)
        if not self._asked[1].text:
            self._asked[1].line.setFocus()

    def refused(self, refusal: Refusal) -> None:
        """Somebody who is registered already is offered to go on as such."""
        super().refused(refusal)
        self._known.setVisible(refusal.key == KNOWN_ALREADY)

    def _check(self, field: Field) -> Refusal | None:
        """What the rules say about one field."""
        checks: dict[str, Callable[[], object]] = {
            "name": lambda: check_shown(check_person_name(field.text, "name"), "name"),
            "phone": lambda: check_phone(field.text, "phone"),
            "id_number": lambda: self.ctx.services.workers.check_identity(field.text),
        }
        if field.field_name == "id_number" and not field.text.strip():
            return None
        try:
            checks[field.field_name]()
        except Refusal as refusal:
            return refusal
        return None

    @Slot(str)
    def _typed(self, text: str) -> None:
        field = next(field for field in self._asked if field is self.sender())
        self.keep(**{field.field_name: text})

    @Slot()
    def _check_left(self) -> None:
        """An empty field is asked for on the way on, not while a person still looks around."""
        field = next(field for field in self._asked if field is self.sender())
        if self._live and field.text.strip():
            self.judged(field, self._check(field))

    @Slot()
    def _entered(self) -> None:
        """Enter goes to the next empty field, then on."""
        asked = [field for field in self._asked if not field.isHidden()]
        empty = next((field for field in asked if not field.text.strip()), None)
        if empty is not None and asked[-1] is not self.sender():
            empty.line.setFocus()
            return
        self._on()

    @Slot()
    def _on(self) -> None:
        self.clear_errors()
        self._known.hide()
        wrong = [refusal for field in self._asked if (refusal := self._check(field)) is not None]
        for refusal in reversed(wrong):
            self.refused(refusal)  # the first one is said last and keeps the focus
        if wrong:
            return
        note_whose(self.ctx.navigator, self.form.name)
        if self.draft.quick and not self.step.edit:
            register(self)
        elif self.draft.changing is None:
            form, workers = self.form, self.ctx.services.workers
            self.submit(lambda: workers.check_new(form), lambda _: self.go_on())
        else:
            self.go_on()

    @Slot()
    def _as_known(self) -> None:
        go_on_as_known(self)
