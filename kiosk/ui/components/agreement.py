"""A page that says in a few plain sentences what somebody agrees to: what it is for, who sees it, how it ends."""

from typing import ClassVar

from PySide6.QtWidgets import QVBoxLayout

from kiosk.ui.components.page import Page
from kiosk.ui.components.points import Points
from kiosk.ui.context import UiContext
from kiosk.ui.theme import Role
from kiosk.ui.widgets.buttons import Kind
from kiosk.ui.widgets.frames import Card

PAD_MM, AIR_MM = 6.0, 10.0
#: So many sentences or fewer stand in large type and close together; more share the whole page.
FEW = 3


class AgreementScreen(Page):
    """A subclass says what, and does it. Nothing happens without the touch on the one button."""

    #: First part of the string keys, and the last one of both buttons' words.
    room = ""
    yes_key, no_key = "yes", "no"
    #: The sentences and their icons; the words are ``<room>.<name>`` and ``<room>.<name>_label``.
    answers: ClassVar[tuple[tuple[str, str], ...]] = ()

    def __init__(self, ctx: UiContext) -> None:
        super().__init__(ctx)
        self._large = False
        self._sheet = Card(self.theme)
        self._points = Points(self.theme, [icon_name for _, icon_name in self.answers])
        self._inside = QVBoxLayout(self._sheet)
        self._inside.addWidget(self._points)
        few = len(self.answers) <= FEW
        self.body.addWidget(self._sheet, 0 if few else 1)
        if few:
            self.body.addStretch(1)
        self.action(f"{self.room}.{self.no_key}", self.declined, Kind.PLAIN, icon_name="cross")
        self.action(f"{self.room}.{self.yes_key}", self.agreed, icon_name="check", stretch=2, commits=True)

    def arrange(self, *, portrait: bool) -> None:
        """One column upright; across many have two. A few are the largest upright, where the page is high."""
        few = len(self.answers) <= FEW
        self._large = portrait and few
        self._points.set_columns(1 if portrait or few else 2)
        self._points.set_role(Role.FACT if self._large else Role.LEAD)
        self._space()

    def retheme(self) -> None:
        """Sizes."""
        super().retheme()
        self._space()

    def _space(self) -> None:
        pad = self.theme.px(PAD_MM)
        air = self.theme.px(AIR_MM) if self._large else pad
        self._inside.setContentsMargins(pad, air, pad, air)
        self._points.set_air(air)

    def retranslate(self) -> None:
        """Words in."""
        super().retranslate()
        self.show_points()

    def show_points(self) -> None:
        """The sentences, with what ``values`` has to fill in."""
        values = self.values()
        self._points.say(
            [
                (self.text(f"{self.room}.{name}_label"), self.text(f"{self.room}.{name}", **values))
                for name, _ in self.answers
            ]
        )

    def values(self) -> dict[str, str]:
        """What the sentences are filled in with."""
        return {}

    def agreed(self) -> None:
        """The person agrees."""
        raise AssertionError("a subclass does it")

    def declined(self) -> None:
        """The person does not."""
        raise AssertionError("a subclass does it")
