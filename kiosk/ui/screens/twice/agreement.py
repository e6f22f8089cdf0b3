"""A page that says in three plain sentences what somebody agrees to: what it is for, who sees it, how it ends."""

from typing import ClassVar

from PySide6.QtWidgets import QVBoxLayout

from kiosk.ui.components.page import Page
from kiosk.ui.components.points import Points
from kiosk.ui.context import UiContext
from kiosk.ui.widgets.buttons import Kind
from kiosk.ui.widgets.frames import Card


class AgreementScreen(Page):
    """A subclass says what, and does it. Nothing happens without the touch on the one button."""

    #: First part of the string keys.
    room = ""
    #: The sentences and their icons; the words are ``<room>.<name>`` and ``<room>.<name>_label``.
    answers: ClassVar[tuple[tuple[str, str], ...]] = ()

    def __init__(self, ctx: UiContext) -> None:
        super().__init__(ctx)
        self._sheet = Card(self.theme)
        self._points = Points(self.theme, [icon_name for _, icon_name in self.answers])
        self._inside = QVBoxLayout(self._sheet)
        self._inside.addWidget(self._points)
        self.body.addWidget(self._sheet, 1)
        self.action(f"{self.room}.no", self.declined, Kind.PLAIN, icon_name="cross")
        self.action(f"{self.room}.yes", self.agreed, icon_name="check", stretch=2)

    def retheme(self) -> None:
        """Sizes."""
        super().retheme()
        pad = self.theme.px(6)
        self._inside.setContentsMargins(pad, pad, pad, pad)

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
