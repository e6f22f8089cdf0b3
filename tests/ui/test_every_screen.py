"""Every screen of the kiosk, looked at with a ruler: the tour, measured in every size, orientation and language.

Every stop is looked at upright and across, in each text size and in both languages; half of these looks in colours, the
other half in black and white, which changes no sizes, and the other way round at the next stop.
``python -m tests.ui.test_every_screen`` tries both everywhere and prints what it finds; with ``--longer``, every look
with texts that are longer by half.
"""

import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import product
from pathlib import Path
from zlib import crc32

import pytest
from PySide6.QtCore import QPoint, QRect
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QLineEdit, QWidget

from kiosk.ui.area import ScreenArea
from kiosk.ui.band import Notice
from kiosk.ui.chrome import BAR_MM, NavRow, StatusRow
from kiosk.ui.components.page import Page
from kiosk.ui.components.veil import Veil
from kiosk.ui.preferences import TextSize
from kiosk.ui.screens import all_screens
from kiosk.ui.theme import Theme
from kiosk.ui.widgets.buttons import BigButton
from kiosk.ui.widgets.fields import Field
from tests.e2e.stage import LANDSCAPE, PORTRAIT, Look
from tests.e2e.tour import Stop, tour
from tests.ui.eyes import access_faults, eye_faults, order_faults, reading_faults
from tests.ui.finger import Watcher
from tests.ui.measure import faults
from tests.ui.stretched import Stretched

LOOKS = tuple(
    Look(size=size, text=text, language=language)
    for size, text, language in product((PORTRAIT, LANDSCAPE), TextSize, ("zh_CN", "en"))
)
TIGHTEST = tuple(Look(size=LANDSCAPE, text=TextSize.HUGE, language=language) for language in ("zh_CN", "en"))
#: The walk with stretched texts tries 特大 in all its looks at every stop, and one of the other looks.
LOOKS_STRETCHED = tuple(look for look in LOOKS if look.text is TextSize.HUGE)
OTHERS_STRETCHED = tuple(look for look in LOOKS if look.text is not TextSize.HUGE)
#: Parts of a fault's sentence that are no fault, and why.
ACCEPTED: dict[str, str] = {}
#: The same where every text is longer by half.
ACCEPTED_STRETCHED: dict[str, str] = {
    "'◀Back": "one of the keys in a row of letters: half more has no place there",
    "'More▶": "the same",
    "staff_devices (landscape, huge, en)": "staff's densest page, six questions: what a printer's tile notes is cut",
}
#: The walks take two minutes on a free machine, more beside others.
pytestmark = pytest.mark.timeout(900)


@dataclass(frozen=True, slots=True)
class Found:
    """What the tour has come by, and what was wrong there."""

    stops: tuple[str, ...]
    screens: frozenset[str]
    faults: tuple[str, ...]
    under_fingers: tuple[str, ...]


def accepted(fault: str) -> bool:
    return any(part in fault for part in ACCEPTED)


