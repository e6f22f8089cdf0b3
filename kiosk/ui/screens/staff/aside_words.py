"""Operations that are not settled, in the words of staff."""

from datetime import datetime

from kiosk.services.set_aside import Aside
from kiosk.ui.strings import Strings


def kind(strings: Strings, aside: Aside) -> str:
    """What was done."""
    return strings.plain(f"aside.kind.{aside.kind.replace('.', '_')}", "aside.kind.unknown")


def title(strings: Strings, aside: Aside) -> str:
    """What was done, and whose record it is."""
    if not aside.whose:
        return strings.text("aside.row_nameless", kind=kind(strings, aside))
    return strings.text("aside.row", kind=kind(strings, aside), whose=aside.whose)


def why(strings: Strings, aside: Aside) -> str:
    """The city's reason, without its full stop: it stands inside other sentences."""
    return strings.plain(aside.reason, "aside.other_reason").rstrip("。.")


def state(strings: Strings, aside: Aside) -> str:
    """Where it stands, and what is decided about it."""
    if aside.decision:
        return strings.text(f"aside.decided_{aside.decision}")
    return strings.text("aside.state_rejected" if aside.rejected else "aside.state_waits")


def moment(strings: Strings, at: datetime) -> str:
    """A day and a time."""
    return f"{strings.date(at)} {strings.time(at)}"
