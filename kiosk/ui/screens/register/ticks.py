"""A question of the registration that is answered by ticking any of a few tiles."""

from collections.abc import Hashable, Iterable, Sequence
from typing import Any, ClassVar

from PySide6.QtCore import Slot

from kiosk.domain.refusal import Refusal
from kiosk.ui.components.choice_page import BigChoices
from kiosk.ui.context import UiContext
from kiosk.ui.screens.register.step import RegisterStep
from kiosk.ui.widgets.choices import Option


class TicksStep(RegisterStep):
    """One question, any number of answers: so the way on is a touch of its own.

    A subclass says its ``options``, which of them are ``chosen``, and what the form is told (``said``).
    """

    #: Columns upright and across.
    columns: ClassVar[tuple[int, int]] = (2, 3)

    def __init__(self, ctx: UiContext) -> None:
        super().__init__(ctx)
        upright, across = self.columns
        self._grid = BigChoices(self.theme, several=True, upright=upright, across=across)
        self._grid.changed.connect(self._touched)
        self.body.addWidget(self._grid, 1)
        self.action("common.next", self._on, icon_name="right")

    def arrange(self, *, portrait: bool) -> None:
        """Fewer columns upright."""
        self._grid.arrange(portrait=portrait)

    def retranslate(self) -> None:
        """Words in."""
        super().retranslate()
        self._grid.set_options(self.options())

    def show_form(self, form: Any) -> None:  # noqa: ANN401 - the form of ``draft_kind``
        """What was said before."""
        self._grid.choose(*self.chosen(form))

    def options(self) -> Iterable[Option]:
        """The tiles."""
        raise NotImplementedError  # each page has its own; not by abc: Qt's classes have another metaclass

    def chosen(self, form: Any) -> Iterable[Hashable]:  # noqa: ANN401 - the form of ``draft_kind``
        """The values that are ticked in a form."""
        raise NotImplementedError  # each page has its own; not by abc: Qt's classes have another metaclass

    def said(self, values: Sequence[Hashable]) -> dict[str, Any]:
        """What the ticked values mean for the form."""
        raise NotImplementedError  # each page has its own; not by abc: Qt's classes have another metaclass

    def missing(self) -> Refusal | None:
        """Why nobody goes on from here yet; None when they may."""
        return None

    @Slot()
    def _touched(self) -> None:
        self.keep(**self.said(self._grid.values))

    @Slot()
    def _on(self) -> None:
        self.clear_errors()
        refusal = self.missing()
        if refusal is not None:
            self.refused(refusal)
        else:
            self.go_on()