def coloured(looks: Sequence[Look], at: int) -> tuple[Look, ...]:
    """The looks, in colours and in black and white by turns; at every second stop the other way round.

    Each stop has both upright and across, in every size and in both languages.
    """
    return tuple(replace(look, contrast=(i // 2 + i + at) % 2 == 1) for i, look in enumerate(looks))


def measured(stop: Stop, looks: tuple[Look, ...], *, longer: bool = False) -> Iterator[str]:
    """The faults of one stop in some looks; ``longer``: its texts are longer than ours."""
    for look in looks:
        stop.stage.dress(look)
        stop.again()
        stop.stage.rest()
        screen, theme = stop.shell.current_screen, stop.shell.ctx.theme
        shape = "portrait" if look.size == PORTRAIT else "landscape"
        bars = [] if not screen.has_bars else [stop.shell.findChild(kind) for kind in (StatusRow, NavRow)]
        marks = [fault for bar in bars for fault in faults(bar, theme)]
        marks += band_faults(stop, theme) if bars and not longer else []
        if stop.stage.dock.isHidden() and screen.visibleRegion().boundingRect().height() < screen.height():
            marks.append(f"{screen.name} is higher than its place")
        marks += eye_faults(stop.shell, theme, longer=longer)
        marks += [*access_faults(stop.shell), *order_faults(screen), *reading_faults(screen)]
        for fault in faults(screen, theme, for_staff=screen.for_staff) + marks:
            if not accepted(fault):
                yield f"{stop.name} ({shape}, {look.text}, {look.language}): {fault}"


def band_faults(stop: Stop, theme: Theme) -> list[str]:
    """The line about the station has two lines at most: else the band takes the page's room."""
    notice = stop.shell.findChild(Notice)
    high = notice.isVisible() and notice.height() > theme.px(BAR_MM) + 1
    return [f"the band is {notice.height()} px high"] if high else []


def under_the_dock(stop: Stop) -> Iterator[str]:
    """Writing, across, in the largest letters: the field and the button that goes on are in sight, whichever field."""
    page, before = stop.shell.current_screen, QApplication.focusWidget()
    fields = [field for field in page.findChildren(Field) if field.isVisible() and field.line.isEnabled()]
    if not isinstance(page, Page) or not fields:
        return
    for look in TIGHTEST:
        stop.stage.dress(look)
        for field in fields:
            yield from written(stop, page, field)
    if before is not None:
        before.setFocus()
        stop.stage.rest()


def written(stop: Stop, page: Page, field: Field) -> Iterator[str]:
    """What is out of sight or cut while one field is written in."""
    field.line.setFocus()
    stop.stage.rest()
    ways_on = [each for each in page.foot.findChildren(BigButton) if each.isVisible()]
    for each in (field.line, *ways_on, *([field.message] if field.has_error else ())):
        top = each.mapTo(page, QPoint(0, 0)).y()
        seen_from, seen_to = (page.mapFrom(stop.shell, QPoint(0, y)).y() for y in _screens_place(stop))
        end = page.lifted_over if page.lifted_over and each not in ways_on else seen_to
        if top < seen_from or top + each.height() > end:
            said = each.accessibleName() or each
            yield f"{stop.name}: {said} is out of sight while {field.field_name} is written"
    yield from cut_parts(stop, page)


def cut_parts(stop: Stop, page: Page) -> Iterator[str]:
    """What is seen in part while somebody writes: at the upper edge, or above the lifted way on."""
    for each in page.findChildren(QWidget):
        inside = each is page.foot or page.foot.isAncestorOf(each)
        if inside or not isinstance(each, QAbstractButton | QLabel | QLineEdit) or not each.isVisible():
            continue
        place = QRect(each.mapTo(page, QPoint(0, 0)), each.size())
        if isinstance(each, QLabel) and not each.text():
            continue
        for edge, y in ((page.seen_from, page.seen_from), (page.lifted_over, page.lifted_over - 1)):
            cut = place.top() < edge <= place.bottom()
            if cut and not isinstance(page.childAt(place.center().x(), y), Veil):
                yield f"{stop.name}: {each.accessibleName() or each} is seen in part"


def _screens_place(stop: Stop) -> tuple[int, int]:
    """Where the screens are, between the bar above and the one below, in the window's pixels."""
    area = stop.shell.findChild(ScreenArea)
    return area.y(), area.y() + area.height()


def walk(folder: Path, *, both: bool = False) -> Found:
    """Go everywhere; ``both``: colours and black and white in each look, else in turns."""
    stops, screens, found, hands = [], set(), [], {}
    for at, stop in enumerate(tour(folder, hand=Watcher)):
        hands[id(stop.stage.hand)] = stop.stage.hand
        found += under_the_dock(stop)
        stops.append(stop.name)
        screens.add(stop.screen)
        for turn in (0, 1) if both else (at,):
            found += measured(stop, coloured(LOOKS, turn))
    return Found(
        stops=tuple(stops),
        screens=frozenset(screens),
        faults=tuple(found),
        under_fingers=tuple(fault for hand in hands.values() for fault in hand.faults),
    )


@pytest.fixture(scope="module")
def found(qapp: object, tmp_path_factory: pytest.TempPathFactory) -> Found:
    return walk(tmp_path_factory.mktemp("tour"))


def test_every_screen_is_visited(found: Found) -> None:
    names = {screen.name for configured in (True, False) for screen in all_screens(configured=configured)}
    assert names | {"fault", "idle_warning", "one_moment"} == found.screens


def test_stops_have_names_of_their_own(found: Found) -> None:
    assert len(found.stops) == len(set(found.stops))
    assert len(found.stops) > len(found.screens)


def test_nothing_is_too_small_clipped_pale_nameless_or_too_near(found: Found) -> None:
    assert "\n".join(found.faults) == ""


def test_nothing_that_saves_or_agrees_comes_under_the_finger(found: Found) -> None:
    assert "\n".join(found.under_fingers) == ""


def looks_stretched(name: str) -> tuple[Look, ...]:
    """The looks in which a stop is tried with stretched texts; the same ones whichever stops come before it."""
    turn = crc32(name.encode())
    other = OTHERS_STRETCHED[turn % len(OTHERS_STRETCHED)]
    return coloured((*LOOKS_STRETCHED, other), turn)


def walk_stretched(folder: Path, *, everything: bool = False) -> Iterator[str]:
    """Faults where every text is longer by half; ``everything``: in all looks at each stop."""
    for stop in tour(folder, words=Stretched):
        looks = LOOKS if everything else looks_stretched(stop.name)
        for fault in measured(stop, looks, longer=True):
            if not any(part in fault for part in ACCEPTED_STRETCHED):
                yield fault


if __name__ == "__main__":
    import tempfile

    from kiosk.bootstrap.window import make_application

    application = make_application(["measure"])
    with tempfile.TemporaryDirectory() as name:
        longer = "--longer" in sys.argv
        found_now = (
            walk_stretched(Path(name), everything=True) if longer else walk(Path(name), both=True).faults
        )
        for each in found_now:
            print(each, flush=True)  # noqa: T201 - this is its output
    sys.exit()
