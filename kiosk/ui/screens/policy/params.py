"""Which policy, and what was said of oneself so far."""

from dataclasses import dataclass

from kiosk.domain.eligibility import Answers


@dataclass(frozen=True, slots=True, kw_only=True)
class PolicyParams:
    """A policy of this city.

    Attributes:
        key: of the reference data.
        answers: what the person said of themselves; None before they are asked.
    """

    key: str
    answers: Answers | None = None
