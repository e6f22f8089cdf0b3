"""What every screen is given."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from kiosk.light import field, light
from kiosk.ui.burst import BurstRules
from kiosk.ui.gate import GUARD_MS, InputGate
from kiosk.ui.idle import DEFAULT_LIMIT_S, WARNING_S, IdleMonitor
from kiosk.ui.navigator import Navigator
from kiosk.ui.route import AppState
from kiosk.ui.scanner import Scanner
from kiosk.ui.staff_call import StaffCall
from kiosk.ui.strings import FIRST_LANGUAGE, Strings
from kiosk.ui.tasks import Tasks
from kiosk.ui.theme import Theme
from kiosk.ui.visit import Visit

if TYPE_CHECKING:  # as in ``idle``
    from uuid import UUID

    from kiosk.services.ports import Clock


class Notices(QObject):
    """What a screen wants said or done around it.

    Signals:
        toast(str): a short sentence at the lower edge, gone after a few seconds.
        staff_wanted: the person asks for a member of staff.
        read_aloud(list): sentences to be spoken.
        voice_asked(str): stop, again, quieter or louder (``kiosk.ui.speech.Ask``).
        end_wanted(int): staff want the program to end, with that exit status.
    """

    toast = Signal(str)
    staff_wanted = Signal()
    read_aloud = Signal(list)
    voice_asked = Signal(str)
    end_wanted = Signal(int)


@light
class ShellOptions:
    """Settings of the station that the shell needs.

    Attributes:
        idle_limit_s: seconds without activity until the warning (≥ 60).
        idle_warning_s: seconds that the warning stays.
        guard_ms: touches are ignored that long after a change of screens.
        language: what a new visit begins in.
        burst: how the code scanner is known.
        kiosk_mode: full screen, no cursor, no way out without staff.
    """

    idle_limit_s: int = DEFAULT_LIMIT_S
    idle_warning_s: int = WARNING_S
    guard_ms: int = GUARD_MS
    language: str = FIRST_LANGUAGE
    burst: BurstRules = field(default_factory=BurstRules)
    kiosk_mode: bool = False


@light
class UiContext:
    """The shell's side of a screen.

    Attributes:
        services: the use cases. Its type is the composition root's affair; screens of one room narrow it.
        strings: the words.
        theme: colours, sizes, fonts.
        tasks: the lanes (screens use their own ``submit``, ``query`` and ``outside``).
        navigator: moves between screens, visits, staff.
        notices: toasts, calling staff, reading aloud.
        clock: wall time and steady time.
        gate: the input filter (for holding touches while something is saved).
        call: the call for staff that stands, if any.
        options: settings of the station.
    """

    services: Any
    strings: Strings
    theme: Theme
    tasks: Tasks
    navigator: Navigator
    notices: Notices
    clock: Clock
    gate: InputGate
    call: StaffCall
    options: ShellOptions

    @property
    def visit(self) -> Visit:
        """The visit that goes on; asking for it begins one when nobody was there."""
        return self.navigator.visit


def make_context(
    *,
    services: Any,  # noqa: ANN401 - see UiContext
    strings: Strings,
    theme: Theme,
    clock: Clock,
    new_id: Callable[[], UUID],
    options: ShellOptions | None = None,
    state: AppState | None = None,
) -> UiContext:
    """Put the shell's parts together. Nothing is started.

    Args:
        services: the use cases, as the screens know them.
        strings: the words.
        theme: the look.
        clock: wall time and steady time.
        new_id: makes visit ids.
        options: settings of the station.
        state: where to begin; default: configured, nobody there.
    """
    options = options or ShellOptions()
    idle = IdleMonitor(clock, limit_s=options.idle_limit_s, warning_s=options.idle_warning_s)
    return UiContext(
        services=services,
        strings=strings,
        theme=theme,
        tasks=Tasks(),
        navigator=Navigator(clock, new_id, state=state),
        notices=Notices(),
        clock=clock,
        gate=InputGate(Scanner(options.burst), idle, guard_ms=options.guard_ms),
        call=StaffCall(clock),
        options=options,
    )
