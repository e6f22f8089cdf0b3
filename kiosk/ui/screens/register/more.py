"""Where you would go, and what else an employer may know. All of it can be left out."""

from typing import ClassVar

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout

from kiosk.services.catalogue import ENGLISH
from kiosk.ui.components.worker_words import WorkForm
from kiosk.ui.context import UiContext
from kiosk.ui.screens.register.step import RegisterStep
from kiosk.ui.theme import Role
from kiosk.ui.widgets.choices import ChoiceGrid, Option, share_rows
from kiosk.ui.widgets.text import Text

#: Yes-or-no answers of the form, and their icons; the words are ``register.<name>``.
ANSWERS = (
    ("night_work", "night"),
    ("needs_lodging", "lodging"),
    ("own_tools", "tools"),
    ("own_vehicle", "drive"),
    ("wants_sms", "sms"),
)
#: How districts and answers share the width.
ACROSS = (4, 3)


class MoreScreen(RegisterStep):
    """愿意去哪里，还有什么要说."""

    name = "register_more"
    title_key = "register.more_title"
    hint_key = "register.more_hint"
    next_screen = "register_summary"
    answers: ClassVar[tuple[tuple[str, str], ...]] = ANSWERS

    def __init__(self, ctx: UiContext) -> None:
        super().__init__(ctx)
        self._where = Text(self.theme, Role.LEAD, bold=True)
        self._districts = ChoiceGrid(self.theme, 2, several=True)
        self._districts.changed.connect(self._districts_touched)
        self._also = Text(self.theme, Role.LEAD, bold=True)
        self._answers = ChoiceGrid(self.theme, 2, several=True)
        self._answers.changed.connect(self._answers_touched)
        self._halves = QBoxLayout(QBoxLayout.Direction.TopToBottom)
        for heading, grid in ((self._where, self._districts), (self._also, self._answers)):
            column = QVBoxLayout()
            column.addWidget(heading)
            column.addWidget(grid, 1)
            self._halves.addLayout(column)
        self.body.addLayout(self._halves, 1)
        self.action("common.next", self._on, icon_name="right")

    def arrange(self, *, portrait: bool) -> None:
        """Below each other, or side by side."""
        way = QBoxLayout.Direction.TopToBottom if portrait else QBoxLayout.Direction.LeftToRight
        self._halves.setDirection(way)
        share_rows(self._halves, self._districts, self._answers, ACROSS)

    def retheme(self) -> None:
        """Sizes."""
        super().retheme()
        self._halves.setSpacing(self.theme.px(6))

    def retranslate(self) -> None:
        """Words in."""
        super().retranslate()
        english = self.ctx.strings.language == ENGLISH
        self._where.setText(self.text("register.districts"))
        self._also.setText(self.text("register.also"))
        self._districts.set_options(
            Option(value=region.code, text=region.name_en if english else region.name)
            for region in self.ctx.services.catalogue.districts()
        )
        self._answers.set_options(
            Option(value=name, text=self.text(f"register.{name}"), icon_name=icon_name)
            for name, icon_name in self.answers
        )
        share_rows(self._halves, self._districts, self._answers, ACROSS)

    def show_form(self, form: WorkForm) -> None:
        """What was said before."""
        self._districts.choose(*form.districts)
        self._answers.choose(*(name for name, _ in self.answers if getattr(form, name)))

    @Slot()
    def _districts_touched(self) -> None:
        self.keep(districts=tuple(str(code) for code in self._districts.values))

    @Slot()
    def _answers_touched(self) -> None:
        self.keep(**{name: name in self._answers.values for name, _ in self.answers})

    @Slot()
    def _on(self) -> None:
        self.go_on()
