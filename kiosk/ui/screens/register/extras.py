"""What else an employer may know. Nothing has to be said."""

from collections.abc import Hashable, Iterable, Sequence
from typing import Any, ClassVar

from kiosk.ui.screens.register.ticks import TicksStep
from kiosk.ui.widgets.choices import Option

#: Yes-or-no answers of the form, and their icons; the words are ``register.<name>``.
ANSWERS = (
    ("night_work", "night"),
    ("needs_lodging", "lodging"),
    ("own_tools", "tools"),
    ("own_vehicle", "drive"),
    ("wants_sms", "sms"),
)


class ExtrasScreen(TicksStep):
    """还有什么要说的."""

    name = "register_extras"
    title_key = "register.extras_title"
    hint_key = "register.several_hint"
    next_screen = "register_summary"
    columns = (1, 2)
    answers: ClassVar[tuple[tuple[str, str], ...]] = ANSWERS

    def options(self) -> Iterable[Option]:
        """A tile for each answer."""
        return (
            Option(value=name, text=self.text(f"register.{name}"), icon_name=icon_name)
            for name, icon_name in self.answers
        )

    def chosen(self, form: Any) -> Iterable[Hashable]:  # noqa: ANN401 - of a registration, or of an entry
        """What was said yes to."""
        return (name for name, _ in self.answers if getattr(form, name))

    def said(self, values: Sequence[Hashable]) -> dict[str, Any]:
        """Yes or no to each."""
        return {name: name in values for name, _ in self.answers}
