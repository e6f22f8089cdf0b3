"""Which screen is shown: a pure function of the shell's state, with ordered guards.

fault → staff → first set-up → visit → welcome. While the database is being opened, a page that cannot be without it
is stood in for by ``one_moment``; it comes by itself. What stands first wins over everything after it; what stands
behind is kept as it was and comes back when the guard lets go.
"""

from collections.abc import Collection
from typing import Any

from kiosk.light import field, light, replace

ScreenName = str

FAULT: ScreenName = "fault"
STAFF: ScreenName = "staff"
SETUP: ScreenName = "setup"
WELCOME: ScreenName = "welcome"
ONE_MOMENT: ScreenName = "one_moment"

#: Pages that are shown before the database is open; what they ask of it comes when it is.
EARLY = frozenset({WELCOME, "trades"})


@light
class Page:
    """A screen and what it is to show.

    Attributes:
        name: the screen.
        params: what its ``enter`` gets; a frozen dataclass of the screen's own, or None.
    """

    name: ScreenName
    params: Any = None


@light
class Trail:
    """The pages that a person went through, the last one on top; the first one is home and never leaves."""

    pages: tuple[Page, ...]

    @property
    def top(self) -> Page:
        """The page to show."""
        return self.pages[-1]

    @property
    def at_home(self) -> bool:
        """Whether there is no way back."""
        return len(self.pages) == 1

    def push(self, page: Page) -> "Trail":
        """One page on. The page that is shown already is replaced instead of piled up."""
        if page.name == self.top.name:
            return self.swap(page)
        return Trail(pages=(*self.pages, page))

    def swap(self, page: Page) -> "Trail":
        """Another page in place of the top one; at home it is put on top instead."""
        if self.at_home:
            return Trail(pages=(*self.pages, page)) if page.name != self.top.name else Trail(pages=(page,))
        return Trail(pages=(*self.pages[:-1], page))

    def back(self) -> "Trail":
        """One page back; home stays home."""
        return self if self.at_home else Trail(pages=self.pages[:-1])

    def without(self, names: Collection[ScreenName]) -> "Trail":
        """As if the person had never been on these pages; home and the page that is shown stay."""
        home, *between = self.pages[:-1] or self.pages
        top = () if self.at_home else self.pages[-1:]
        return Trail(pages=(home, *(page for page in between if page.name not in names), *top))

    def back_to(self, name: ScreenName) -> "Trail":
        """Back to the nearest page of that name; the trail itself if there is none."""
        for last in range(len(self.pages) - 1, -1, -1):
            if self.pages[last].name == name:
                return Trail(pages=self.pages[: last + 1])
        return self

    def home(self) -> "Trail":
        """All the way back."""
        return Trail(pages=self.pages[:1])


def trail(home: ScreenName) -> Trail:
    """A trail that begins at a home page."""
    return Trail(pages=(Page(name=home),))


@light
class Fault:
    """What the fault screen says. Sentences by key.

    Attributes:
        key: one sentence.
        what_to_do: the next sentence.
        code: for staff.
        params: fields of both sentences.
        saved: what is said about the work so far (a key), or None.
        retry: whether the person can try again (a device that may be well now); else staff must.
        title: the largest words.
    """

    key: str
    what_to_do: str = "fault.bug_do"
    code: str = ""
    params: tuple[tuple[str, str | int], ...] = ()
    saved: str | None = None
    retry: bool = False
    title: str = "fault.title"


@light
class StaffStay:
    """A member of staff is signed in.

    Attributes:
        session: who, as the services know it.
        trail: the staff console.
        on_behalf: the flow done for somebody else, on top of the console; None when there is none.
    """

    session: Any
    trail: Trail = field(default_factory=lambda: trail(STAFF))
    on_behalf: Trail | None = None


@light
class AppState:
    """Everything that decides which screen is shown.

    Attributes:
        fault: a device's or the program's fault.
        staff: the staff session.
        configured: whether first set-up is through.
        opened: whether the database is open behind the screen.
        setup: pages of the first set-up.
        visit: pages of the person who stands at the kiosk; None when nobody does.
    """

    fault: Fault | None = None
    staff: StaffStay | None = None
    configured: bool = True
    opened: bool = True
    setup: Trail = field(default_factory=lambda: trail(SETUP))
    visit: Trail | None = None


def active_trail(state: AppState) -> Trail:
    """The trail that ``push`` and ``back`` go along, whether or not a fault stands in front of it."""
    if state.staff is not None:
        return state.staff.on_behalf or state.staff.trail
    if not state.configured:
        return state.setup
    return state.visit or trail(WELCOME)


def route_page(state: AppState) -> Page:
    """The page to show."""
    if state.fault is not None:
        return Page(name=FAULT, params=state.fault)
    page = active_trail(state).top
    return page if state.opened or page.name in EARLY else Page(name=ONE_MOMENT)


def route(state: AppState) -> ScreenName:
    """The screen to show."""
    return route_page(state).name


def with_trail(state: AppState, moved: Trail) -> AppState:
    """The state after the active trail has moved."""
    if state.staff is not None:
        if state.staff.on_behalf is not None:
            return replace(state, staff=replace(state.staff, on_behalf=moved))
        return replace(state, staff=replace(state.staff, trail=moved))
    if not state.configured:
        return replace(state, setup=moved)
    return replace(state, visit=moved)
