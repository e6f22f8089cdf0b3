"""What a worker has said so far while registering, and what they came for."""

from dataclasses import dataclass, replace

from kiosk.services.workers import WorkerForm
from kiosk.ui.screens.find.params import IdentifyParams


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterDraft:
    """The form as typed; ``then`` is what to go on with once registered (None: show the worker's slip)."""

    form: WorkerForm = WorkerForm()  # noqa: RUF009 - a frozen value
    then: IdentifyParams | None = None

    def with_phone(self, phone: str, then: IdentifyParams) -> "RegisterDraft":
        """The draft with a phone number that was typed before."""
        return replace(self, form=replace(self.form, phone=phone), then=then)
