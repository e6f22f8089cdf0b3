"""Questions of a posting that are answered in one line, a page each; judged as it is typed."""

from typing import ClassVar

from PySide6.QtCore import Slot

from kiosk.ui.context import UiContext
from kiosk.ui.input.wish import InputWish
from kiosk.ui.screens.hire.draft import HireDraft
from kiosk.ui.screens.hire.step import SUMMARY, HireStep
from kiosk.ui.widgets.fields import Field
from kiosk.ui.widgets.numbers import NumberField, phone_echo

LONGEST_TEXT, LONGEST_NAME, LONGEST_PHONE = 400, 60, 20


class WrittenStep(HireStep):
    """The question is the title, with an example below it; the cursor stands in the field while it is empty."""

    #: Field of the form.
    asks: ClassVar[str] = ""
    wish: ClassVar[InputWish] = InputWish.TEXT
    longest: ClassVar[int] = LONGEST_TEXT
    next_screen = SUMMARY

    def __init__(self, ctx: UiContext) -> None:
        super().__init__(ctx)
        self.asked = self.field(self.made())
        self.asked.changed.connect(self._typed)
        self.asked.entered.connect(self.go_on)
        self.body.addWidget(self.asked)
        self.body.addWidget(self.remedy)
        self.body.addStretch(1)
        self.way_on()

    def made(self) -> Field:
        """The field."""
        return Field(self.theme, self.asks, self.wish, max_length=self.longest)

    def retranslate(self) -> None:
        """Words in."""
        super().retranslate()
        self.asked.say("")
        self.asked.line.setAccessibleName(self.text(self.title_key))

    def show_draft(self, draft: HireDraft) -> None:
        """What was typed before."""
        self.asked.set_text(getattr(draft.form, self.asks))
        if not self.asked.text or self.params.mends:
            self.asked.line.setFocus()

    @Slot()
    def _typed(self) -> None:
        self.keep(**{self.asks: self.asked.text})


class PostAddressScreen(WrittenStep):
    """具体在哪里."""

    name = "post_address"
    title_key = "hire.address_title"
    next_screen = "post_provided"
    step_name = "post_address"
    asks = "address"
    covers = (("region",), ("address",))

    def retranslate(self) -> None:
        """Words in; the street or district that was chosen stands below the question."""
        super().retranslate()
        region = self.draft.form.region if self.live else ""
        where = self.ctx.services.catalogue.region_name(region, self.ctx.strings.language) if region else ""
        self.hint.setText(where)
        self.hint.setVisible(bool(where))
        self.asked.say("", self.text("hire.address_hint"))


class PostMeetingScreen(WrittenStep):
    """在别处集合."""

    name = "post_meeting"
    title_key = "hire.meeting_title"
    hint_key = "hire.meeting_hint"
    asks = "meeting_place"
    covers = (("meeting_place",),)


class PostTitleScreen(WrittenStep):
    """标题: the trade's name at first."""

    name = "post_title"
    title_key = "hire.heading_title"
    hint_key = "hire.heading_hint"
    asks = "title"
    covers = (("title",),)


class PostRequirementsScreen(WrittenStep):
    """有什么要求."""

    name = "post_requirements"
    title_key = "hire.requirements_title"
    hint_key = "hire.requirements_hint"
    asks = "requirements"
    covers = (("requirements",),)


class PostContactScreen(WrittenStep):
    """零工来了找谁: the employer, unless somebody else is named."""

    name = "post_contact"
    title_key = "hire.contact_title"
    hint_key = "hire.contact_name_hint"
    wish = InputWish.NAME
    longest = LONGEST_NAME
    asks = "contact_name"
    covers = (("contact_name",),)


class PostPhoneScreen(WrittenStep):
    """零工打哪个电话."""

    name = "post_phone"
    title_key = "hire.phone_title"
    wish = InputWish.PHONE
    longest = LONGEST_PHONE
    asks = "contact_phone"
    covers = (("contact_phone",),)

    def made(self) -> Field:
        """The number once more, large and in groups."""
        return NumberField(self.theme, self.asks, self.wish, phone_echo, max_length=self.longest)
