"""Pictures of every stop of the tour: ``python -m tests.e2e.shots --out DIR [--quick] [--looks TEXT] [--only TEXT]``.

One PNG a stop and variant, ``<stop>-<orientation>-<size>-<language>.png``, and a contact sheet a variant,
``contact-<orientation>-<size>-<language>.jpg``. The window is turned and dressed at each stop, so the kiosk is walked
through once. Pictures are packed by a second thread, while the next one is made.
"""

import argparse
import os
import sys
import time
from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("QT_LOGGING_RULES", "qt.qpa.*=false")

from PIL import Image, ImageDraw, ImageFont
from PySide6.QtCore import Qt, qInstallMessageHandler
from PySide6.QtGui import QImage

from kiosk.bootstrap.window import make_application
from kiosk.fonts import main_font
from kiosk.ui.preferences import DEFAULT_SIZE, TextSize
from tests.e2e.booklet import ORDER
from tests.e2e.stage import LANDSCAPE, PORTRAIT, Look
from tests.e2e.tour import Stop, tour

#: 大字 is what everybody meets; in file names it is the normal size.
SIZES = {TextSize.STANDARD: "standard", DEFAULT_SIZE: "normal", TextSize.HUGE: "huge"}
LANGUAGES = {"zh_CN": "zh", "en": "en"}
#: Thumbnails of the contact sheets: width, and how many in a row.
SHEETS = {"portrait": (240, 10), "landscape": (400, 6)}
MARGIN, CAPTION, CAPTION_PX = 12, 26, 16
REGULAR = 400
PAPER, INK = "#ffffff", "#303030"


@dataclass(frozen=True, slots=True)
class Variant:
    """One way to look at every stop."""

    orientation: str
    look: Look

    @property
    def name(self) -> str:
        """``portrait-normal-zh``."""
        contrast = "-contrast" if self.look.contrast else ""
        return f"{self.orientation}-{SIZES[self.look.text]}-{LANGUAGES[self.look.language]}{contrast}"


def variants(*, quick: bool = False, looks: str = "") -> list[Variant]:
    """Ways to look, ordered so that neighbours differ in as little as possible.

    Args:
        quick: only two.
        looks: part of their names: any of the 24 with it (``standard``, ``huge-zh-contrast``). Else the usual eight.
    """
    every = [
        Variant(orientation, Look(size=size, text=text, language=language, contrast=contrast))
        for orientation, size in (("portrait", PORTRAIT), ("landscape", LANDSCAPE))
        for text in SIZES
        for language in LANGUAGES
        for contrast in (False, True)
    ]
    if looks:
        return [each for each in every if looks in each.name]
    usual = [each for each in every if not each.look.contrast and each.look.text is not TextSize.STANDARD]
    return [each for each in usual if each.name.endswith("-normal-zh")] if quick else usual


class Album:
    """Takes pictures, keeps thumbnails, and makes the contact sheets in the end."""

    def __init__(self, folder: Path, chosen: Sequence[Variant]) -> None:
        self._folder = folder
        self._chosen = chosen
        self._thumbnails: dict[str, list[tuple[str, Image.Image]]] = {each.name: [] for each in chosen}
        self._packer = ThreadPoolExecutor(max_workers=1)
        self._packed: list[Future[None]] = []
        folder.mkdir(parents=True, exist_ok=True)

    def take(self, stop: Stop) -> None:
        """One picture in each variant."""
        for variant in self._chosen:
            stop.stage.dress(variant.look)
            stop.again()
            stop.stage.rest()
            picture = stop.shell.grab().toImage()
            self._keep_small(stop.name, variant, picture)
            self._packed.append(
                self._packer.submit(_save, picture, self._folder / f"{stop.name}-{variant.name}.png")
            )

    def finish(self) -> list[Path]:
        """Wait for the last picture and lay out the contact sheets."""
        for packed in self._packed:
            packed.result()
        self._packer.shutdown()
        names = [name for name, _ in self._thumbnails[self._chosen[0].name]]
        (self._folder / ORDER).write_text("\n".join(names) + "\n", encoding="utf-8")
        return [self._sheet(variant) for variant in self._chosen]

    def _keep_small(self, name: str, variant: Variant, picture: QImage) -> None:
        width, _ = SHEETS[variant.orientation]
        small = picture.scaledToWidth(width, Qt.TransformationMode.SmoothTransformation)
        small = small.convertToFormat(QImage.Format.Format_RGB888)
        image = Image.frombytes(
            "RGB",
            (small.width(), small.height()),
            bytes(small.constBits()),
            "raw",
            "RGB",
            small.bytesPerLine(),
        )
        self._thumbnails[variant.name].append((name, image))

    def _sheet(self, variant: Variant) -> Path:
        width, columns = SHEETS[variant.orientation]
        shown = self._thumbnails[variant.name]
        height = shown[0][1].height + CAPTION
        rows = -(-len(shown) // columns)
        sheet = Image.new(
            "RGB",
            (columns * (width + MARGIN) + MARGIN, rows * (height + MARGIN) + MARGIN),
            PAPER,
        )
        pen = ImageDraw.Draw(sheet)
        font = ImageFont.truetype(str(main_font()), CAPTION_PX)
        font.set_variation_by_axes([REGULAR])
        for at, (name, image) in enumerate(shown):
            x = MARGIN + at % columns * (width + MARGIN)
            y = MARGIN + at // columns * (height + MARGIN)
            pen.text((x, y), name, fill=INK, font=font)
            sheet.paste(image, (x, y + CAPTION))
        path = self._folder / f"contact-{variant.name}.jpg"
        sheet.save(path, quality=82, optimize=True)
        return path


def _save(picture: QImage, path: Path) -> None:
    if not picture.save(str(path)):
        message = f"no picture could be saved at {path}"
        raise OSError(message)


def _say(line: str) -> None:
    print(line, flush=True)  # noqa: T201 - progress for the person who started it


def main(arguments: Sequence[str] | None = None) -> int:
    """Take all pictures.

    Returns:
        0 when every walk went to its end.
    """
    parser = argparse.ArgumentParser(prog="python -m tests.e2e.shots")
    parser.add_argument("--out", type=Path, default=Path("shots"), metavar="DIR")
    parser.add_argument("--quick", action="store_true", help="大字 and Chinese only")
    parser.add_argument("--looks", default="", metavar="TEXT", help="only looks whose name has this in it")
    parser.add_argument("--only", default="", metavar="TEXT", help="only stops whose name has this in it")
    options = parser.parse_args(arguments)
    qInstallMessageHandler(lambda *_: None)
    application = make_application(["shots"])
    began = time.monotonic()
    album = Album(options.out, variants(quick=options.quick, looks=options.looks))
    broken: list[str] = []
    count = 0

    def note(walk: str, error: Exception) -> None:
        broken.append(walk)
        _say(f"  {walk} broke off: {error}")

    for stop in tour(broken=note):
        if options.only in stop.name:
            album.take(stop)
            count += 1
            _say(f"{time.monotonic() - began:6.1f} s  {count:3}  {stop.name}")
    for sheet in album.finish() if count else []:
        _say(str(sheet))
    _say(f"{count} stops in {time.monotonic() - began:.0f} s" + (f", broken: {broken}" if broken else ""))
    del application
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
