"""What is wrong with a form so far, in words, and on which page it is mended."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from kiosk.domain.records import Finding
from kiosk.domain.refusal import Refusal
from kiosk.domain.values import Severity
from kiosk.services.app import Services
from kiosk.services.listings import ListingForm
from kiosk.ui.components import say
from kiosk.ui.screens.hire.draft import HireDraft
from kiosk.ui.strings import Strings

#: The contact of a new organisation, which has the same name in its form as the listing's.
OWN_CONTACT = "employer.contact_name"
#: The page that each field stands on.
PAGE_OF = {
    "phone": "hire_who",
    "name": "hire_name",
    OWN_CONTACT: "hire_contact",
    "credit_code": "hire_code",
    "id_number": "hire_id",
    "trade": "post_trade",
    "headcount": "post_count",
    "date_from": "post_day",
    "date_to": "post_days",
    "start_minute": "post_begin",
    "end_minute": "post_end",
    "hours_per_day": "post_rest",
    "pay": "post_pay",
    "pay_unit": "post_pay",
    "settlement": "post_settle",
    "full_time": "post_contract",
    "region": "post_where",
    "address": "post_address",
    "meeting_place": "post_meeting",
    "title": "post_title",
    "requirements": "post_requirements",
    "contact_name": "post_contact",
    "contact_phone": "post_phone",
}
#: Rules of the domain that ask nothing of those with a labour contract.
CONTRACT_RULES = frozenset({"month_part_time", "settlement_late", "date_span"})
#: Fields that are read and judged together, in the order of the form.
GROUPS: tuple[tuple[str, ...], ...] = (
    ("trade",),
    ("headcount",),
    ("date_from", "date_to"),
    ("hours_per_day", "start_minute", "end_minute"),
    ("pay", "pay_unit", "settlement", "full_time"),
    ("region",),
    ("address", "meeting_place"),
    ("title", "requirements"),
    ("contact_name", "contact_phone"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """One remark, ready to be shown.

    Attributes:
        field: form field.
        sentence: what is wrong.
        advice: what to write instead, or "".
        law: the citation, or "".
        blocks: whether the listing cannot be posted so.
        needed_fen: the lowest pay that passes, if that is what is wrong.
        wants_contract: a labour contract would make it lawful.
        refusal: the same as a refusal, to be handed to the field's page.
    """

    field: str
    sentence: str
    advice: str = ""
    law: str = ""
    blocks: bool = True
    needed_fen: int | None = None
    wants_contract: bool = False
    refusal: Refusal


def of_finding(strings: Strings, found: Finding) -> Problem:
    """A finding of the rules in words."""
    advice, law = f"suggestion.{found.rule}", f"law.{found.law}"
    params = dict(found.params)
    needed = params.get("needed_fen")
    return Problem(
        field=found.field,
        sentence=say.finding(strings, found),
        advice=strings.text(advice) if strings.has(advice) else "",
        law=strings.text(law) if strings.has(law) else "",
        blocks=found.severity is Severity.BLOCK,
        needed_fen=needed if isinstance(needed, int) else None,
        wants_contract=found.rule in CONTRACT_RULES,
        refusal=Refusal(f"finding.{found.rule}", found.field, **params),
    )


def of_refusal(strings: Strings, refusal: Refusal) -> Problem:
    """A refusal in words."""
    return Problem(field=refusal.field or "", sentence=strings.refusal(refusal), refusal=refusal)


def of_employer(strings: Strings, refusal: Refusal) -> Problem:
    """A refusal of the employer's form in words; their own contact is not the listing's."""
    problem = of_refusal(strings, refusal)
    return replace(problem, field=OWN_CONTACT) if problem.field == "contact_name" else problem


def problems_of(
    services: Services, strings: Strings, draft: HireDraft, groups: Iterable[Sequence[str]]
) -> list[Problem]:
    """Everything the rules say about these groups of fields, in the order of the form; no group hides another."""
    place = services.station.config.district
    found: list[Problem] = []
    for fields in groups:
        try:
            findings = services.listings.check_part(draft.form, draft.employer.kind, fields, place)
        except Refusal as refusal:
            found.append(of_refusal(strings, refusal))
        else:
            found += [of_finding(strings, each) for each in findings]
    return found


def is_empty(form: ListingForm, field: str) -> bool:
    """Whether nothing has been said there yet: an empty field is asked for on the way on, not before."""
    return getattr(form, field, None) in ("", None)
