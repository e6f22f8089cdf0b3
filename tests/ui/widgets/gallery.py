"""Every widget on one sheet, as pictures: for looking at, not for asserting.

``python -m tests.ui.widgets.gallery OUT`` writes a PNG for each text size, contrast, orientation and language.
"""

import os
import sys
from dataclasses import dataclass
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QHBoxLayout, QVBoxLayout, QWidget

from kiosk.ui.input.wish import InputWish
from kiosk.ui.preferences import TextSize
from kiosk.ui.theme import Role, Theme, load_fonts, load_more_fonts
from kiosk.ui.widgets.buttons import BigButton, Kind
from kiosk.ui.widgets.choices import ChoiceGrid, Option
from kiosk.ui.widgets.clocks import TimePicker
from kiosk.ui.widgets.countdown import CountdownRing
from kiosk.ui.widgets.facts import Facts
from kiosk.ui.widgets.fields import Field
from kiosk.ui.widgets.frames import Banner, Card
from kiosk.ui.widgets.numbers import NumberField, phone_echo
from kiosk.ui.widgets.paged import PagedGrid
from kiosk.ui.widgets.pager import Pager
from kiosk.ui.widgets.picture import QrView
from kiosk.ui.widgets.states import PlaceNote
from kiosk.ui.widgets.stepper import Stepper
from kiosk.ui.widgets.steps import StepHeader
from kiosk.ui.widgets.text import Text

PORTRAIT, LANDSCAPE = QSize(1080, 1920), QSize(1920, 1080)
TRADES = (
    ("trades/jz", "建筑装修", "Building and decoration"),
    ("trades/by", "搬运装卸", "Loading and moving"),
    ("trades/jzfw", "家政服务", "Home services"),
    ("trades/cy", "餐饮服务", "Kitchen and restaurants"),
    ("trades/nyg", "农业果园", "Farms and orchards"),
    ("trades/hy", "渔业水产", "Fishing and sea food"),
    ("trades/sc", "工厂短工", "Factory shifts"),
    ("trades/sy", "商超促销", "Shops and promotion"),
    ("trades/jt", "开车配送", "Driving and delivery"),
    ("trades/aq", "保安保洁", "Guards and cleaning"),
    ("trades/qt", "其他零活", "Other work"),
    ("all", "全部工种", "All trades"),
)


class Words:
    """Chinese or English."""

    def __init__(self, *, english: bool) -> None:
        self.english = english

    def __call__(self, chinese: str, english: str) -> str:
        return english if self.english else chinese


class Sheet(QWidget):
    """A page of widgets, as a screen would place them."""

    def __init__(self, theme: Theme, words: Words) -> None:
        super().__init__()
        self.theme, self.words = theme, words
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(*(theme.px(8),) * 4)
        self.column.setSpacing(theme.px(5))
        self.focus: QWidget = self
        self.fill()
        self.setAutoFillBackground(True)
        palette = self.palette()
        palette.setColor(self.backgroundRole(), theme.colour("paper"))
        self.setPalette(palette)

    def fill(self) -> None:
        raise NotImplementedError

    def row(self, *widgets: QWidget) -> None:
        row = QHBoxLayout()
        row.setSpacing(self.theme.px(5))
        for widget in widgets:
            row.addWidget(widget, 1)
        self.column.addLayout(row)

    def button(self, kind: Kind, chinese: str, english: str, icon_name: str = "", note: str = "", **more):
        button = BigButton(self.theme, kind, icon_name=icon_name, **more)
        button.say(self.words(chinese, english), note)
        return button


