"""Whether a policy 政策 may be for somebody, by what they say of themselves. Never a decision: that is the office's."""

from dataclasses import dataclass
from enum import StrEnum

from kiosk.domain.reference import PolicyWords


class Verdict(StrEnum):
    """What the answers come to."""

    FITS = "fits"
    ASK = "ask"


@dataclass(frozen=True, slots=True, kw_only=True)
class Answers:
    """What somebody said of themselves.

    Attributes:
        who: which of the policy's people they are, or None for none of them (or where nobody is named).
        met: which of its conditions are so; those that are not, or that they do not know, are left out.
    """

    who: int | None = None
    met: frozenset[int] = frozenset()


def asks(said: PolicyWords) -> bool:
    """Whether there is anything to ask."""
    return bool(said.who or said.conditions)


def is_one(said: PolicyWords, answers: Answers) -> bool:
    """Whether they are one of the people it is for."""
    return not said.who or answers.who is not None


def open_conditions(said: PolicyWords, answers: Answers) -> tuple[str, ...]:
    """What is not so, or not known, as it stands in the notice."""
    return tuple(each for at, each in enumerate(said.conditions) if at not in answers.met)


def verdict(said: PolicyWords, answers: Answers) -> Verdict:
    """It fits if nothing is open; else the office is asked about what is."""
    fits = is_one(said, answers) and not open_conditions(said, answers)
    return Verdict.FITS if fits else Verdict.ASK
