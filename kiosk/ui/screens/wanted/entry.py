"""One job-wanted entry as an employer sees it, and asking for the person: for one of the employer's own listings."""

from typing import Any

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QVBoxLayout

from kiosk.domain.records import Invitation, JobWanted, Listing
from kiosk.domain.refusal import Refusal
from kiosk.services.identify import Scanned
from kiosk.ui.components import wanted_words
from kiosk.ui.components.page import Page
from kiosk.ui.context import UiContext
from kiosk.ui.screens.actor import actor_of
from kiosk.ui.screens.find.tail import TailParams
from kiosk.ui.screens.hire.known import is_proved
from kiosk.ui.screens.hire.params import KnownEmployer
from kiosk.ui.screens.wanted.draft import EntryParams
from kiosk.ui.theme import Role
from kiosk.ui.widgets.buttons import Kind
from kiosk.ui.widgets.facts import Facts
from kiosk.ui.widgets.frames import Card
from kiosk.ui.widgets.text import Text

#: How far the facts may move apart.
AIR_MM = 14.0


class WantedEntryScreen(Page):
    """这位师傅."""

    name = "wanted_entry"

    def __init__(self, ctx: UiContext) -> None:
        super().__init__(ctx)
        self._params: EntryParams | None = None
        self._entry: JobWanted | None = None
        self._listings: tuple[Listing, ...] = ()
        self._sheet = Card(self.theme)
        self.who = Text(self.theme, Role.HERO, tone="blue", bold=True)
        self.facts = Facts(
            self.theme, most_air_mm=AIR_MM, roles=(Role.FACT, Role.LEAD, Role.BODY, Role.SMALL)
        )
        self.how = Text(self.theme, Role.BODY, tone="soft")
        self._inside = QVBoxLayout(self._sheet)
        self._inside.addWidget(self.who)
        self._inside.addWidget(self.facts, 1)
        self._inside.addWidget(self.how)
        self.body.addWidget(self._sheet, 1)
        self._post = self.action("wanted.post_first", self._to_hire, Kind.PLAIN, icon_name="hire")
        self._invite = self.action("wanted.invite", self._invite_touched, icon_name="phone", commits=True)

    def enter(self, params: Any) -> None:  # noqa: ANN401 - EntryParams
        """Load it anew, and for what this employer could ask the person."""
        self.clear_errors()
        if not isinstance(params, EntryParams):
            return
        if self._entry is not None and self._entry.id != params.wanted_id:
            self.wipe()
        self._params = params
        self._listings = ()
        self._show()
        wanted = self.ctx.services.wanted
        self.query("entry", lambda: wanted.get(params.wanted_id), self._loaded)
        if self._proved:
            employer_id = self.ctx.visit.draft(KnownEmployer).employer_id
            self.query("listings", lambda: wanted.hiring(employer_id), self._hiring)

    def arrange(self, *, portrait: bool) -> None:
        """The facts in one column upright, in two across."""
        self.facts.set_columns(1 if portrait else 2)

    def retheme(self) -> None:
        """Sizes."""
        super().retheme()
        pad = self.theme.px(6)
        self._inside.setContentsMargins(pad, pad, pad, pad)
        self._inside.setSpacing(self.theme.px(4))

    def retranslate(self) -> None:
        """Words in."""
        super().retranslate()
        self.title.setText(self.text("wanted.entry_title"))
        self.title.setVisible(True)
        self._show()

    def wipe(self) -> None:
        """Forget who was looked at."""
        super().wipe()
        self._params, self._entry, self._listings = None, None, ()
        self.who.setText("")
        self.facts.wipe()

    def scanned(self, code: str) -> bool:
        """The receipt says who asks; four digits prove it."""
        services = self.ctx.services
        self.query("scan", lambda: services.identify.scan(code), self._scanned)
        return True

    def _scanned(self, scanned: Scanned) -> None:
        if scanned.listing is None or self._params is None:
            self.refused(Refusal("refusal.qr_other_use"))
            return
        self.ctx.navigator.show("tail", TailParams(scanned=scanned, then_back=True))

    @property
    def _proved(self) -> bool:
        if not self.ctx.navigator.attended:
            return False  # made in advance: asking for the visit would begin one
        visit = self.ctx.visit
        return visit.has(KnownEmployer) and is_proved(self.ctx, visit.draft(KnownEmployer).employer_id)

    def _loaded(self, entry: JobWanted) -> None:
        self._entry = entry
        self._show()

    def _hiring(self, listings: tuple[Listing, ...]) -> None:
        self._listings = listings
        self._show()

    def _show(self) -> None:
        ready = self._proved and bool(self._listings)
        self._invite.setVisible(ready)
        self._post.setVisible(not ready)
        key = "how_invite" if ready else "how_post" if self._proved else "how_prove"
        self.how.setText(self.text(f"wanted.{key}"))
        entry = self._entry
        if entry is None:
            return
        self.who.setText(wanted_words.person(self.ctx.strings, entry.surname))
        self.facts.show_rows(wanted_words.rows(self.ctx.strings, self.ctx.services, entry))

    @Slot()
    def _to_hire(self) -> None:
        """Who has nothing to offer yet posts it first; the draft of it waits in the visit."""
        self.ctx.navigator.show("hire_known" if self.ctx.visit.has(KnownEmployer) else "hire_kind")

    @Slot()
    def _invite_touched(self) -> None:
        """For the listing that the employer came from, or the only one; else it is asked which."""
        params, entry = self._params, self._entry
        if params is None or entry is None:
            return
        self.clear_errors()
        ids = [listing.id for listing in self._listings]
        if params.listing_id in ids or len(ids) == 1:
            listing_id = params.listing_id if params.listing_id in ids else ids[0]
            wanted, actor = self.ctx.services.wanted, actor_of(self.ctx)
            assert listing_id is not None, "one of the listings"
            self.submit(lambda: wanted.invite(entry.id, listing_id, actor), self._invited)
        else:
            self.ctx.navigator.show("invite", EntryParams(wanted_id=entry.id))

    def _invited(self, _: Invitation) -> None:
        self._invite.setVisible(False)
        self.banner.say(self.text("wanted.invited"), "good")
