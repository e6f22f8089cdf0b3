"""The faces that slips are set in: the screen's own, so that both have the same characters."""

from kiosk.fonts import fallback_fonts, main_font
from kiosk.slips.typeface import FontFile

#: Face 2 of the Noto Sans CJK collection has the forms of mainland China.
_MAINLAND = 2


def slip_fonts() -> tuple[FontFile, ...]:
    """The faces for slips, best first.

    Raises:
        FileNotFoundError: the font package is not installed, or an asset is missing.
    """
    main = FontFile(main_font(), _MAINLAND, variable=True)
    return (main, *(FontFile(path) for path in fallback_fonts()))
