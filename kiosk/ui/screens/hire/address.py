"""The address, and where to meet if that is somewhere else."""

from PySide6.QtCore import Slot

from kiosk.ui.context import UiContext
from kiosk.ui.input.wish import InputWish
from kiosk.ui.screens.hire.draft import HireDraft
from kiosk.ui.screens.hire.halves import Halves
from kiosk.ui.screens.hire.step import HireStep
from kiosk.ui.widgets.fields import Field


class PostAddressScreen(HireStep):
    """具体在哪里."""

    name = "post_address"
    title_key = "hire.address_title"
    next_screen = "post_details"
    step_name = "post_address"
    covers = (("region",), ("address", "meeting_place"))

    def __init__(self, ctx: UiContext) -> None:
        super().__init__(ctx)
        self.address = self.field(Field(self.theme, "address", InputWish.TEXT))
        self.meeting = self.field(Field(self.theme, "meeting_place", InputWish.TEXT))
        self._halves = Halves(self.theme)
        self._halves.first.addWidget(self.address)
        self._halves.first.addStretch(1)
        self._halves.second.addWidget(self.meeting)
        self._halves.second.addStretch(1)
        self.body.addWidget(self._halves)
        self.body.addWidget(self.remedy)
        self.body.addStretch(1)
        for field in (self.address, self.meeting):
            field.changed.connect(self._typed)
        self.address.entered.connect(self._entered)
        self.meeting.entered.connect(self.go_on)
        self.action("common.next", self.go_on, icon_name="right")

    def arrange(self, *, portrait: bool) -> None:
        """Side by side across."""
        self._halves.arrange(portrait=portrait)

    def retranslate(self) -> None:
        """Words in."""
        super().retranslate()
        region = self.draft.form.region if self.live else ""
        where = self.ctx.services.catalogue.region_name(region, self.ctx.strings.language) if region else ""
        self.hint.setText(where)
        self.hint.setVisible(bool(where))
        self.address.say(self.text("hire.address"), self.text("hire.address_hint"))
        self.meeting.say(self.text("hire.meeting"), self.text("hire.meeting_hint"))

    def show_draft(self, draft: HireDraft) -> None:
        """What was typed before."""
        self.address.set_text(draft.form.address)
        self.meeting.set_text(draft.form.meeting_place)
        if not draft.form.address:
            self.address.line.setFocus()

    @Slot()
    def _typed(self) -> None:
        self.keep(address=self.address.text, meeting_place=self.meeting.text)

    @Slot()
    def _entered(self) -> None:
        """Enter in the address goes on: the meeting place may stay empty."""
        self.go_on()
