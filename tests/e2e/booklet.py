"""The pictures of ``docs/pictures`` out of a folder of shots: ``python -m tests.e2e.booklet SHOTS docs/pictures``.

A contact sheet with one picture of every screen in the order of the tour, the four that tell the story, and the
trades' pictures; small enough to lie in the repository.
"""

import csv
import sys
from collections.abc import Sequence
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QImage, QPainter

from kiosk.assets import asset_path
from kiosk.bootstrap.window import make_application
from kiosk.fonts import main_font
from kiosk.ui.theme import Role, Theme
from kiosk.ui.widgets.icons import paint_picture

VARIANT = "portrait-normal-zh"
#: The four pictures that tell what this is: stops, width, and the strip between them.
STORY = ("welcome", "listings", "applied", "applied-waitlisted")
STORY_WIDTH, STRIP, GROUND = 405, 16, "#d0c8bc"
WIDTH, COLUMNS, GAP, CAPTION, CAPTION_PX = 150, 14, 10, 18, 12
PAPER, INK, WEIGHT = "#ffffff", "#303030", 400
QUALITY, MOST_BYTES = 80, 600_000
ORDER = "order.txt"
TRADE_PX, TRADE_COLUMNS, TRADE_WORD_PX = 120, 11, 15


def save(picture: Image.Image, path: Path) -> None:
    """As JPEG, smaller until it may lie in the repository."""
    for quality in range(QUALITY, 30, -5):
        picture.save(path, quality=quality, optimize=True)
        if path.stat().st_size <= MOST_BYTES:
            return
    raise ValueError(f"{path} is too large")


def small(path: Path, width: int) -> Image.Image:
    """A picture in another width."""
    with Image.open(path) as picture:
        height = round(picture.height * width / picture.width)
        return picture.convert("RGB").resize((width, height), Image.Resampling.LANCZOS)


def contact_sheet(shots: Path) -> Image.Image:
    """One picture of every screen: its first stop on the tour that shows the screen as it mostly is."""
    names = [name for name in (shots / ORDER).read_text(encoding="utf-8").split() if "-" not in name]
    names += ["input-handwriting", "input-pinyin"]
    shown = [(name, small(shots / f"{name}-{VARIANT}.png", WIDTH)) for name in names]
    height = shown[0][1].height + CAPTION + GAP
    rows = -(-len(shown) // COLUMNS)
    sheet = Image.new("RGB", (COLUMNS * (WIDTH + GAP) + GAP, rows * height + GAP), PAPER)
    pen, font = ImageDraw.Draw(sheet), ImageFont.truetype(str(main_font()), CAPTION_PX)
    font.set_variation_by_axes([WEIGHT])
    for at, (name, picture) in enumerate(shown):
        x, y = GAP + at % COLUMNS * (WIDTH + GAP), GAP + at // COLUMNS * height
        pen.text((x, y), name, fill=INK, font=font)
        sheet.paste(picture, (x, y + CAPTION))
    return sheet


def story(shots: Path) -> Image.Image:
    """First page, listings, a promise and a place in the queue, side by side."""
    shown = [small(shots / f"{name}-{VARIANT}.png", STORY_WIDTH) for name in STORY]
    size = (len(shown) * (STORY_WIDTH + STRIP) + STRIP, shown[0].height + 2 * STRIP)
    sheet = Image.new("RGB", size, GROUND)
    for at, picture in enumerate(shown):
        sheet.paste(picture, (STRIP + at * (STORY_WIDTH + STRIP), STRIP))
    return sheet


def trades() -> QImage:
    """Every trade's picture with its name, in the order of the reference data."""
    theme = Theme()
    with asset_path("reference", "trades.csv").open(encoding="utf-8-sig", newline="") as table:
        rows = [(row["icon"], row["name"]) for row in csv.DictReader(table)]
    across = -(-len(rows) // TRADE_COLUMNS)
    sheet = QImage(TRADE_COLUMNS * TRADE_PX, across * (TRADE_PX + CAPTION), QImage.Format.Format_RGB32)
    sheet.fill(theme.colour("paper"))
    painter = QPainter(sheet)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    font = theme.font(Role.SMALL)
    font.setPixelSize(TRADE_WORD_PX)
    for at, (icon_name, name) in enumerate(rows):
        x, y = at % TRADE_COLUMNS * TRADE_PX, at // TRADE_COLUMNS * (TRADE_PX + CAPTION)
        edge = TRADE_PX - 4 * GAP
        paint_picture(painter, theme, QRect(x + 2 * GAP, y + GAP, edge, edge), icon_name)
        painter.setPen(theme.colour("ink"))
        painter.setFont(font)
        place = QRect(x, y + edge + GAP, TRADE_PX, TRADE_PX + CAPTION - edge - GAP)
        painter.drawText(place, int(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignVCenter), name)
    painter.end()
    return sheet


def main(arguments: Sequence[str]) -> int:
    """Make all of them."""
    shots, folder = Path(arguments[0]), Path(arguments[1])
    folder.mkdir(parents=True, exist_ok=True)
    save(contact_sheet(shots), folder / "screens.jpg")
    save(story(shots), folder / "tour.jpg")
    application = make_application(["booklet"])
    trades().save(str(folder / "trades.png"))
    del application
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
