"""What a worker has said so far while registering, and what they came for."""

from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from uuid import UUID

from kiosk.domain.phone import check_phone
from kiosk.domain.records import Worker
from kiosk.domain.refusal import Refusal
from kiosk.services.workers import Registered, WorkerForm, form_of
from kiosk.ui.screens.people import IdentifyParams

#: What is asked after name, phone and ID number (the wage has its unit with it).
SAID_LATER = ("trades", "districts", "night_work", "needs_lodging", "own_tools", "own_vehicle")

#: The pages that ask who somebody is, in their order, and the field that each asks for.
ASKED = (("register_who", "name"), ("register_phone", "phone"), ("register_id", "id_number"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Changing:
    """Somebody who is registered changes what is kept about them.

    Attributes:
        before: as it is kept now.
        masked_id: the ID number that is kept, or "".
    """

    worker_id: UUID
    before: WorkerForm
    masked_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Completing:
    """Left in the visit by somebody who is registered already and said more: it goes into what is kept of them."""

    form: WorkerForm


@dataclass(frozen=True, slots=True, kw_only=True)
class Saved:
    """Left in the visit for one look: the change is kept."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterDraft:
    """The form as typed; ``then`` is what to go on with once registered (None: show the worker's slip).

    With ``changing`` nobody is registered: the steps are those of a change. ``given`` are fields that were answered
    before their page came (typed on another page, read from a card): their pages are left out.
    """

    form: WorkerForm = WorkerForm()  # noqa: RUF009 - a frozen value
    then: IdentifyParams | None = None
    changing: Changing | None = None
    given: frozenset[str] = frozenset()

    @classmethod
    def of(cls, worker: Worker) -> "RegisterDraft":
        """The draft of a change, filled with what is kept."""
        form = form_of(worker)
        masked = worker.identity.masked if worker.identity is not None else ""
        return cls(form=form, changing=Changing(worker_id=worker.id, before=form, masked_id=masked))

    def filled(self, said: WorkerForm) -> "RegisterDraft":
        """The draft of a change with what a person said who did not know that they are registered."""
        more = {name: value for name in SAID_LATER if (value := getattr(said, name))}
        if said.wage.strip():
            more |= {"wage": said.wage, "wage_unit": said.wage_unit}
        if said.id_number.strip() and self.changing is not None and not self.changing.masked_id:
            more["id_number"] = said.id_number
        return replace(self, form=replace(self.form, **more))

    @property
    def changed(self) -> bool:
        """Whether there is a change to be kept."""
        return self.changing is not None and self.form != self.changing.before

    @property
    def quick(self) -> bool:
        """Whether the person only wants to apply: name and phone are enough then."""
        return self.then is not None and self.then.listing_id is not None

    def asks(self, field: str) -> bool:
        """Whether somebody has still to be asked for a field. Who only wants to apply needs no ID number."""
        if field == "id_number" and self.quick:
            return False
        return field not in self.given or not getattr(self.form, field).strip()

    def with_phone(self, phone: str, then: IdentifyParams | None) -> "RegisterDraft":
        """The draft with a phone number that was typed before; a whole one is not asked for again."""
        given = self.given | {"phone"} if _is_phone(phone) else self.given - {"phone"}
        return replace(self, form=replace(self.form, phone=phone), then=then, given=given)

    def with_card(self, name: str, id_number: str, given: AbstractSet[str]) -> "RegisterDraft":
        """The draft with what an identity card says; the pages of the ``given`` fields are left out."""
        form = replace(self.form, name=name, id_number=id_number)
        return replace(self, form=form, given=frozenset(given))


def _is_phone(text: str) -> bool:
    try:
        check_phone(text, "phone")
    except Refusal:
        return False
    return True


@dataclass(frozen=True, slots=True, kw_only=True)
class StepParams:
    """A step that was called out of its turn: to mend something, and back.

    Attributes:
        edit: come back to where it was called from instead of going on.
        refusal: what has to be mended here.
        category: the trade category to choose in.
    """

    edit: bool = False
    refusal: Refusal | None = None
    category: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisteredParams:
    """The worker who is registered now, and their slip."""

    registered: Registered