class Buttons(Sheet):
    """All kinds of buttons, choices and banners."""

    def fill(self) -> None:
        w, theme = self.words, self.theme
        header = StepHeader(theme)
        header.say(w("什么时候干活？", "When is the work?"), w("第 2 步，共 5 步", "Step 2 of 5"), 2, 5)
        self.column.addWidget(header)
        self.row(
            self.button(Kind.ACTION, "我要去", "I will go", "check"),
            self.button(Kind.PRIMARY, "打印凭条", "Print the slip", "printer"),
        )
        pressed = self.button(Kind.ACTION, "按下", "Pressed", "check")
        pressed.setDown(True)
        focused = self.button(Kind.PLAIN, "读给我听", "Read aloud", "voice")
        off = self.button(Kind.PLAIN, "上一页", "Previous page", "left")
        off.setEnabled(False)
        self.row(pressed, focused, off)
        self.row(
            self.button(Kind.DANGER, "取消这次上岗", "Cancel this placement", "cross"),
            self.button(Kind.QUIET, "叫工作人员", "Call staff", "staff"),
        )
        days = ChoiceGrid(theme, 4)
        names = (("今天", "Today"), ("明天", "Tomorrow"), ("后天", "In two days"), ("周三", "Wednesday"))
        days.set_options(
            Option(value=at, text=w(*name), note=w(f"11月{22 + at}日", f"{22 + at} November"))
            for at, name in enumerate(names)
        )
        days.choose(1)
        self.column.addWidget(days)
        for tone, sentence in (
            ("info", w("这里的服务都免费", "Every service here is free of charge")),
            ("warn", w("每周超过 24 小时，按劳动合同办", "More than 24 hours a week is a labour contract")),
            (
                "error",
                w("工资低于最低标准：每小时至少 21 元", "Pay is below the minimum: at least 21 yuan an hour"),
            ),
            ("good", w("登记好了，凭条正在打印", "You are registered; the slip is being printed")),
        ):
            banner = Banner(theme, tone)
            banner.say(sentence)
            self.column.addWidget(banner)
        pager = Pager(theme)
        pager.say(w("上一页", "Previous"), w("下一页", "Next"))
        pager.set_place("2/7", has_back=True, has_on=True)
        self.column.addWidget(pager)
        self.column.addStretch(1)
        self.focus = focused


class Forms(Sheet):
    """Fields, steppers, times."""

    def fill(self) -> None:
        w, theme = self.words, self.theme
        name = Field(theme, "name", InputWish.NAME)
        name.say(w("姓名", "Name"), w("写身份证上的名字", "As on the identity card"))
        name.set_text("欧阳㙍䶮𬭬𪚥")
        phone = NumberField(theme, "phone", InputWish.PHONE, phone_echo)
        phone.say(w("手机号", "Mobile number"), "")
        phone.set_text("1380000123")
        phone.set_error(w("手机号是 11 位，还差 1 位", "A mobile number has 11 digits; one is missing"))
        self.row(name, phone)
        steps = w("少", "Less"), w("多", "More")
        for word, limits, value in ((("人数", "People"), (1, 200), 12),):
            stepper = Stepper(theme, "headcount", *limits)
            stepper.say("-", "+", lambda n: w(f"{n} 人", f"{n} people"), shown=steps)
            stepper.set_value(value)
            label = Text(theme, Role.BODY, tone="soft", bold=True)
            label.setText(w(*word))
            self.column.addWidget(label)
            self.column.addWidget(stepper)
        picker = TimePicker(theme, "start")
        picker.say(
            ((at, f"{at // 60:02d}:{at % 60:02d}") for at in (330, 360, 390, 420, 450, 480, 510, 540)),
            "-",
            "+",
            lambda n: w(f"{n} 点", f"{n} h"),
            lambda n: w(f"{n:02d} 分", f"{n:02d} min"),
            shown=steps,
        )
        picker.set_minute(390)
        self.column.addWidget(picker)
        card = Card(theme)
        inside = QVBoxLayout(card)
        inside.setContentsMargins(*(theme.px(5),) * 4)
        facts = Facts(theme)
        facts.show_rows(
            (
                (w("工钱", "Pay"), w("280 元/天 · 当日结清", "280 yuan a day, settled the same day")),
                (
                    w("地点", "Place"),
                    w(
                        "威海市环翠区张村镇昌华路 86 号后院",
                        "Back yard, 86 Changhua Road, Zhangcun, Huancui, Weihai",
                    ),
                ),
                (w("时间", "When"), w("明天 11月23日 周一 05:30–17:00", "Tomorrow Mon 23 Nov 05:30–17:00")),
            )
        )
        inside.addWidget(facts)
        self.column.addWidget(card)
        self.column.addStretch(1)


