"""Whose flow it is that staff touch: said at the head of every screen of it, with a way to end it at the foot."""

from PySide6.QtCore import QObject, Slot

from kiosk.light import light
from kiosk.ui.chrome import NavRow, StatusRow
from kiosk.ui.navigator import Navigator, Stay
from kiosk.ui.strings import Strings


@light
class OnBehalf:
    """Kept in the visit of a flow on behalf as soon as it is known whose it is."""

    name: str = ""


def note_whose(navigator: Navigator, name: str) -> None:
    """Remember for the head of the next screen whose flow this is; nothing where people stand there themselves."""
    if navigator.stay is Stay.BEHALF and name.strip():
        navigator.visit.keep(OnBehalf(name=" ".join(name.split())))


class BehalfSign(QObject):
    """Keeps the two bars true while staff act for others."""

    def __init__(self, strings: Strings, navigator: Navigator, status: StatusRow, nav: NavRow) -> None:
        super().__init__(nav)
        self._strings = strings
        self._navigator = navigator
        self._status = status
        self._nav = nav
        nav.end_touched.connect(navigator.end_visit)
        strings.language_changed.connect(self.follow)

    @Slot()
    def follow(self) -> None:
        """Say whose flow it is, or nothing."""
        navigator = self._navigator
        behalf = navigator.state.staff is not None and navigator.stay is Stay.BEHALF
        self._nav.set_behalf(on=behalf)
        if not behalf:
            self._status.say_behalf("")
            return
        name = navigator.visit.draft(OnBehalf).name if navigator.visit.has(OnBehalf) else ""
        key = "common.behalf_of" if name else "common.behalf"
        self._status.say_behalf(self._strings.text(key, name=name) if name else self._strings.text(key))
