"""A visitor from another kiosk who is registered here, too: one registration of the two, if they agree."""

from dataclasses import dataclass
from typing import Any, ClassVar

from PySide6.QtCore import Slot

from kiosk.domain.records import Worker
from kiosk.services.context import slip_number
from kiosk.ui.components.agreement import AgreementScreen
from kiosk.ui.screens.actor import actor_of
from kiosk.ui.screens.find.known import carry_on
from kiosk.ui.screens.people import IdentifyParams


@dataclass(frozen=True, slots=True, kw_only=True)
class TwiceParams:
    """The visitor, as the city knows them; their registration here; and what they came for."""

    visitor: Worker
    here: Worker
    wish: IdentifyParams


class TwiceScreen(AgreementScreen):
    """您在别处也登记过."""

    name = "twice"
    room = "twice"
    title_key = "twice.title"
    hint_key = "twice.hint"
    answers: ClassVar = (("what", "work"), ("seen", "people"), ("papers", "slip"))
    _params: TwiceParams | None = None

    def enter(self, params: Any) -> None:  # noqa: ANN401 - TwiceParams
        """Ask."""
        self.clear_errors()
        self._params = params if isinstance(params, TwiceParams) else None
        self.show_points()

    def wipe(self) -> None:
        """Forget whose registrations."""
        super().wipe()
        self._params = None
        self.show_points()

    def values(self) -> dict[str, str]:
        """The numbers on both cards."""
        params = self._params
        if params is None:
            return {"there": "", "here": ""}
        return {
            "there": slip_number(params.visitor.home, params.visitor.number),
            "here": slip_number(params.here.home, params.here.number),
        }

    @Slot()
    def agreed(self) -> None:
        """Merge, and go on with what the person came for."""
        params, services, actor = self._params, self.ctx.services, actor_of(self.ctx)
        if params is None:
            return
        self.clear_errors()
        self.submit(lambda: services.one_person.merge(params.visitor.id, params.here.id, actor), self._merged)

    @Slot()
    def declined(self) -> None:
        """Go on as a visitor; asked again next time."""
        params = self._params
        if params is not None:
            carry_on(self, params.visitor.id, params.wish, proved=True)

    def _merged(self, one: Worker) -> None:
        params = self._params
        if params is None:
            return
        self.ctx.notices.toast.emit(self.text("twice.done"))
        carry_on(self, one.id, params.wish, proved=True)
