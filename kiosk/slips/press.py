"""The press: everything that rendering needs, loaded once, and the way from content to printer dots."""

import threading
from pathlib import Path

from PIL import Image

from kiosk.services.device_ports import Raster
from kiosk.services.slip_content import SlipContent
from kiosk.slips.compose import compose
from kiosk.slips.labels import load_labels
from kiosk.slips.layout import Layout, LayoutError, Paper, load_layout, load_papers
from kiosk.slips.paint import paint
from kiosk.slips.sheet import Sheet
from kiosk.slips.typeface import Typeface

NARROW = 384
WIDE = 576


class SlipPress:
    """Implements ``kiosk.services.device_ports.SlipRenderer``. Safe to use from several threads.

    Args:
        assets: the folder that holds ``slips/`` and ``strings/``.
        face: the type.

    Raises:
        LayoutError: a layout, the papers or a catalogue are missing or wrong (found at start, not at printing).
    """

    def __init__(self, assets: Path, face: Typeface) -> None:
        self._face = face
        # The glyphs are shared pictures, and Pillow works on them without the interpreter's lock: preview and print of
        # the same slip at the same time ended in a segmentation fault.
        self._painting = threading.Lock()
        self._papers: dict[int, Paper] = load_papers(assets / "slips" / "paper.toml")
        self._layouts: dict[str, Layout] = {
            path.stem: load_layout(path)
            for path in sorted((assets / "slips").glob("*.toml"))
            if path.stem != "paper"
        }
        self._labels = {
            path.parent.name: load_labels(path) for path in sorted((assets / "strings").glob("*/slip.toml"))
        }

    @property
    def kinds(self) -> frozenset[str]:
        """The slip kinds that have a layout."""
        return frozenset(self._layouts)

    def sheet(self, slip: SlipContent, width: int) -> Sheet:
        """Compose a slip for a paper of ``width`` dots (384 or 576).

        Raises:
            LayoutError: unknown kind, paper or language, or a code that does not fit.
        """
        try:
            plan, paper, labels = self._layouts[slip.kind], self._papers[width], self._labels[slip.language]
        except KeyError as error:
            message = f"no layout, paper or language: {error}"
            raise LayoutError(message) from error
        return compose(slip, plan, paper, labels, self._face)

    def picture(self, slip: SlipContent, width: int) -> Image.Image:
        """The slip as a 1-bit picture, ink is 0."""
        sheet = self.sheet(slip, width)
        with self._painting:
            return paint(sheet, self._face)

    def render(self, slip: SlipContent, width_px: int) -> Raster:
        """The slip as printer dots."""
        return raster_of(self.picture(slip, width_px))


def raster_of(picture: Image.Image) -> Raster:
    """A 1-bit picture as packed printer dots (ink is 1)."""
    inverted = picture.point(lambda dot: 0 if dot else 255, mode="1")
    return Raster(width_px=picture.width, height_px=picture.height, bits=inverted.tobytes())
