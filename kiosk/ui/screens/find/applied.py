"""The promise: confirmed or 候补, said so that it cannot be mistaken, and the slip that says the same."""

from typing import Any

from PySide6.QtCore import Slot

from kiosk.domain.own_time import own_terms
from kiosk.ui.components import say
from kiosk.ui.components.placement_look import LOOKS
from kiosk.ui.components.slip_page import Promise, SlipPage
from kiosk.ui.components.terms_facts import contact, work_rows
from kiosk.ui.context import UiContext
from kiosk.ui.screens.find.params import AppliedParams


class AppliedScreen(SlipPage):
    """定好了 / 候补."""

    name = "applied"
    finished = True

    def __init__(self, ctx: UiContext) -> None:
        super().__init__(ctx)
        self._params: AppliedParams | None = None
        self.action("common.done", self._done, icon_name="check", commits=True)

    def enter(self, params: Any) -> None:  # noqa: ANN401 - AppliedParams
        """Say it and print it."""
        if isinstance(params, AppliedParams):
            self._params = params
            self.slip.show_slip(params.applied.slip)
            self.retranslate()

    def promise(self) -> Promise | None:
        """The place is theirs, or it is not yet."""
        if self._params is None:
            return None
        applied = self._params.applied
        good = "confirmed" if applied.confirmed else "waitlisted"
        begins = say.from_when(self.ctx.strings, applied.placement.terms, applied.placement.applied_at)
        more = self.text("news.behind_slip") if self._params.more else ""
        return Promise(
            look=LOOKS[applied.placement.status],
            state=self.text(f"applied.{good}"),
            hint="\n".join(part for part in (self.text(f"applied.{good}_hint"), begins, more) if part),
            facts=(
                *work_rows(self, own_terms(applied.placement)),
                (self.text("listing.contact"), contact(applied.placement.terms) if applied.confirmed else ""),
            ),
        )

    def wipe(self) -> None:
        """Forget the promise."""
        super().wipe()
        self._params = None

    @Slot()
    def _done(self) -> None:
        self.ctx.navigator.end_visit()
