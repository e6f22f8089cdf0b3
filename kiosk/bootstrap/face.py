"""What the first page needs, remembered beside the database: so it is on the screen before the database is open.

The station's name, its screen, the trades' tiles and the words, as they were when the kiosk was last open. Nothing in
it is about people, and nothing is decided by it: when the database says otherwise, the window is made anew.
"""

from __future__ import annotations

import logging
import os
from pathlib import Path
from typing import TYPE_CHECKING

from kiosk import __version__
from kiosk.assets import asset_path
from kiosk.light import light

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kiosk.services.catalogue import Catalogue
    from kiosk.services.station_config import StationConfig
    from kiosk.ui.strings import Catalogues

log = logging.getLogger(__name__)

FILE_NAME = "first_page.dat"
_MADE_OF = (("strings", "zh_CN"), ("strings", "en"), ("reference",))
#: ASCII's own separators, which no sentence has in it: reading is three splits, where JSON's module alone takes 4 ms.
GROUP, RECORD, UNIT = "\x1d", "\x1e", "\x1f"


@light
class Tile:
    """One category of trades."""

    code: str
    name: str
    name_en: str
    icon: str


@light
class Face:
    """What the first page shows.

    Attributes:
        name: of the station.
        idle_seconds, panel_inch: of the station.
        tiles: categories of trades, in their order.
        words: the sentences of every language.
    """

    name: str
    idle_seconds: int
    panel_inch: float
    tiles: tuple[Tile, ...]
    words: Catalogues


def face_of(config: StationConfig, catalogue: Catalogue, words: Catalogues) -> Face:
    """What is to be remembered of an open kiosk."""
    tiles = tuple(Tile(each.code, each.name, each.name_en, each.icon) for each in catalogue.categories())
    return Face(config.name, config.idle_seconds, config.panel_inch, tiles, words)


def read_face(data_dir: Path) -> Face | None:
    """What was remembered; None when there is nothing, or when program, words or trades are others now."""
    try:
        text = (data_dir / FILE_NAME).read_text(encoding="utf-8")
        stamp, station, tiles, *words, end = text.split(GROUP)
        database, name, idle_seconds, panel_inch = station.split(UNIT)
        if end or stamp != _stamp() or not (data_dir / database).is_file():
            return None
        return Face(
            name,
            int(idle_seconds),
            float(panel_inch),
            tuple(Tile(*each.split(UNIT)) for each in tiles.split(RECORD)),
            dict(_language(*each.split(RECORD)) for each in words),
        )
    except (OSError, ValueError, TypeError):
        return None  # it is only a shortcut: the kiosk opens its database first, as it did the first time


def _language(language: str, sentences: str) -> tuple[str, dict[str, str]]:
    """Keys and sentences by turns: three thousand of them are read at every start, in one go."""
    told = sentences.split(UNIT)
    return language, dict(zip(told[::2], told[1::2], strict=True))


def write_face(data_dir: Path, database: str, face: Face) -> None:
    """Remember it, unless that is done already. A full disk is no reason to stop: the next start takes longer."""
    if read_face(data_dir) == face:
        return
    station = UNIT.join((database, face.name, str(face.idle_seconds), repr(face.panel_inch)))
    tiles = RECORD.join(UNIT.join((each.code, each.name, each.name_en, each.icon)) for each in face.tiles)
    words = (
        RECORD.join((language, UNIT.join(told for pair in sentences.items() for told in pair)))
        for language, sentences in face.words.items()
    )
    beside = data_dir / f".{FILE_NAME}"
    try:
        beside.write_text(GROUP.join((_stamp(), station, tiles, *words, "")), encoding="utf-8")
        beside.replace(data_dir / FILE_NAME)
    except OSError as error:
        log.warning("the first page is not remembered: %s", error.strerror)


def _stamp() -> str:
    """Of what the face was made of: another version, or a file that was written since, makes it worthless.

    The time of the last change of the file's entry is in it, which nobody can set back, as unpacking does with the
    time of writing.
    """
    stamp = [__version__]
    for folder in _MADE_OF:
        with os.scandir(asset_path(*folder)) as entries:
            stamp += sorted(f"{each.name} {_seen(each.stat())}" for each in entries)
    return "\n".join(stamp)


def _seen(status: os.stat_result) -> str:
    return f"{status.st_size} {status.st_mtime_ns} {status.st_ctime_ns}"


class EarlyCatalogue:
    """The part of ``kiosk.services.catalogue.Catalogue`` that the early pages ask: categories and their names."""

    def __init__(self, tiles: tuple[Tile, ...]) -> None:
        self._tiles = tiles
        self._named: Mapping[str, Tile] = {each.code: each for each in tiles}

    def categories(self) -> tuple[Tile, ...]:
        """Categories in their order."""
        return self._tiles

    def trade_name(self, code: str, language: str) -> str:
        """What a category is called; the code itself when it is not known here."""
        tile = self._named.get(code)
        if tile is None:
            return code
        return tile.name_en if language == "en" else tile.name
