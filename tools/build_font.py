"""Make ``KioskRareHan.ttf``: the rare characters that can be written at the kiosk and that the typeface lacks.

Needs fonttools, manimgx-fonts-cjk and Debian's fonts-hanazono 20170904; takes a minute::

    .venv/bin/python -m tools.build_font

The characters are those of the input dock's tables (``assets/keyboard``) that Noto Sans CJK SC has not, as far as
Hanazono has them. Hinting is dropped: it is for sizes that nobody here can read.
"""

from pathlib import Path

from fontTools.merge import Merger
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTCollection, TTFont

from kiosk.fonts import main_font

ASSETS = Path(__file__).resolve().parent.parent / "assets"
TABLES = ("rare.tsv", "parts.tsv", "spelled.tsv")
HANAZONO = Path("/usr/share/fonts/truetype/hanazono")
SOURCES = ("HanaMinA.ttf", "HanaMinB.ttf")
FAMILY = "Kiosk Rare Han"
SIMPLIFIED_CHINESE = 2
FIRST_HAN = 0x3400
COPYRIGHT = (
    "Copyright (c) 2011-2017 GlyphWiki Project. A subset of the Hanazono Mincho fonts under the SIL OFL 1.1, "
    "under another name as that licence asks."
)
NAMES = {
    0: COPYRIGHT,
    1: FAMILY,
    2: "Regular",
    3: f"{FAMILY} 20170904",
    4: FAMILY,
    5: "Version 20170904",
    6: "KioskRareHan",
}


def wanted() -> set[int]:
    """Code points that can be written and that the typeface has not."""
    texts = ((ASSETS / "keyboard" / name).read_text(encoding="utf-8") for name in TABLES)
    written = {ord(character) for text in texts for character in text if ord(character) >= FIRST_HAN}
    typeface = TTCollection(main_font(), lazy=True).fonts[SIMPLIFIED_CHINESE]
    return written - set(typeface.getBestCmap())


def part(source: Path, characters: set[int], target: Path) -> set[int]:
    """Write the part of a font that has these characters; returns those it has."""
    font = TTFont(source)
    has = characters & set(font.getBestCmap())
    options = Options(
        hinting=False, glyph_names=False, layout_features=[], name_IDs=["*"], notdef_outline=True
    )
    options.drop_tables += ["GSUB", "GPOS", "vhea", "vmtx", "gasp", "FFTM", "DSIG"]
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=has)
    subsetter.subset(font)
    font.save(target)
    return has


def main() -> None:
    missing = wanted()
    parts = []
    for name in SOURCES:
        target = ASSETS / "fonts" / f"part-{name}"
        missing -= part(HANAZONO / name, missing, target)
        parts.append(target)
    font = Merger().merge([str(path) for path in parts])
    table = font["name"]
    table.names = []
    for number, text in NAMES.items():
        table.setName(text, number, 3, 1, 0x409)
    font.save(ASSETS / "fonts" / "KioskRareHan.ttf")
    for path in parts:
        path.unlink()
    print(f"{len(font.getBestCmap())} characters; {len(missing)} are in no source")


if __name__ == "__main__":
    main()
