"""A hand that looks, after each touch, at what has come under its finger: would a second touch save or agree?

Nothing has to be flagged for it: a button that was seen to save something in one walk must not come under the finger in
any, unless touches are ignored for long enough. So must none that gives a consent, or is marked as danger.
"""

from PySide6.QtCore import QPoint, QRect

from kiosk.ui.components.agreement import AgreementScreen
from kiosk.ui.components.page import Page
from kiosk.ui.widgets.buttons import BigButton, Kind
from tests.e2e.driver import Driver

Named = tuple[str, str]


class Watcher(Driver):
    """Notes which buttons save, and which came under the finger.

    Attributes:
        saves: screen and word's key of each button whose touch began to save something.
        under: the same of each button that came under the finger unguarded → from which screen.
        sure: those of ``under`` that are known by themselves to save, end or agree.
        seen: screens that a touch has led to.
    """

    def __init__(self, window, **more) -> None:
        super().__init__(window, **more)
        self.saves: set[Named] = set()
        self.under: dict[Named, str] = {}
        self.sure: set[Named] = set()
        self.seen: list[str] = []
        self._held_on: list[str] = []
        self._guards: list[bool] = []
        gate = window.ctx.gate
        hold, guard = gate.hold, gate.guard

        def noting_hold() -> None:
            self._held_on.append(self.screen)
            hold()

        def noting_guard(*, confirms: bool = False) -> None:
            self._guards.append(confirms)
            guard(confirms=confirms)

        gate.hold, gate.guard = noting_hold, noting_guard

    @property
    def faults(self) -> list[str]:
        """Buttons that save or agree, and came under a finger that had just touched something else."""
        return [
            f"{before} → {screen}: {key}"
            for (screen, key), before in self.under.items()
            if (screen, key) in self.saves | self.sure
        ]

    def _touch_point(self, point: QPoint) -> None:
        before, page = self.screen, self.window.current_screen
        pressed = {_key(page, button): button for button in self._at(page, point)}
        self._held_on, self._guards = [], []
        super()._touch_point(point)
        if before in self._held_on:
            self.saves |= {(before, key) for key in pressed}
        self.settle()
        now = self.window.current_screen
        if self.screen != before:
            self.seen.append(self.screen)
        if not isinstance(now, Page) or (self._guards and self._guards[-1]):
            return
        if any(field.isVisible() and not field.text.strip() for field in now.fields.values()):
            return  # a second touch meets a question without an answer
        for button in self._at(now, point):
            key = _key(now, button)
            if button is pressed.get(key):
                continue
            self.under.setdefault((self.screen, key), before)
            if button in now.commits or button.kind is Kind.DANGER or _agrees(now, button):
                self.sure.add((self.screen, key))

    def _at(self, page: object, point: QPoint) -> list[BigButton]:
        if not isinstance(page, Page):
            return []
        return [
            each
            for each in page.findChildren(BigButton)
            if each.isVisible()
            and each.isEnabled()
            and QRect(each.mapTo(self.window, QPoint(0, 0)), each.size()).contains(point)
        ]


def _key(page: object, button: BigButton) -> str:
    keys = [key for each, key, _ in page._buttons if each is button] if isinstance(page, Page) else []
    return keys[0] if keys else button.accessibleName()


def _agrees(page: Page, button: BigButton) -> bool:
    return isinstance(page, AgreementScreen) and _key(page, button) == f"{page.room}.{page.yes_key}"
