"""``gig-kiosk staff-pin NUMBER``: a new PIN when nobody who works here can sign in any more.

Only for whoever may read the database's key on this machine; a colleague gives a new PIN at the screen.
"""

from collections.abc import Callable

from kiosk.bootstrap.instance import InstanceLock
from kiosk.bootstrap.kiosk import Kiosk, Outside
from kiosk.domain.refusal import Refusal
from kiosk.settings import Settings
from kiosk.ui.strings import Strings

Ask = Callable[[str], str]
Say = Callable[[str], None]


def staff_pin(settings: Settings, outside: Outside, number: int, ask: Ask, say: Say) -> int:
    """Ask for the PIN twice and set it, while no kiosk runs on this data.

    Args:
        settings: where the data is.
        outside: clock and dice.
        number: the staff number.
        ask: reads a line that is not shown.
        say: a line to whoever started the program.

    Returns:
        0 when it is set, else 1.

    Raises:
        DeviceFault: a kiosk runs, or the database or its key cannot be used.
    """
    strings = Strings(settings.language)
    lock = InstanceLock(settings.data_dir)
    lock.take()
    kiosk = Kiosk(settings, outside, strings)
    try:
        kiosk.open()
        if kiosk.config is None:
            say(strings.text("refusal.staff_unknown"))
            return 1
        words = [ask(strings.text(f"members.{key}") + ": ") for key in ("pin", "pin_again")]
        member = kiosk.services().members.rescue(number, *words)
        say(strings.text("members.pin_saved", name=member.name))
    except Refusal as refusal:
        say(strings.refusal(refusal))
        return 1
    finally:
        kiosk.close()
        lock.free()
    return 0
