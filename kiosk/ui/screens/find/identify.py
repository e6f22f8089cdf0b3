"""Who are you? The whole phone number, a slip to scan, or a first registration."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Slot

from kiosk.domain.names import mask_name
from kiosk.domain.records import Worker
from kiosk.domain.refusal import Refusal
from kiosk.services.context import slip_number
from kiosk.services.device_ports import IdCard
from kiosk.services.identify import Scanned
from kiosk.ui.components.page import Page
from kiosk.ui.components.points import Points
from kiosk.ui.context import UiContext
from kiosk.ui.input.wish import InputWish
from kiosk.ui.screens.find.known import carry_on, proved_worker
from kiosk.ui.screens.find.params import IdentifyParams, KnownWorker, TypedPhone, note_typed
from kiosk.ui.screens.find.tail import TailParams
from kiosk.ui.screens.register.draft import RegisterDraft
from kiosk.ui.theme import Role
from kiosk.ui.widgets.buttons import BigButton, Kind
from kiosk.ui.widgets.fields import Field
from kiosk.ui.widgets.grid import TileGrid
from kiosk.ui.widgets.text import Text

MOST_PEOPLE = 4
#: What goes without typing: words ``identify.<way>`` and ``identify.<way>_how``, and an icon.
OTHER_WAYS = (("slip", "scan"), ("card", "id_card"))


class IdentifyScreen(Page):
    """您是哪位."""

    name = "identify"
    title_key = "identify.title"
    hint_key = "identify.hint"
    takes_cards = True

    def __init__(self, ctx: UiContext) -> None:
        super().__init__(ctx)
        self._wish = IdentifyParams()
        #: All who have the number, and the first of those that are shown.
        self._people: Sequence[Worker] = ()
        self._first = 0
        self._portrait = True
        #: The number that the registration was begun with.
        self._handed = ""
        self.phone = self.field(Field(self.theme, "phone", InputWish.PHONE, role=Role.FACT, max_length=20))
        self.phone.entered.connect(self._next)
        self._which = Text(self.theme, Role.LEAD)
        self._grid = TileGrid(self.theme, 2)
        self._tiles = [BigButton(self.theme, Kind.PLAIN, icon_name="person") for _ in range(MOST_PEOPLE)]
        for tile in self._tiles:
            tile.clicked.connect(self._chosen)
        self.body.addWidget(self.phone)
        self.body.addWidget(self._which)
        self.body.addWidget(self._grid)
        #: Below the field upright; across, the pad leaves room for the hint alone.
        self._ways = Points(self.theme, [icon_name for _, icon_name in OTHER_WAYS])
        self.body.addWidget(self._ways)
        self.body.addStretch(1)
        self._first_time = self.action(
            "identify.first_time", self._register, Kind.PLAIN, icon_name="register"
        )
        self.action("common.next", self._next, icon_name="right")

    def enter(self, params: Any) -> None:  # noqa: ANN401 - IdentifyParams
        """Ask; who has said it in this visit is not asked again."""
        self._wish = params if isinstance(params, IdentifyParams) else IdentifyParams()
        self._show_people(())
        self.clear_errors()
        if self.ctx.visit.has(KnownWorker) and (
            self._wish.listing_id is not None or proved_worker(self.ctx) is not None
        ):
            carry_on(self, self.ctx.visit.draft(KnownWorker).worker_id, self._wish)
            return
        typed = self.ctx.visit.draft(TypedPhone).phone if self.ctx.visit.has(TypedPhone) else ""
        self.phone.set_text(self._wish.phone or self.phone.text or typed)
        self.phone.line.setFocus()

    def leave(self) -> None:
        """A number that stands here is somebody's: the first page says so to whoever comes next."""
        if self.ctx.navigator.attended:
            self.ctx.visit.drop(TypedPhone)
            if self.phone.text.strip():
                self.ctx.visit.keep(TypedPhone(phone=self.phone.text.strip()))

    def arrange(self, *, portrait: bool) -> None:
        """The people two by two upright, in one row across: above the dock there is little height."""
        self._grid.set_columns(2 if portrait else MOST_PEOPLE)
        self._portrait = portrait
        self._show_ways()

    def retranslate(self) -> None:
        """Words in."""
        super().retranslate()
        self.phone.say(self.text("identify.phone"))
        self._which.setText(self.text("identify.which"))
        self._ways.say(
            [(self.text(f"identify.{way}"), self.text(f"identify.{way}_how")) for way, _ in OTHER_WAYS]
        )
        self._show_people(self._people, self._first)

    def _show_ways(self) -> None:
        """Not while several people stand there to choose from: they need the room."""
        self._ways.setVisible(self._portrait and not self._people)

    def wipe(self) -> None:
        """Forget who it was."""
        super().wipe()
        self._handed = ""
        self._show_people(())

    def scanned(self, code: str) -> bool:
        """A slip says who it is, and four digits prove it."""
        services = self.ctx.services
        self.query("scan", lambda: services.identify.scan(code), self._scanned)
        return True

    def card_read(self, card: IdCard) -> None:
        """Whose card it is is known, or their registration begins with what the card says."""
        self.clear_errors()
        services = self.ctx.services

        def found(people: Sequence[Worker]) -> None:
            if people:
                carry_on(self, people[0].id, self._wish, proved=True)
                return
            draft = self.ctx.visit.draft(RegisterDraft)
            draft = draft.with_phone(self.phone.text or draft.form.phone, then=self._wish)
            self.ctx.visit.keep(
                draft.with_card(card.name, card.id_number, draft.given | {"name", "id_number"})
            )
            self.ctx.navigator.show("register_consent")

        self.submit(lambda: services.identify.workers_by_card(card.id_number), found)

    def _scanned(self, scanned: Scanned) -> None:
        worker_id = scanned.worker.id if scanned.worker is not None else None
        if scanned.placement is not None:
            worker_id = scanned.placement.worker_id
        if worker_id is None and not scanned.away:
            self.refused(Refusal("refusal.qr_other_use"))
            return
        params = TailParams(scanned=scanned, worker_id=worker_id, wish=self._wish, typed_before=True)
        self.ctx.navigator.show("tail", params)

    @property
    def _in_view(self) -> Sequence[Worker]:
        """Four at once; of more (a team has one number, too) three, and a way to the others."""
        if len(self._people) <= MOST_PEOPLE:
            return self._people
        return self._people[self._first : self._first + MOST_PEOPLE - 1]

    def _show_people(self, people: Sequence[Worker], first: int = 0) -> None:
        self._people, self._first = people, first
        shown = self._in_view
        for tile, worker in zip(self._tiles, shown, strict=False):
            number = slip_number(worker.home, worker.number)
            tile.say(mask_name(worker.name), self.text("identify.card_number", number=number))
            tile.set_icon("person")
        more = len(self._people) > MOST_PEOPLE
        if more:
            self._tiles[len(shown)].say(self.text("identify.others"))
            self._tiles[len(shown)].set_icon("people")
        self._grid.set_tiles(self._tiles[: len(shown) + more])
        self._which.setVisible(bool(self._people))
        self._grid.setVisible(bool(self._people))
        self._show_ways()

    def _found(self, people: Sequence[Worker]) -> None:
        match len(people):
            case 0 if self._wish.phone:  # registered under another number: sent here, not round in a circle
                self.banner.say(self.text("identify.ask_staff"), "warn")
            case 0:
                self._register()
            case 1:
                carry_on(self, people[0].id, self._wish)
            case _:
                self.setFocus()  # the dock goes: the next touch is one of them
                self._show_people(people)

    @Slot()
    def _next(self) -> None:
        self.clear_errors()
        phone, services = self.phone.text, self.ctx.services
        note_typed(self.ctx.visit, phone)
        self.submit(lambda: services.identify.workers_by_phone(phone), self._found)

    @Slot()
    def _chosen(self) -> None:
        at, shown = self.touched_at(self._tiles), self._in_view
        if at < len(shown):
            carry_on(self, shown[at].id, self._wish)
            return
        first = self._first + MOST_PEOPLE - 1
        self._show_people(self._people, first if first < len(self._people) else 0)
        self.ctx.gate.guard()

    @Slot()
    def _register(self) -> None:
        """Nobody has that number here: a quick registration, with the number already in it."""
        draft = self.ctx.visit.draft(RegisterDraft)
        phone = self.phone.text
        if phone == self._handed:  # not typed since: what was typed later counts
            phone = draft.form.phone
        self._handed = self.phone.text
        self.ctx.visit.keep(draft.with_phone(phone or draft.form.phone, then=self._wish))
        self.ctx.navigator.show("register_consent")
