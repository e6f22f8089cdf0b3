"""Font files, without Qt: the typeface of the screen, and what stands in for its missing rare characters.

Noto Sans CJK (variable, SIL OFL) comes in the package ``manimgx-fonts-cjk``; it has 㙍 䶮 𬭬 and all of the table of
general standard characters. Of the supplementary planes' rest (𪚥) only Hanazono has all: Debian's ``fonts-hanazono``.
"""

from importlib.util import find_spec
from pathlib import Path

PACKAGE, COLLECTION = "manimgx_fonts_cjk", "NotoSansCJK-VF.otf.ttc"
#: The family within the collection that has the forms of mainland China.
FAMILY = "Noto Sans CJK SC"
FALLBACK_FAMILIES = ("HanaMinA", "HanaMinB", "SimSun-ExtB")
FALLBACKS = (
    Path("/usr/share/fonts/truetype/hanazono/HanaMinA.ttf"),
    Path("/usr/share/fonts/truetype/hanazono/HanaMinB.ttf"),
    Path("C:/Windows/Fonts/simsunb.ttf"),
)


def main_font() -> Path:
    """The variable collection.

    Raises:
        FileNotFoundError: the font package is not installed.
    """
    spec = find_spec(PACKAGE)
    path = Path(spec.origin).parent / COLLECTION if spec is not None and spec.origin else None
    if path is None or not path.is_file():
        raise FileNotFoundError(COLLECTION)
    return path


def fallback_fonts() -> tuple[Path, ...]:
    """The fonts for rare characters that this machine has."""
    return tuple(path for path in FALLBACKS if path.is_file())
