"""您是宋**吗？ Asked once when somebody goes on from the first page, and something of a visit stands."""

from typing import Any

from PySide6.QtCore import Slot

from kiosk.ui.components.page import Page
from kiosk.ui.context import UiContext
from kiosk.ui.screens.welcome.standing import Standing, StillYouParams, begin, standing, whose
from kiosk.ui.theme import Role
from kiosk.ui.widgets.buttons import BigButton, Kind
from kiosk.ui.widgets.grid import TileGrid

MOST_MM = 120.0


class StillYouScreen(Page):
    """还是您吗."""

    name = "still_you"

    def __init__(self, ctx: UiContext) -> None:
        super().__init__(ctx)
        self._params: StillYouParams | None = None
        self._stands: Standing | None = None
        self._whose = ""
        # Neither stands out: a colour would be the answer of everybody who does not read.
        self._yes = BigButton(self.theme, Kind.PLAIN, icon_name="check", upright=True, role=Role.FACT)
        self._no = BigButton(self.theme, Kind.PLAIN, icon_name="cross", upright=True, role=Role.FACT)
        self._yes.clicked.connect(self._same)
        self._no.clicked.connect(self._other)
        self._tiles = TileGrid(self.theme, 1, most_mm=MOST_MM)
        self._tiles.set_tiles([self._yes, self._no])
        self.body.addWidget(self._tiles, 1)

    @property
    def confirms_below(self) -> bool:
        """A finger that comes down twice on the first page answers nothing."""
        return True

    def enter(self, params: Any) -> None:  # noqa: ANN401 - StillYouParams
        """Say whose it is."""
        self._params = params if isinstance(params, StillYouParams) else None
        self._stands, self._whose = standing(self.ctx), ""
        self._say("")
        stands, services = self._stands, self.ctx.services
        if stands is not None:
            self.query("whose", lambda: whose(services, stands), self._found)

    def arrange(self, *, portrait: bool) -> None:
        """Below each other upright, side by side across."""
        self._tiles.set_columns(1 if portrait else 2)

    def retranslate(self) -> None:
        """Words in."""
        super().retranslate()
        self._yes.say(self.text("still_you.yes"), self.text("still_you.yes_note"))
        self._no.say(self.text("still_you.no"), self.text("still_you.no_note"))
        self._show()

    def wipe(self) -> None:
        """Forget whose it was, and where somebody wanted to go."""
        super().wipe()
        self._params, self._stands, self._whose = None, None, ""
        self._say("")

    def _found(self, name: str) -> None:
        self._whose = name
        self._show()

    def _show(self) -> None:
        stands = self._stands
        if stands is None:
            return
        what = self.text(f"still_you.what.{stands.form}") if stands.form else ""
        said = self.text("still_you.who", who=self._whose) if self._whose else self.text("still_you.somebody")
        self._say(said, self.text("standing.form", what=what) if what else self.text("still_you.note"))

    def _say(self, question: str, what: str = "") -> None:
        for text, words in ((self.title, question), (self.hint, what)):
            text.setText(words)
            text.setVisible(bool(words))

    @Slot()
    def _same(self) -> None:
        """Everything is as they left it."""
        params = self._params
        if params is not None:
            begin(self.ctx, params.page)
            self.ctx.navigator.swap(params.page, params.params)

    @Slot()
    def _other(self) -> None:
        """Nothing of the one before is left, and the way goes on from there."""
        params, navigator = self._params, self.ctx.navigator
        navigator.end_visit()
        if params is not None:
            navigator.show(params.page, params.params)
