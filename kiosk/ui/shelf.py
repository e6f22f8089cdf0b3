"""The screens themselves: made when they are first wanted, dressed for the present look, wiped when a stay ends."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from kiosk.light import light
from kiosk.ui.area import ScreenArea
from kiosk.ui.context import UiContext
from kiosk.ui.route import ScreenName
from kiosk.ui.screen import Screen


@light
class Dress:
    """What a screen is worded, sized and laid out for. ``look`` is text size and contrast."""

    language: str
    look: object
    portrait: bool


class Shelf:
    """Keeps one of each kind of screen. It knows which have been shown, and what each was last dressed for."""

    def __init__(
        self,
        ctx: UiContext,
        area: ScreenArea,
        kinds: Iterable[type[Screen]],
        more: Callable[[], Iterable[type[Screen]]],
    ) -> None:
        """Take the classes; nothing is made yet.

        Args:
            ctx: handed to every screen.
            area: where they are shown.
            kinds: the classes that are known from the start.
            more: gives the others when one of them is wanted, so that a start need not import them.
        """
        self._ctx = ctx
        self._area = area
        self._kinds: dict[ScreenName, type[Screen]] = {}
        self._more = more
        self._screens: dict[ScreenName, Screen] = {}
        #: Those that were shown since they were last wiped: the others hold nothing of anybody.
        self._used: set[ScreenName] = set()
        self._worn: dict[ScreenName, Dress] = {}
        self.teach(*kinds)

    def teach(self, *kinds: type[Screen]) -> None:
        """More classes."""
        self._kinds.update((kind.name, kind) for kind in kinds)

    def learn(self) -> None:
        """Fetch the classes that a start did without."""
        from kiosk.ui.screens.fault import FaultScreen
        from kiosk.ui.screens.one_moment import OneMomentScreen

        more, self._more = self._more, tuple
        self.teach(FaultScreen, OneMomentScreen, *more())

    def get(self, name: ScreenName) -> Screen:
        """The screen of that name; made now if it has not been."""
        screen = self._screens.get(name)
        if screen is None:
            if name not in self._kinds:
                self.learn()
            screen = self._kinds[name](self._ctx)
            self._screens[name] = screen
            self._area.add(screen)
        return screen

    def unmade(self) -> ScreenName | None:
        """One that has not been made; None when all have."""
        return next((each for each in self._kinds if each not in self._screens), None)

    def flow_of(self, name: ScreenName) -> str:
        """The form that a screen is part of; "" for none."""
        return self._kinds[name].draft_flow if name in self._kinds else ""

    def dress(self, screen: Screen, wanted: Dress) -> None:
        """Words, sizes and layout, only if they are not what they should be already."""
        worn = self._worn.get(screen.name)
        if worn is None or worn.portrait != wanted.portrait:
            screen.arrange(portrait=wanted.portrait)
        if worn is None or worn.look != wanted.look:
            screen.retheme()
        if worn is None or worn.language != wanted.language:
            screen.retranslate()
        self._worn[screen.name] = wanted

    def use(self, name: ScreenName) -> None:
        """A person sees it, and may give it something."""
        self._used.add(name)

    def wipe(self, *, staff_too: bool) -> None:
        """Nothing is left in those that were shown; the console keeps its contents unless it is wiped, too."""
        for name in tuple(self._used):
            screen = self._screens[name]
            if staff_too or not screen.for_staff:
                screen.wipe()
                self._used.discard(name)
