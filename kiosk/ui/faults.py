"""What the fault screen says about a failed device or a bug."""

from kiosk.services.faults import DeviceFault
from kiosk.ui.bugs import Bug
from kiosk.ui.route import Fault


def device_fault(error: DeviceFault, saved: str = "fault.saved") -> Fault:
    """A device failed in a way we know; ``saved`` says what became of the work so far."""
    return Fault(
        key=error.key,
        what_to_do=error.what_to_do,
        code=error.code,
        params=tuple(error.params.items()),
        saved=saved,
        retry=error.retry,
    )


def bug_fault(bug: Bug) -> Fault:
    """Something failed in a way we do not know."""
    return Fault(key="fault.bug", what_to_do="fault.bug_do", code=bug.code, saved="fault.saved")


def restarted_fault() -> Fault:
    """The program broke off and has come back by itself."""
    return Fault(
        title="fault.restarted_title",
        key="fault.restarted",
        what_to_do="fault.restarted_do",
        saved="fault.restarted_saved",
        code="K-01",
    )
