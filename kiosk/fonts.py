"""Font files, without Qt: the typeface of the screen, and what stands in for its missing rare characters.

Noto Sans CJK (variable, SIL OFL) comes in the package ``manimgx-fonts-cjk``; it has 㙍 䶮 𬭬 and all of the table of
general standard characters. The supplementary planes' rest (𪚥) comes from Hanazono: what can be written at the kiosk
from ``assets/fonts/KioskRareHan.ttf`` (14,238 characters, made by ``tools/build_font.py``), anything else from the
whole font where the machine has it (Debian's ``fonts-hanazono``).
"""

from importlib.util import find_spec
from pathlib import Path

from kiosk.assets import asset_path

PACKAGE, COLLECTION = "manimgx_fonts_cjk", "NotoSansCJK-VF.otf.ttc"
#: The family within the collection that has the forms of mainland China.
FAMILY = "Noto Sans CJK SC"
FALLBACK_FAMILIES = ("Kiosk Rare Han", "HanaMinA", "HanaMinB", "SimSun-ExtB")
FALLBACK = ("fonts", "KioskRareHan.ttf")
FALLBACKS_OF_THE_MACHINE = (
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
    """The fonts for rare characters: ours, and those that this machine has.

    Raises:
        AssetMissing: ours is not there: a broken installation.
    """
    return (asset_path(*FALLBACK), *(path for path in FALLBACKS_OF_THE_MACHINE if path.is_file()))
