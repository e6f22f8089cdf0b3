"""The frames of Chinese second-generation ID-card readers (SDT command set), and the text on a card.

Frame, both ways: ``AA AA AA 96 69``, length (2, big endian, of all that follows), content, checksum (XOR from the
length on). To the reader the content is command and parameter; back it is three status bytes and data.
Source: GA 450-2013 and the readers' published command tables; every maker follows them.
"""

from dataclasses import dataclass
from datetime import date

from kiosk.services.device_ports import IdCard

PREAMBLE = b"\xaa\xaa\xaa\x96\x69"
LENGTH_BYTES = 2
STATUS_BYTES = 3
#: A card with fingerprints answers 256 + 1024 + 1024 bytes; anything longer is noise.
MAX_LENGTH = 4096

STATUS = b"\x11\xff"
FIND = b"\x20\x01"
SELECT = b"\x20\x02"
READ_TEXT_AND_PHOTO = b"\x30\x01"

DONE = 0x90
FOUND = 0x9F
NO_CARD = 0x80

TEXT_BYTES = 256
#: Places in the card's text, in UTF-16 characters: (start, length).
NAME = (0, 15)
NUMBER = (61, 18)
VALID_UNTIL = (102, 8)
#: Blank on resident ID cards, "J" on residence permits of Hong Kong, Macao and Taiwan people (same places), "I" on
#: the permanent residence card of foreigners (other places).
CARD_KIND = 124
SAME_PLACES = frozenset({" ", "\x00", "J"})


class FrameError(ValueError):
    """What came is not an answer of a card reader, or not a card's text."""


class OtherKindError(ValueError):
    """A card whose text has other places than a resident ID card's."""


@dataclass(frozen=True, slots=True)
class Answer:
    """A reader's answer. ``data`` may hold a photo: it is not shown in logs and not kept."""

    status: int
    data: bytes

    def __repr__(self) -> str:
        return f"Answer(status={self.status:#04x}, {len(self.data)} bytes)"


def command(content: bytes) -> bytes:
    """A frame for the reader."""
    body = (len(content) + 1).to_bytes(LENGTH_BYTES, "big") + content
    return PREAMBLE + body + bytes((checksum(body),))


def checksum(data: bytes) -> int:
    """XOR of all bytes."""
    value = 0
    for byte in data:
        value ^= byte
    return value


def take_answer(received: bytes) -> Answer | None:
    """The first whole answer in what has come so far; what stands before it is noise.

    Returns:
        None while it is not complete.

    Raises:
        FrameError: its length or checksum is impossible.
    """
    start = received.find(PREAMBLE)
    if start < 0:
        if len(received) > MAX_LENGTH:
            raise FrameError("no frame in what came")
        return None
    head = start + len(PREAMBLE)
    if len(received) < head + LENGTH_BYTES:
        return None
    length = int.from_bytes(received[head : head + LENGTH_BYTES], "big")
    if not STATUS_BYTES < length <= MAX_LENGTH:
        raise FrameError("impossible length")
    end = head + LENGTH_BYTES + length
    if len(received) < end:
        return None
    body, check = received[head : end - 1], received[end - 1]
    if checksum(body) != check:
        raise FrameError("checksum")
    content = body[LENGTH_BYTES:]
    return Answer(content[STATUS_BYTES - 1], content[STATUS_BYTES:])


def card_of(data: bytes) -> IdCard:
    """What the work needs from the data of ``READ_TEXT_AND_PHOTO``; the photo is not touched.

    Raises:
        FrameError: lengths do not fit, or a field is not what it must be.
        OtherKindError: a card of another kind.
    """
    size = int.from_bytes(data[:2], "big")
    text = data[4 : 4 + size]
    if size != TEXT_BYTES or len(text) != TEXT_BYTES:
        raise FrameError("the text of a card has 256 bytes")
    # A name may hold characters of two UTF-16 units, so places are counted in units, not in characters.
    if _field(text, (CARD_KIND, 1), strip=False) not in SAME_PLACES:
        raise OtherKindError("another kind of card")
    name, number = _field(text, NAME), _field(text, NUMBER)
    # The check digit is the domain's affair: a card is believed, a misread one is not.
    if not name or len(number) != NUMBER[1] or not number[:-1].isdecimal() or not number.isascii():
        raise FrameError("name or number")
    return IdCard(name=name, id_number=number, valid_until=_day(_field(text, VALID_UNTIL)))


def _field(text: bytes, place: tuple[int, int], *, strip: bool = True) -> str:
    start, length = place
    try:
        value = text[2 * start : 2 * (start + length)].decode("utf-16-le")
    except UnicodeDecodeError as error:
        raise FrameError("text") from error
    return value.strip(" \x00\u3000") if strip else value


def _day(digits: str) -> date | None:
    """``YYYYMMDD``; anything without digits is a card without end (长期)."""
    if not any(char.isdecimal() for char in digits):
        return None
    try:
        return date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError as error:
        raise FrameError("date") from error
