"""What is wrong with a form so far, in words, and on which page it is mended."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from kiosk.domain.records import Finding
from kiosk.domain.refusal import Refusal
from kiosk.domain.values import Severity
from kiosk.services.app import Services
from kiosk.services.listings import ListingForm
from kiosk.ui.components import say
from kiosk.ui.screens.hire.draft import HireDraft
from kiosk.ui.strings import Strings

#: The page that each field stands on.
PAGE_OF = {
    "phone": "hire_who",
    "name": "hire_name",
    "credit_code": "hire_name",
    "id_number": "hire_name",
    "trade": "post_trade",
    "date_from": "post_when",
    "date_to": "post_when",
    "start_minute": "post_hours",
    "end_minute": "post_hours",
    "hours_per_day": "post_hours",
    "headcount": "post_terms",
    "pay": "post_terms",
    "pay_unit": "post_terms",
    "settlement": "post_terms",
    "full_time": "post_terms",
    "region": "post_where",
    "address": "post_address",
    "meeting_place": "post_address",
    "title": "post_details",
    "requirements": "post_details",
    "contact_name": "post_contact",
    "contact_phone": "post_contact",
}
#: Fields that are read and judged together, in the order of the form.
GROUPS: tuple[tuple[str, ...], ...] = (
    ("trade",),
    ("date_from", "date_to"),
    ("hours_per_day", "start_minute", "end_minute"),
    ("headcount",),
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
        refusal: the same as a refusal, to be handed to the field's page.
    """

    field: str
    sentence: str
    advice: str = ""
    law: str = ""
    blocks: bool = True
    needed_fen: int | None = None
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
        refusal=Refusal(f"finding.{found.rule}", found.field, **params),
    )


def of_refusal(strings: Strings, refusal: Refusal) -> Problem:
    """A refusal in words."""
    return Problem(field=refusal.field or "", sentence=strings.refusal(refusal), refusal=refusal)


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
