"""The title, what comes with the work, how heavy it is, and what is asked of the worker: judged as it is typed."""

from PySide6.QtCore import Slot

from kiosk.domain.values import Strength
from kiosk.ui.context import UiContext
from kiosk.ui.input.wish import InputWish
from kiosk.ui.screens.hire.draft import HireDraft
from kiosk.ui.screens.hire.halves import Halves
from kiosk.ui.screens.hire.question import Question
from kiosk.ui.screens.hire.step import HireStep
from kiosk.ui.widgets.choices import ChoiceGrid, Option
from kiosk.ui.widgets.fields import Field

EXTRAS = (("meals", "meals"), ("lodging", "lodging"), ("transport", "transport"), ("own_tools", "tools"))


class PostDetailsScreen(HireStep):
    """还有什么要说."""

    name = "post_details"
    title_key = "hire.details_title"
    next_screen = "post_summary"
    step_name = "post_details"
    covers = (("title", "requirements"),)

    def __init__(self, ctx: UiContext) -> None:
        super().__init__(ctx)
        self.heading = self.field(Field(self.theme, "title", InputWish.TEXT))
        self.requirements = self.field(Field(self.theme, "requirements", InputWish.TEXT))
        self._extras = ChoiceGrid(self.theme, 2, several=True)
        self._strengths = ChoiceGrid(self.theme, 3)
        self._extra = self.question(Question(self.theme, ("extras",), self._extras))
        self._strength = self.question(Question(self.theme, ("strength",), self._strengths))
        self._halves = Halves(self.theme)
        for part in (self.heading, self.requirements, self.remedy):
            self._halves.first.addWidget(part)
        self._halves.first.addStretch(1)
        self._halves.second.addWidget(self._extra)
        self._halves.second.addWidget(self._strength)
        self._halves.second.addStretch(1)
        self.body.addWidget(self._halves)
        self.body.addStretch(1)
        for field in (self.heading, self.requirements):
            field.changed.connect(self._typed)
            field.entered.connect(self.go_on)
        self._extras.changed.connect(self._touched)
        self._strengths.changed.connect(self._touched)
        self.action("common.next", self.go_on, icon_name="right")

    def arrange(self, *, portrait: bool) -> None:
        """Words and tiles side by side across."""
        self._halves.arrange(portrait=portrait)

    def retranslate(self) -> None:
        """Words in."""
        super().retranslate()
        text = self.text
        self.heading.say(text("hire.heading"), text("hire.heading_hint"))
        self.requirements.say(text("hire.requirements"), text("hire.requirements_hint"))
        self._extra.say(text("hire.extras"))
        self._strength.say(text("hire.strength"))
        self._extras.set_options(
            Option(value=name, text=text(f"listing.{name}"), icon_name=icon_name)
            for name, icon_name in EXTRAS
        )
        self._strengths.set_options(
            Option(value=each, text=text(f"words.strength.{each}")) for each in Strength
        )

    def show_draft(self, draft: HireDraft) -> None:
        """What was said before."""
        form = draft.form
        self.heading.set_text(form.title)
        self.requirements.set_text(form.requirements)
        self.retranslate()
        self._extras.choose(*(name for name, _ in EXTRAS if getattr(form, name)))
        self._strengths.choose(form.strength)

    @Slot()
    def _typed(self) -> None:
        self.keep(title=self.heading.text, requirements=self.requirements.text)

    @Slot()
    def _touched(self) -> None:
        chosen, strength = self._extras.values, self._strengths.value
        if isinstance(strength, Strength):
            self.keep(strength=strength, **{name: name in chosen for name, _ in EXTRAS})
