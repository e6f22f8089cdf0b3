"""Where you would go. Nothing has to be chosen."""

from collections.abc import Hashable, Iterable, Sequence
from typing import Any

from kiosk.services.catalogue import ENGLISH
from kiosk.ui.components.worker_words import WorkForm
from kiosk.ui.screens.register.ticks import TicksStep
from kiosk.ui.widgets.choices import Option


class WhereScreen(TicksStep):
    """愿意去哪里."""

    name = "register_where"
    title_key = "register.where_title"
    hint_key = "register.several_hint"
    next_screen = "register_extras"

    def options(self) -> Iterable[Option]:
        """The districts of the city."""
        english = self.ctx.strings.language == ENGLISH
        return (
            Option(value=region.code, text=region.name_en if english else region.name)
            for region in self.ctx.services.catalogue.districts()
        )

    def chosen(self, form: WorkForm) -> Iterable[Hashable]:
        """Those that were said before."""
        return form.districts

    def said(self, values: Sequence[Hashable]) -> dict[str, Any]:
        """The codes of the districts."""
        return {"districts": tuple(str(code) for code in values)}
