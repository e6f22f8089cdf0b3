"""Policy advice 政策咨询: what this city's notice has, what somebody says of themselves, and a paper to take along.

Nothing that is said is kept: it goes into the paper's words and nowhere else.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from kiosk.domain.eligibility import Answers, open_conditions, verdict
from kiosk.domain.reference import Policy, PolicyRule, PolicyWords
from kiosk.services.catalogue import ENGLISH, Catalogue
from kiosk.services.context import Context
from kiosk.services.notice import queue_notice
from kiosk.services.slip_issue import Issued

PAPER = SERIES = "policy_result"
#: What stands on the paper a sentence a line.
LISTS = ("met", "conditions", "ask", "notes")


@dataclass(frozen=True, slots=True, kw_only=True)
class PolicyItem:
    """A policy with the rule of this city."""

    policy: Policy
    rule: PolicyRule

    def said(self, language: str) -> PolicyWords:
        """Its words in a language."""
        return self.rule.said_en if language == ENGLISH else self.rule.said

    @property
    def numbers(self) -> str:
        """Of its items in the notice, without the city's letter: ``13``, ``12, 13``."""
        return "".join(each for each in self.rule.item if not each.isalpha())


class PolicyDesk:
    """Lists the policies (pure: any thread) and writes papers about them (database lane)."""

    def __init__(self, context: Context, catalogue: Catalogue, station: str) -> None:
        """Take the ports, the reference data, and the station's name for the paper."""
        self._context = context
        self._catalogue = catalogue
        self._station = station

    def all(self) -> Sequence[PolicyItem]:
        """What this city has, in the order of its data."""
        found = self._catalogue.reference.policies_of(self._catalogue.city)
        return tuple(PolicyItem(policy=policy, rule=rule) for policy, rule in found)

    def get(self, key: str) -> PolicyItem | None:
        """One of them; None when the city has it no more."""
        return next((each for each in self.all() if each.policy.key == key), None)

    def points(self, item: PolicyItem, answers: Answers | None) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """Label and sentences of everything that can be said about it, in the present language.

        With answers, what is so (``met``) stands apart from what has to be asked (``ask``).
        """
        words = self._context.words
        said = item.said(words.language)
        who, still = said.who, said.conditions
        met: tuple[str, ...] = ()
        if answers is not None:
            still = open_conditions(said, answers)
            met = tuple(each for each in said.conditions if each not in still)
            if said.who and answers.who is not None:
                who, met = (), (said.who[answers.who], *met)
        source = words.text("policy.item", notice=said.source, n=item.numbers) if said.source else ""
        return (
            ("brief", (said.brief,)),
            ("who", who),
            ("met", met),
            ("conditions" if answers is None else "ask", still),
            ("notes", said.notes),
            ("office", (said.office,)),
            ("source", (source,)),
        )

    def paper(self, item: PolicyItem, answers: Answers | None) -> Issued:
        """政策告知单: what it is, what fits and what has to be asked, where, and which item of the notice says so."""
        context, words = self._context, self._context.words
        points = dict(self.points(item, answers))
        comma = words.text("common.list_comma")
        values = {name: comma.join(said) for name, said in points.items() if name not in LISTS}
        for name in LISTS:
            if points.get(name):
                values[f"{name}_head"] = words.text(f"policy.{name}")
        said = item.said(words.language)
        with context.unit_of_work() as uow:
            issued = queue_notice(
                context,
                uow,
                self._station,
                PAPER,
                f"{context.kiosk}-Z{uow.next_number(SERIES):04d}",
                {"policy": said.title, **values},
                state=verdict(said, answers).value if answers is not None else "",
                tables={name: tuple((each,) for each in points.get(name, ())) for name in LISTS},
            )
            uow.commit()
        return issued
