"""Operations that the city has set aside or rejected: what, whose, why, since when."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from kiosk.services.set_aside import Aside
from kiosk.ui.screens.staff import aside_words
from kiosk.ui.screens.staff.rows import Row, StaffList


@dataclass(frozen=True, slots=True, kw_only=True)
class AsideParams:
    """Which operation."""

    aside: Aside


class QuarantineScreen(StaffList):
    """待处理的操作."""

    name = "staff_quarantine"
    title_key = "aside.title"
    hint_key = "aside.hint"
    blank_key = "aside.empty"

    def look_up(self) -> Sequence[Aside]:
        """On the read lane."""
        found: Sequence[Aside] = self.ctx.services.aside.all()
        return found

    def chosen(self, item: Any) -> None:  # noqa: ANN401 - an Aside
        """Decide about it."""
        self.ctx.navigator.show("staff_quarantine_detail", AsideParams(aside=item))

    def row(self, item: Any) -> Row:  # noqa: ANN401 - an Aside
        """What, and how it stands."""
        aside: Aside = item
        strings = self.ctx.strings
        if aside.decision:
            note, icon = aside_words.state(strings, aside), "clock"
        else:
            why, since = aside_words.why(strings, aside), aside_words.moment(strings, aside.since)
            waits = self.text("aside.waits", reason=why, since=since)
            note = self.text("aside.rejected", reason=why) if aside.rejected else waits
            icon = "cross" if aside.rejected else "warning"
        return Row(text=aside_words.title(strings, aside), note=note, icon_name=icon)
