"""A kiosk of two screens, for tests of the shell and of the driver."""

from typing import Any

from PySide6.QtWidgets import QCheckBox, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget

from kiosk.domain.refusal import Refusal
from kiosk.ui.context import ShellOptions, UiContext, make_context
from kiosk.ui.route import AppState
from kiosk.ui.screen import Screen
from kiosk.ui.shell import Shell
from kiosk.ui.strings import Strings
from kiosk.ui.theme import Theme
from tests.fakes import CountingIds, FakeClock


class Market:
    """The demo's services: what was saved, and what goes wrong on demand."""

    def __init__(self) -> None:
        self.saved: list[str] = []
        self.raises: Exception | None = None

    def save(self, text: str) -> str:
        if self.raises is not None:
            raise self.raises
        self.saved.append(text)
        return text


class Welcome(Screen):
    """Two ways on and a list."""

    name = "welcome"

    def __init__(self, ctx: UiContext, parent: QWidget | None = None) -> None:
        super().__init__(ctx, parent)
        self.entered: list[Any] = []
        column = QVBoxLayout(self)
        column.addWidget(QLabel("免费 · 不收任何费用", self))
        self.go = QPushButton("找活干", self)
        self.go.clicked.connect(self._go)
        column.addWidget(self.go)
        self.shut = QPushButton("我要招人", self)
        self.shut.setEnabled(False)
        column.addWidget(self.shut)

    def enter(self, params: Any) -> None:
        self.entered.append(params)

    def _go(self) -> None:
        self.ctx.navigator.show("form", 7)


class Form(Screen):
    """A name, a tick, and saving."""

    name = "form"

    def __init__(self, ctx: UiContext, parent: QWidget | None = None) -> None:
        super().__init__(ctx, parent)
        self.calls: list[str] = []
        self.codes: list[str] = []
        self.uses_codes = True
        column = QVBoxLayout(self)
        self.title = QLabel(self)
        self.field = QLineEdit(self)
        self.field.setAccessibleName("name")
        self.phone = QLineEdit(self)
        self.phone.setAccessibleName("phone")
        self.tick = QCheckBox("同意", self)
        self.saved = QLabel(self)
        self.save = QPushButton("保存", self)
        self.save.clicked.connect(self._save)
        for widget in (self.title, self.field, self.phone, self.tick, self.saved, self.save):
            column.addWidget(widget)
        for word in ("甲", "乙"):
            row = QPushButton("选这个", self)
            row.setAccessibleDescription(word)
            row.clicked.connect(lambda _=False, word=word: self.calls.append(f"row {word}"))
            column.addWidget(row)

    def enter(self, params: Any) -> None:
        self.calls.append(f"enter {params}")

    def leave(self) -> None:
        self.calls.append("leave")

    def retranslate(self) -> None:
        self.title.setText(self.text("common.confirm"))

    def retheme(self) -> None:
        self.calls.append("retheme")

    def arrange(self, *, portrait: bool) -> None:
        self.calls.append("portrait" if portrait else "landscape")

    def scanned(self, code: str) -> bool:
        if self.uses_codes:
            self.codes.append(code)
        return self.uses_codes

    def refused(self, refusal: Refusal) -> None:
        self.saved.setText(f"refused {refusal.key}")

    def _save(self) -> None:
        market: Market = self.ctx.services
        text = self.field.text()
        self.submit(lambda: market.save(text), self._done)

    def _done(self, text: str) -> None:
        self.saved.setText(f"已保存 {text}")


class Console(Screen):
    """The staff's first page."""

    name = "staff"
    for_staff = True

    def __init__(self, ctx: UiContext, parent: QWidget | None = None) -> None:
        super().__init__(ctx, parent)
        self.field = QLineEdit(self)
        self.field.setAccessibleName("search")
        QVBoxLayout(self).addWidget(self.field)


def demo_shell(
    clock: FakeClock, *, options: ShellOptions | None = None, state: AppState | None = None
) -> Shell:
    """A shell that is not started yet."""
    ctx = make_context(
        services=Market(),
        strings=Strings(strict=True),
        theme=Theme(),
        clock=clock,
        new_id=CountingIds(),
        options=options or ShellOptions(guard_ms=0),
        state=state,
    )
    shell = Shell(ctx, (Welcome, Form, Console))
    shell.resize(900, 1200)
    return shell
