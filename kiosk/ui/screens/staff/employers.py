"""Employers by phone, name, pinyin initials or credit code."""

from collections.abc import Sequence
from typing import Any

from kiosk.domain.records import Employer
from kiosk.ui.screens.hire.params import KnownEmployer
from kiosk.ui.screens.staff.rows import Row
from kiosk.ui.screens.staff.search import SearchScreen


class StaffEmployersScreen(SearchScreen):
    """查用工方."""

    name = "staff_employers"
    title_key = "staff.employers_title"

    def look_up(self, text: str, limit: int) -> Sequence[Employer]:
        """On the read lane."""
        found: Sequence[Employer] = self.ctx.services.employers.find(text, limit)
        return found

    def row(self, found: Any) -> Row:  # noqa: ANN401 - an Employer
        """Name, kind, phone, whether verified."""
        kind = self.text(f"words.employer_kind.{found.kind}")
        verified = self.text("staff.verified" if found.verified_at is not None else "staff.not_verified")
        standing = self.text(f"words.standing.{found.standing}")
        return Row(
            text=f"{found.name}  {found.phone}", note=f"{kind}  {verified}  {standing}", icon_name="company"
        )

    def chosen(self, found: Any) -> None:  # noqa: ANN401 - an Employer
        """Open the employer."""
        self.ctx.navigator.show("staff_employer", KnownEmployer(employer_id=found.id))
