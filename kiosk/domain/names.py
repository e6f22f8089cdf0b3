"""Names of people and organisations, as they stand on the ID card or licence.

Lengths count code points: a rare character of the supplementary planes (𬭬) is one character. Names are
kept in NFC, never in NFKC: a compatibility form may be exactly what stands on the card.
"""

import re
import unicodedata

from kiosk.domain.refusal import Refusal

PERSON_MIN = 2
PERSON_MAX = 40
ORGANISATION_MIN = 2
ORGANISATION_MAX = 60

_COMPOUND = 4

#: The separator of minority and transliterated names, and what keyboards offer in its place.
DOT = "·"
_DOT_LOOKALIKES = dict.fromkeys(map(ord, "•‧・･∙⋅●."), DOT)
_FULLWIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20}
_VARIATION_SELECTORS = frozenset({*range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0)})
#: Blocks of Chinese characters. Ranges rather than ``unicodedata``, which lags years behind new extensions.
_HAN = ((0x3400, 0x4DBF), (0x4E00, 0x9FFF), (0xF900, 0xFAFF), (0x20000, 0x3FFFD), (0x3005, 0x3007))
_EMOJI = ((0x1F000, 0x1FAFF), (0x2600, 0x27BF), (0xE0020, 0xE007F))
_EMOJI_SIGNS = frozenset({0x20E3, 0x2B50, 0x2B55, 0x231A, 0x231B})
#: Most names: nothing to normalise (these have no other form in NFC) and nothing to refuse.
_PLAIN = re.compile(rf"[\u4e00-\u9fff]{{{PERSON_MIN},{PERSON_MAX}}}")
_PERSON_SIGNS = frozenset(" -'’.·")
_ORGANISATION_SIGNS = frozenset(" -'’.·&()（）、,，“”\"《》/+_#—:：")
#: The characters inside flags: invisible like other format characters, but they belong to an emoji.
_TAGS = range(0xE0020, 0xE0080)


def is_han(char: str) -> bool:
    """Whether a character is a Chinese one, rare ones included."""
    code = ord(char)
    return any(low <= code <= high for low, high in _HAN)


def has_emoji(text: str) -> bool:
    """Whether a pictograph stands in the text (symbols outside the basic plane, dingbats, flags, keycaps)."""
    return any(_is_emoji(char) for char in text)


def _is_emoji(char: str) -> bool:
    code = ord(char)
    return code in _EMOJI_SIGNS or any(low <= code <= high for low, high in _EMOJI)


def _cleaned(text: str) -> str:
    """NFC, half-width letters, nothing invisible, whitespace (pasted newlines too) as single spaces."""
    plain = unicodedata.normalize("NFC", text).translate(_FULLWIDTH)
    visible = (char for char in plain if not _is_invisible(char))
    return " ".join("".join(visible).split())


def _is_invisible(char: str) -> bool:
    code = ord(char)
    return code in _VARIATION_SELECTORS or (unicodedata.category(char) == "Cf" and code not in _TAGS)


def _join_han(text: str) -> str:
    """Without the spaces that stand beside a Chinese character or a dot."""
    kept: list[str] = []
    for index, char in enumerate(text):
        if char == " ":
            before, after = text[index - 1], text[index + 1]
            if is_han(before) or is_han(after) or DOT in (before, after):
                continue
        kept.append(char)
    return "".join(kept)


def normalise_person_name(text: str) -> str:
    """A person's name as it is kept: no spaces between Chinese characters, any middle dot as ``·``."""
    name = _cleaned(text)
    if any(map(is_han, name)):
        name = _join_han(name.translate(_DOT_LOOKALIKES))
    return name


def normalise_organisation_name(text: str) -> str:
    """An organisation's name as it is kept: one line, no spaces beside Chinese characters."""
    return _join_han(_cleaned(text))


def check_person_name(text: str, field: str) -> str:
    """The normalised name of a person: Chinese, minority (with ``·``) or foreign in any alphabet.

    Raises:
        Refusal: ``name_missing``, ``name_emoji``, ``name_digits``, ``name_characters``, ``name_dot``,
            ``name_short`` (limit) or ``name_long`` (limit, over).
    """
    if _PLAIN.fullmatch(text):
        return text
    name = normalise_person_name(text)
    if not name:
        raise Refusal("refusal.name_missing", field)
    _check_characters(name, field, _PERSON_SIGNS, digits=False)
    if not name[0].isalpha() and not is_han(name[0]):
        raise Refusal("refusal.name_characters", field)
    if name.endswith(DOT) or DOT * 2 in name:
        raise Refusal("refusal.name_dot", field)
    _check_length(name, field, PERSON_MIN, PERSON_MAX)
    return name


def check_organisation_name(text: str, field: str) -> str:
    """The normalised name of an organisation, as on its licence.

    Raises:
        Refusal: as ``check_person_name``; digits are allowed here.
    """
    name = normalise_organisation_name(text)
    if not name:
        raise Refusal("refusal.name_missing", field)
    _check_characters(name, field, _ORGANISATION_SIGNS, digits=True)
    if not any(char.isalpha() or is_han(char) for char in name):
        raise Refusal("refusal.name_characters", field)
    _check_length(name, field, ORGANISATION_MIN, ORGANISATION_MAX)
    return name


def _check_characters(name: str, field: str, signs: frozenset[str], *, digits: bool) -> None:
    if has_emoji(name):
        raise Refusal("refusal.name_emoji", field)
    for char in name:
        if char.isnumeric() and not is_han(char):
            if not digits:
                raise Refusal("refusal.name_digits", field)
        elif not (is_han(char) or char in signs or unicodedata.category(char)[0] in {"L", "M"}):
            raise Refusal("refusal.name_characters", field)


def _check_length(name: str, field: str, low: int, high: int) -> None:
    if len(name) < low:
        raise Refusal("refusal.name_short", field, limit=low)
    if len(name) > high:
        raise Refusal("refusal.name_long", field, limit=high, over=len(name) - high)


def shown_surname(name: str) -> str:
    """What strangers may call somebody: 王 of 王建国, 欧阳 of 欧阳建国, the first letter of other names.

    Chinese names of four characters begin with a surname of two nearly always; a wrong guess shows one character more.
    """
    if is_han(name[0]):
        return name[:2] if len(name) == _COMPOUND and all(map(is_han, name)) else name[0]
    return name[0].upper()


def mask_name(name: str) -> str:
    """The name as strangers may see it: the first character (or first Latin word), the rest starred."""
    if not name:
        return ""
    if is_han(name[0]):
        return name[0] + "*" * min(2, len(name) - 1)
    return name.split(" ", 1)[0][0] + "**"