class Tiles(Sheet):
    """Paged tiles."""

    def fill(self) -> None:
        w, theme = self.words, self.theme
        title = Text(theme, Role.FACT, bold=True)
        title.setText(w("找什么活？", "What kind of work?"))
        self.column.addWidget(title)
        grid = PagedGrid(theme, (62, 46), most_columns=4)
        grid.say(w("上一页", "Previous"), w("下一页", "Next"))
        tiles = []
        for at, (name, chinese, english) in enumerate(TRADES):
            tile = self.button(
                Kind.PLAIN, chinese, english, name, w(f"{at * 3} 个活", f"{at * 3} jobs"), upright=True
            )
            tiles.append(tile)
        grid.set_tiles(tiles)
        self.column.addWidget(grid, 1)


class States(Sheet):
    """Notes, countdown, QR."""

    def fill(self) -> None:
        w, theme = self.words, self.theme
        note = PlaceNote(theme, "search")
        note.say(w("今天没有这种活", "No such work today"), w("换个工种看看", "Try another kind of work"))
        ring = CountdownRing(theme)
        ring.show_left(21, 30)
        code = QrView(theme, "qr")
        import qrcode

        matrix = qrcode.QRCode(border=0)
        matrix.add_data("https://example.org/s/AbCdEfGhIjKlMnOpQrStUvWxYz0123456789")
        matrix.make()
        rows = matrix.get_matrix()
        image = QImage(len(rows), len(rows), QImage.Format.Format_RGB32)
        for y, line in enumerate(rows):
            for x, dark in enumerate(line):
                image.setPixelColor(x, y, "black" if dark else "white")
        code.show_image(image)
        self.row(note, ring)
        self.column.addWidget(code, 1)
        fault = PlaceNote(theme, "warning", tone="red")
        fault.say(
            w("打印机没纸了", "The printer is out of paper"), w("请叫工作人员换纸", "Please call staff")
        )
        self.column.addWidget(fault, 1)


SHEETS = (Buttons, Forms, Tiles, States)


@dataclass(frozen=True)
class Look:
    """How a sheet is shown."""

    text: TextSize
    high: bool
    size: QSize
    english: bool

    @property
    def name(self) -> str:
        """For files and test ids."""
        turn = "portrait" if self.size == PORTRAIT else "landscape"
        return f"{turn}-{self.text}{'-bw' * self.high}{'-en' * self.english}"


LOOKS = tuple(
    Look(text, high, size, english)
    for size in (PORTRAIT, LANDSCAPE)
    for text in TextSize
    for high, english in ((False, False), (True, False), (False, True))
)


def dressed(kind: type[Sheet], look: Look) -> Sheet:
    """A sheet of that look, shown."""
    theme = Theme()
    theme.set_look(look.text, high_contrast=look.high)
    sheet = kind(theme, Words(english=look.english))
    sheet.setFont(theme.font(Role.BODY))
    sheet.resize(look.size)
    sheet.show()
    return sheet


def main(out: Path, only: str = "") -> None:
    """Write the pictures whose names contain ``only``."""
    app = QApplication.instance() or QApplication([])
    load_fonts()
    load_more_fonts()
    out.mkdir(parents=True, exist_ok=True)
    for look in LOOKS:
        for kind in SHEETS:
            stem = f"{kind.__name__.lower()}-{look.name}"
            if only not in stem:
                continue
            sheet = dressed(kind, look)
            sheet.activateWindow()
            sheet.focus.setFocus(Qt.FocusReason.TabFocusReason)
            app.processEvents()
            sheet.grab().save(str(out / f"{stem}.png"))
            sheet.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]), *sys.argv[2:3])
