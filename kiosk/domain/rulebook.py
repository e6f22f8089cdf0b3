"""What the transitions ask of the reference data and the rule checks, so that they can be run with any."""

from datetime import date
from typing import Protocol

from kiosk.domain.records import Finding, Terms
from kiosk.domain.values import EmployerKind


class RuleBook(Protocol):
    """The market rules on a given day, backed by the city's reference data."""

    def check_terms(self, terms: Terms, kind: EmployerKind, today: date) -> tuple[Finding, ...]:
        """All findings on an offer: block and warn."""

    def check_words(self, text: str, field: str) -> tuple[Finding, ...]:
        """Findings on the words of one text."""

    def gives_contact(self, text: str) -> bool:
        """Whether a text holds a number to call or a chat account."""

    def knows_trade(self, code: str) -> bool:
        """Whether this is the code of a trade (not of a category)."""

    def adults_only(self, code: str) -> bool:
        """Whether a trade is heavy or hazardous by nature, not for people under 18 (劳动法 art. 64)."""

    def near(self, district: str) -> tuple[str, ...]:
        """Codes of the districts whose work people of this one would go to."""

    def knows_region(self, code: str) -> bool:
        """Whether this is the code of a district or street of the reference data."""
