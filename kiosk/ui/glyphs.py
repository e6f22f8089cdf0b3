"""Characters that this kiosk can neither show nor print: said at once, before they are boxes on somebody's slip."""

from functools import cache
from unicodedata import category

from PySide6.QtGui import QFont, QRawFont

from kiosk.domain.refusal import Refusal
from kiosk.fonts import FALLBACK_FAMILIES, FAMILY

#: So many of them are named; by number, since they cannot be shown.
NAMED = 2
#: Blanks, marks that join others, and what has no shape of its own.
INVISIBLE = frozenset({"Zs", "Zl", "Zp", "Cc", "Cf", "Mn", "Me"})


@cache
def _font(family: str) -> QRawFont | None:
    """The font of that family itself; None where it is not there and Qt would take another."""
    font = QRawFont.fromFont(QFont(family))
    return font if font.isValid() and font.familyName() == family else None


def unshown(text: str) -> str:
    """The characters of a text that none of the kiosk's own fonts has, each once.

    Nothing, while the fonts are not loaded: who writes is not held up by a missing font. The screen and the slips have
    the same ones (``kiosk.fonts``).
    """
    ours, rare = _font(FAMILY), _font(FALLBACK_FAMILIES[0])
    if ours is None or rare is None:
        _font.cache_clear()  # those of rare characters come after the first page
        return ""
    more = (_font(family) for family in FALLBACK_FAMILIES[1:])
    fonts = [ours, rare, *(font for font in more if font is not None)]
    return "".join(
        char
        for char in dict.fromkeys(text)
        if category(char) not in INVISIBLE and not any(font.supportsCharacter(ord(char)) for font in fonts)
    )


def check_shown(text: str, field: str) -> None:
    """Refuse what cannot be shown, with what to do instead.

    Raises:
        Refusal: ``unshown`` with the numbers of the characters.
    """
    missing = unshown(text)
    if missing:
        codes = " ".join(f"U+{ord(char):04X}" for char in missing[:NAMED])
        raise Refusal("refusal.unshown", field, codes=codes + ("…" if len(missing) > NAMED else ""))
