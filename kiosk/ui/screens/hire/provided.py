"""What comes with the work: four ticks, all of which may stay empty."""

from PySide6.QtCore import Slot

from kiosk.ui.components.choice_page import BigChoices
from kiosk.ui.context import UiContext
from kiosk.ui.screens.hire.draft import HireDraft
from kiosk.ui.screens.hire.step import SUMMARY, HireStep
from kiosk.ui.widgets.choices import Option

#: Fields of the form and their icons.
EXTRAS = (("meals", "meals"), ("lodging", "lodging"), ("transport", "transport"), ("own_tools", "tools"))


class PostProvidedScreen(HireStep):
    """管什么."""

    name = "post_provided"
    title_key = "hire.provided_title"
    hint_key = "hire.provided_hint"
    next_screen = SUMMARY
    step_name = "post_provided"

    def __init__(self, ctx: UiContext) -> None:
        super().__init__(ctx)
        self.choices = BigChoices(self.theme, several=True, across=2)
        self.choices.changed.connect(self._touched)
        self.body.addWidget(self.choices, 1)
        self.way_on()

    def arrange(self, *, portrait: bool) -> None:
        """Two by two, upright and across."""
        self.choices.arrange(portrait=portrait)

    def retranslate(self) -> None:
        """Words in."""
        super().retranslate()
        self.choices.set_options(
            Option(value=name, text=self.text(f"listing.{name}"), icon_name=icon_name)
            for name, icon_name in EXTRAS
        )

    def show_draft(self, draft: HireDraft) -> None:
        """What was ticked before."""
        self.choices.choose(*(name for name, _ in EXTRAS if getattr(draft.form, name)))

    @Slot()
    def _touched(self) -> None:
        self.keep(**{name: name in self.choices.values for name, _ in EXTRAS})
