"""The shell's state and the moves it can make.

Every move ends in one ``moved`` signal; ``route`` does the rest.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from kiosk.light import replace
from kiosk.ui.route import (
    WELCOME,
    AppState,
    Fault,
    Page,
    ScreenName,
    StaffStay,
    Trail,
    active_trail,
    trail,
    with_trail,
)
from kiosk.ui.visit import Visit

if TYPE_CHECKING:  # as in ``idle``
    from uuid import UUID

    from kiosk.services.ports import Clock


class Stay(StrEnum):
    """Whose stay a visit is."""

    PERSON = "person"
    BEHALF = "behalf"
    STAFF = "staff"
    SETUP = "setup"


class Navigator(QObject):
    """Where the person is, where staff are, and how they move.

    Signals:
        moved: the state has changed; the page may be another one.
        visit_began: somebody is there now.
        visit_ended(Stay): all that was typed in that stay must be wiped.
        visit_waits: staff stand in front of a person's visit; its pages are wanted for others, what it holds is not.
    """

    moved = Signal()
    visit_began = Signal()
    visit_ended = Signal(object)
    visit_waits = Signal()

    def __init__(
        self,
        clock: Clock,
        new_id: Callable[[], UUID],
        *,
        state: AppState | None = None,
        parent: QObject | None = None,
    ) -> None:
        """Start with a state (default: configured, nobody there).

        Args:
            clock: tells when a visit begins.
            new_id: makes visit ids.
            state: where to begin.
            parent: Qt parent.
        """
        super().__init__(parent)
        self._clock = clock
        self._new_id = new_id
        self._state = state or AppState()
        self._visits: dict[Stay, Visit] = {}

    @property
    def state(self) -> AppState:
        """The state that ``route`` looks at."""
        return self._state

    @property
    def stay(self) -> Stay:
        """Whose trail is the active one."""
        if self._state.staff is not None:
            return Stay.BEHALF if self._state.staff.on_behalf is not None else Stay.STAFF
        return Stay.PERSON if self._state.configured else Stay.SETUP

    @property
    def visit(self) -> Visit:
        """The visit that goes on now; one begins when there is none."""
        stay = self.stay
        if stay not in self._visits:
            self._visits[stay] = Visit(self._new_id, self._clock.now())
            if stay is Stay.PERSON and self._state.visit is None:
                self._state = replace(self._state, visit=trail(WELCOME))
            self.visit_began.emit()
        return self._visits[stay]

    @property
    def attended(self) -> bool:
        """Whether there is anybody whose traces would have to be wiped."""
        return bool(self._visits) or self._state.staff is not None

    @property
    def waiting(self) -> bool:
        """Whether a person's visit has begun and has not ended: it is theirs when staff have gone."""
        return Stay.PERSON in self._visits

    @property
    def staff(self) -> Any:  # noqa: ANN401 - the services' session type is opaque here
        """The staff session, or None: flows done on behalf look here for the actor."""
        return self._state.staff.session if self._state.staff is not None else None

    @property
    def can_go_back(self) -> bool:
        """Whether ``back`` leads anywhere."""
        return self._state.fault is None and not active_trail(self._state).at_home

    def show(self, name: ScreenName, params: Any = None) -> None:  # noqa: ANN401 - each screen knows its own
        """Go one page on. The visit begins here if nobody was there."""
        _ = self.visit
        self._go(active_trail(self._state).push(Page(name=name, params=params)))

    def swap(self, name: ScreenName, params: Any = None) -> None:  # noqa: ANN401 - as above
        """Go on without a way back to this page (a result in place of its form)."""
        _ = self.visit
        self._go(active_trail(self._state).swap(Page(name=name, params=params)))

    def resume(self, names: Sequence[ScreenName]) -> None:
        """Be where somebody was before: these pages on top of home, the last one shown, none of them entered before."""
        _ = self.visit
        moved = active_trail(self._state).home()
        for name in names:
            moved = moved.push(Page(name=name))
        self._go(moved)

    def back(self) -> None:
        """One page back. From the first page of a flow done on behalf, back to the staff console."""
        staff = self._state.staff
        if staff is not None and staff.on_behalf is not None and staff.on_behalf.at_home:
            self.end_visit()
            return
        self._go(active_trail(self._state).back())

    def back_to(self, name: ScreenName) -> None:
        """Back to the nearest page of that name; nothing happens when there is none."""
        self._go(active_trail(self._state).back_to(name))

    def leave_out(self, names: Collection[ScreenName]) -> None:
        """No way back leads to these pages any more: what they asked has been answered. The page shown stays."""
        self._state = with_trail(self._state, active_trail(self._state).without(names))

    def home(self) -> None:
        """Back to the first page; the visit goes on and what was typed stays."""
        self._go(active_trail(self._state).home())

    def go_home(self, *, done: bool) -> None:
        """首页 is touched: the visit goes on, but who is ``done`` has their slip in the hand, and is gone."""
        if done:
            self.end_visit()
        else:
            self.home()

    def end_visit(self) -> None:
        """The person is done or gone: forget everything of this stay.

        Staff on behalf come back to their console.
        """
        stay = self.stay
        if stay is Stay.STAFF:
            self.sign_out()
            return
        staff = self._state.staff
        if stay is Stay.BEHALF and staff is not None:
            self._state = replace(self._state, staff=replace(staff, on_behalf=None))
        elif stay is Stay.PERSON:
            self._state = replace(self._state, visit=None)
        else:
            self._state = replace(self._state, setup=self._state.setup.home())
        self._finish(stay)
        self.moved.emit()

    def leave_all(self) -> None:
        """Nobody is there any more: staff are signed out and every visit ends."""
        if self._state.staff is not None:
            self.sign_out()
        self.end_visit()

    def sign_in(self, session: Any) -> None:  # noqa: ANN401 - opaque here
        """Staff have signed in. A visit under way waits behind the console, and behind all that is done there."""
        if self.waiting:
            self.visit_waits.emit()
        self._state = replace(self._state, staff=StaffStay(session=session))
        _ = self.visit
        self.moved.emit()

    def stay_signed_in(self, before: StaffStay) -> None:
        """The window was made anew because staff have saved a form: they are where they came to it from."""
        self._state = replace(self._state, staff=StaffStay(session=before.session, trail=before.trail.back()))
        _ = self.visit
        self.moved.emit()

    def sign_out(self) -> None:
        """Staff have gone; a flow done on behalf ends with them."""
        self._state = replace(self._state, staff=None)
        self._finish(Stay.BEHALF)
        self._finish(Stay.STAFF)
        self.moved.emit()

    def begin_on_behalf(
        self,
        name: ScreenName,
        params: Any = None,  # noqa: ANN401 - as above
        *,
        keep: tuple[object, ...] = (),
    ) -> None:
        """Staff start a public flow for somebody else; it begins empty but for the drafts in ``keep``.

        A visit that waits behind the console has drafts of its own, and goes on waiting.

        Raises:
            RuntimeError: no staff are signed in.
        """
        staff = self._state.staff
        if staff is None:
            raise RuntimeError("only staff act on behalf of others")
        self._finish(Stay.BEHALF)
        begun = Trail(pages=(Page(name=name, params=params),))
        self._state = replace(self._state, staff=replace(staff, on_behalf=begun))
        for draft in keep:
            self.visit.keep(draft)
        _ = self.visit
        self.moved.emit()

    def finish_setup(self) -> None:
        """The first set-up is through."""
        self._state = replace(self._state, configured=True)
        self._finish(Stay.SETUP)
        self.moved.emit()

    def finish_opening(self) -> None:
        """The database is open: whatever waited for it comes."""
        self._state = replace(self._state, opened=True)
        self.moved.emit()

    def raise_fault(self, fault: Fault) -> None:
        """Put a fault in front of everything. The first one stays until it is cleared: it is the cause."""
        if self._state.fault is None:
            self._state = replace(self._state, fault=fault)
            self.moved.emit()

    def clear_fault(self) -> None:
        """The device is well, or staff said so: whatever was behind the fault comes back."""
        if self._state.fault is not None:
            self._state = replace(self._state, fault=None)
            self.moved.emit()

    def _go(self, moved: Trail) -> None:
        self._state = with_trail(self._state, moved)
        self.moved.emit()

    def _finish(self, stay: Stay) -> None:
        visit = self._visits.pop(stay, None)
        if visit is not None:
            visit.end()
            self.visit_ended.emit(stay)
