"""The rule book of the market: reference data and wording rules behind one face."""

from dataclasses import dataclass
from datetime import date

from kiosk.domain import rules
from kiosk.domain.records import Finding, Terms
from kiosk.domain.reference import Reference
from kiosk.domain.values import EmployerKind
from kiosk.domain.wages import PayOffer, check_pay
from kiosk.domain.wording import Wording


@dataclass(frozen=True, slots=True)
class MarketRules:
    """Implements ``kiosk.domain.rulebook.RuleBook``. Pure: may be asked on any thread."""

    reference: Reference
    wording: Wording

    def check_terms(self, terms: Terms, kind: EmployerKind, today: date) -> tuple[Finding, ...]:
        """All findings on an offer, blocking ones first."""
        return rules.check_terms(terms, kind, self.reference, self.wording, today)

    def check_pay(self, offer: PayOffer) -> tuple[Finding, ...]:
        """Findings on pay and settlement alone, for the form while it is typed."""
        return check_pay(offer, self.reference)

    def check_words(self, text: str, field: str) -> tuple[Finding, ...]:
        """Findings on the words of one text, for the form while it is typed."""
        return self.wording.check(text, field)

    def gives_contact(self, text: str) -> bool:
        """Whether a text holds a number to call or a chat account: a masked number would hide nothing then."""
        return self.wording.gives_contact(text)

    def knows_trade(self, code: str) -> bool:
        """Whether this is the code of a trade (not of a category)."""
        return self.reference.trade(code) is not None

    def adults_only(self, code: str) -> bool:
        """Whether a trade is heavy or hazardous by nature, not for people under 18."""
        trade = self.reference.trade(code)
        return trade is not None and trade.adults_only

    def near(self, district: str) -> tuple[str, ...]:
        """Codes of the districts whose work people of this one would go to."""
        return self.reference.near(district)

    def knows_region(self, code: str) -> bool:
        """Whether this is the code of a district or street of the reference data."""
        return rules.is_place_of_work(code, self.reference)
