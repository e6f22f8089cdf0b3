"""Where the type for slips comes from: font files inside packages, and rare-character fonts of the system."""

from importlib.util import find_spec
from pathlib import Path

from kiosk.assets import asset_path
from kiosk.slips.typeface import FontFile

#: Face 2 of both Noto Sans CJK collections has the forms of mainland China.
_MAINLAND = 2
_SYSTEM = (
    # Debian: fonts-hanazono; Windows: SimSun-ExtB. Both reach the supplementary planes.
    Path("/usr/share/fonts/truetype/hanazono/HanaMinA.ttf"),
    Path("/usr/share/fonts/truetype/hanazono/HanaMinB.ttf"),
    Path("C:/Windows/Fonts/simsunb.ttf"),
)


def slip_fonts() -> tuple[FontFile, ...]:
    """The faces for slips, best first; those that are not installed are left out.

    Raises:
        FileNotFoundError: neither font package is installed, or an asset is missing.
    """
    found = []
    for package, name, variable in (
        ("manimgx_fonts_cjk", "NotoSansCJK-VF.otf.ttc", True),
        ("noto_cjk_sans_otc", "NotoSansCJK-Regular.ttc", False),
    ):
        spec = find_spec(package)
        path = Path(spec.origin).parent / name if spec and spec.origin else None
        if path and path.is_file():
            found.append(FontFile(path, _MAINLAND, variable))
    if not found:
        raise FileNotFoundError("no CJK font package is installed")
    # The regular collection holds no character that the variable one lacks: one of them is enough.
    ours = FontFile(asset_path("fonts", "KioskRareHan.ttf"))
    return (found[0], ours, *(FontFile(path) for path in _SYSTEM if path.is_file()))
