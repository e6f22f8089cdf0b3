"""The forms that can be saved in the middle: what of them is kept, and where they begin."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

import msgspec

from kiosk.domain.values import EmployerKind
from kiosk.services.drafts import DraftForm
from kiosk.services.saved_draft import SavedDraft
from kiosk.ui.route import Page
from kiosk.ui.screens.hire.draft import HireDraft, HoursSaid
from kiosk.ui.screens.register.draft import RegisterDraft
from kiosk.ui.screens.wanted.draft import WantedDraft
from kiosk.ui.visit import Visit


@dataclass(frozen=True, slots=True, kw_only=True)
class SavedAs:
    """Kept in the visit: the number that its draft has, so that saving again or finishing finds it."""

    number: int
    flow: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftAt:
    """Kept in the visit: the pages of a form that somebody has gone through."""

    flow: str
    pages: tuple[str, ...]


class _Body(msgspec.Struct, frozen=True, kw_only=True):
    """What is kept: the draft, and the names of the marks beside it."""

    draft: msgspec.Raw
    beside: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Flow:
    """One form.

    Attributes:
        name: as it is saved.
        home: the page that it begins with.
        kind: its draft.
        beside: marks in the visit that belong to it, without contents.
        scrub: the draft without ID numbers: those are never kept here in the clear.
        phone: what was typed of the phone, or its last digits.
        whose: the name that was typed of the person who fills it in.
        bare: the draft without what says nothing yet (a consent, a first tile, what one came for).
        open_end: whether the draft is one that may be saved (not the change of something that is kept already).
    """

    name: str
    home: str
    kind: type[Any]
    beside: tuple[type[Any], ...] = ()
    scrub: Callable[[Any], Any]
    phone: Callable[[Any], str]
    whose: Callable[[Any], str] = lambda _: ""
    bare: Callable[[Any], Any] = lambda draft: draft
    open_end: Callable[[Any], bool] = lambda _: True

    def begun(self, visit: Visit) -> bool:
        """Whether there is anything to save."""
        if not visit.has(self.kind):
            return False
        draft = visit.draft(self.kind)
        return self.open_end(draft) and self.bare(draft) != self.bare(self.kind())

    def form(self, visit: Visit, pages: tuple[Page, ...]) -> DraftForm:
        """What is to be saved of a visit that is on these pages."""
        draft = visit.draft(self.kind)
        beside = tuple(kind.__name__ for kind in self.beside if visit.has(kind))
        body = _Body(draft=msgspec.Raw(msgspec.json.encode(self.scrub(draft))), beside=beside)
        return DraftForm(
            flow=self.name,
            pages=plain(pages),
            body=msgspec.json.encode(body),
            phone=self.phone(draft),
        )

    def drafts(self, saved: SavedDraft) -> tuple[object, ...]:
        """What goes back into a visit.

        Raises:
            msgspec.DecodeError: the bytes are those of another version of the form.
        """
        body = msgspec.json.decode(saved.body, type=_Body)
        main = msgspec.json.decode(body.draft, type=self.kind)
        beside = (kind() for kind in self.beside if kind.__name__ in body.beside)
        return (main, *beside, SavedAs(number=saved.number, flow=self.name))


def plain(pages: Sequence[Page]) -> tuple[str, ...]:
    """The pages that can be shown again by their names alone."""
    return tuple(page.name for page in pages if _plain(page))


def _plain(page: Page) -> bool:
    """Whether a page can be shown again by its name alone: not one that was called to mend or to choose something."""
    params = page.params
    called = ("edit", "aside", "refusal", "category", "code")
    return not any(getattr(params, name, None) for name in called)


def _no_ids(draft: HireDraft) -> HireDraft:
    return replace(draft, employer=replace(draft.employer, id_number=""))


def _who_hires(draft: HireDraft) -> str:
    """The person who stands there, not their firm."""
    employer = draft.employer
    return employer.contact_name if employer.organisation else employer.name


FLOWS = (
    Flow(
        name="register",
        home="register_consent",
        kind=RegisterDraft,
        scrub=lambda draft: replace(draft, form=replace(draft.form, id_number="")),
        phone=lambda draft: draft.form.phone,
        whose=lambda draft: draft.form.name,
        bare=lambda draft: replace(
            draft, then=None, given=frozenset(), form=replace(draft.form, consent=False)
        ),
        open_end=lambda draft: draft.changing is None,
    ),
    Flow(
        name="hire",
        home="hire_kind",
        kind=HireDraft,
        beside=(HoursSaid,),
        scrub=_no_ids,
        phone=lambda draft: draft.employer.phone or draft.form.contact_phone,
        whose=_who_hires,
        bare=lambda draft: replace(draft, employer=replace(draft.employer, kind=EmployerKind.HOUSEHOLD)),
    ),
    Flow(
        name="wanted",
        home="my_wanted",
        kind=WantedDraft,
        scrub=lambda draft: draft,
        phone=lambda draft: draft.tail,
    ),
)


def flow_of(name: str) -> Flow:
    """The form of that name.

    Raises:
        KeyError: there is none (any more).
    """
    return {flow.name: flow for flow in FLOWS}[name]
