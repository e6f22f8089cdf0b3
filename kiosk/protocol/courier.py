"""Requests and answers as a file, for a stick that somebody carries where the network is.

A courier file holds signed requests exactly as they would have gone over the network (*up*), or the city's answers to
them (*down*). Each part is one sealed box: up for the city's courier key, down for a key that the kiosk made for its
answers. So whoever carries the stick, or finds it, reads nothing and can change nothing: a request carries its device's
signature, an answer the city's.

``magic | length + header (JSON, clear) | parts × (length + box) | SHA-256 of all before``. Lengths are four bytes,
big-endian; everything is bounded before it is read.
"""

from collections.abc import Iterable, Iterator
from datetime import datetime
from enum import StrEnum
from hashlib import sha256
from typing import BinaryIO
from uuid import UUID

import msgspec

from kiosk.protocol import sealing
from kiosk.protocol.codec import Malformed
from kiosk.protocol.compression import TooLarge, pack, unpack
from kiosk.protocol.messages import MAX_BODY_BYTES
from kiosk.protocol.signing import PUBLIC_BYTES, SIGNATURE_BYTES, SigningKey, verify

MAGIC = b"gig-courier/1\n"
SUFFIXES = {"up": ".gig-up", "down": ".gig-down"}
#: An up part travels as the body of one request.
MAX_PART_BYTES = MAX_BODY_BYTES - 1024
#: What one request brings back at most, unpacked.
MAX_ANSWER_BYTES = 8 * 1024 * 1024
MAX_HEADER_BYTES = 4096
MAX_PARTS = 4096
MAX_FILE_BYTES = 512 * 1024 * 1024
_LENGTH_BYTES = 4
_DIGEST_BYTES = 32
_ANSWER = b"courier-answer/1"


class Direction(StrEnum):
    """To the city, or back from it."""

    UP = "up"
    DOWN = "down"


class Header(msgspec.Struct, frozen=True, kw_only=True):
    """What everybody may read of a file: whose it is, and how much is in it.

    Attributes:
        file_id: of the up file; the down file that answers it has the same.
        kiosk, device: whose requests; city: region code.
        parts: how many follow.
        incarnation: of the device when the file was asked for or made; 0 in files of older programs.
    """

    direction: Direction
    file_id: UUID
    kiosk: str
    device: UUID
    city: str
    made_at: datetime
    parts: int
    incarnation: int = 0


class CourierKey(msgspec.Struct, frozen=True, kw_only=True):
    """What the ``ref`` stream tells every kiosk: the X25519 key to seal up parts for, the Ed25519 key of answers."""

    seal: bytes
    sign: bytes


class CarriedRequest(msgspec.Struct, frozen=True, kw_only=True):
    """One signed request, as it would have gone over the network.

    Attributes:
        file_id, number: which part of which file.
        reply_to: X25519 public key for the answers.
        packed: the body is zstd.
    """

    file_id: UUID
    number: int
    method: str
    target: str
    device: UUID
    incarnation: int
    signature: bytes
    packed: bool
    body: bytes
    reply_to: bytes


class CarriedAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """One answer; a pull may bring several, a page each.

    Attributes:
        target: what was asked; of a page of a snapshot, the request that would bring this very page.
        after: for a pull, the cursor that the page follows.
        body: JSON, zstd.
    """

    file_id: UUID
    number: int
    device: UUID
    target: str
    status: int
    body: bytes
    after: int = 0

    def content(self) -> bytes:
        """The JSON.

        Raises:
            Malformed: damaged, or larger than any answer.
        """
        try:
            return unpack(self.body, MAX_ANSWER_BYTES)
        except TooLarge as error:
            raise Malformed("answer") from error


def seal_request(request: CarriedRequest, city: CourierKey) -> bytes:
    """A part of an up file."""
    return sealing.seal(msgspec.msgpack.encode(request), city.seal)


def open_request(box: bytes, private: bytes) -> CarriedRequest:
    """Undo ``seal_request`` with the city's private key.

    Raises:
        Malformed: not such a part, or sealed for another city.
    """
    try:
        request = msgspec.msgpack.decode(sealing.unseal(box, private), type=CarriedRequest)
    except (sealing.SealBroken, msgspec.DecodeError, RecursionError) as error:
        raise Malformed("courier part") from error
    if len(request.reply_to) != PUBLIC_BYTES or len(request.signature) != SIGNATURE_BYTES:
        raise Malformed("courier part")
    return request


def seal_answer(answer: CarriedAnswer, key: SigningKey, reply_to: bytes) -> bytes:
    """A part of a down file: signed by the city, sealed for the kiosk."""
    plain = msgspec.msgpack.encode(answer)
    return sealing.seal(key.sign(_ANSWER, plain) + plain, reply_to)


def open_answer(box: bytes, private: bytes, city: CourierKey) -> CarriedAnswer:
    """Undo ``seal_answer``.

    Raises:
        Malformed: not such a part, not for this kiosk, or not signed by its city.
    """
    try:
        plain = sealing.unseal(box, private)
    except sealing.SealBroken as error:
        raise Malformed("courier answer") from error
    signature, message = plain[:SIGNATURE_BYTES], plain[SIGNATURE_BYTES:]
    if not verify(city.sign, _ANSWER, message, signature):
        raise Malformed("courier answer")
    try:
        return msgspec.msgpack.decode(message, type=CarriedAnswer)
    except (msgspec.DecodeError, RecursionError) as error:
        raise Malformed("courier answer") from error


def packed(body: bytes) -> bytes:
    """The body of an answer, for ``CarriedAnswer``."""
    return pack(body)


def file_bytes(header: Header, parts: Iterable[bytes]) -> Iterator[bytes]:
    """The file, piece by piece.

    Args:
        header: ``parts`` has to be the number of parts that follow.
        parts: boxes.
    """
    digest = sha256()
    for piece in _pieces(header, parts):
        digest.update(piece)
        yield piece
    yield digest.digest()


def _pieces(header: Header, parts: Iterable[bytes]) -> Iterator[bytes]:
    yield MAGIC
    yield _framed(msgspec.json.encode(header))
    for part in parts:
        yield _framed(part)


def _framed(raw: bytes) -> bytes:
    return len(raw).to_bytes(_LENGTH_BYTES) + raw


class CourierReader:
    """Reads a courier file in order. Each box stands for itself; the checksum at the end finds a file that was cut."""

    def __init__(self, file: BinaryIO) -> None:
        """Read the header.

        Raises:
            Malformed: not a courier file.
        """
        self._file = file
        self._digest = sha256()
        if self._take(len(MAGIC)) != MAGIC:
            raise Malformed("no courier file")
        try:
            self.header = msgspec.json.decode(self._frame(MAX_HEADER_BYTES), type=Header)
        except (msgspec.DecodeError, RecursionError) as error:
            raise Malformed("courier header") from error
        if not 0 <= self.header.parts <= MAX_PARTS:
            raise Malformed("courier header")

    def parts(self) -> Iterator[bytes]:
        """The boxes, in order; after the last one the checksum is compared.

        Raises:
            Malformed: cut off, too large, changed, or followed by something.
        """
        limit = MAX_PART_BYTES if self.header.direction is Direction.UP else 2 * MAX_ANSWER_BYTES
        total = 0
        for _ in range(self.header.parts):
            part = self._frame(limit)
            total += len(part)
            if total > MAX_FILE_BYTES:
                raise Malformed("courier file too large")
            yield part
        expected = self._digest.digest()
        if self._file.read(_DIGEST_BYTES) != expected or self._file.read(1):
            raise Malformed("courier checksum")

    def _frame(self, limit: int) -> bytes:
        length = int.from_bytes(self._take(_LENGTH_BYTES))
        if length > limit:
            raise Malformed("courier part too large")
        return self._take(length)

    def _take(self, count: int) -> bytes:
        raw = self._file.read(count)
        if len(raw) != count:
            raise Malformed("courier file cut off")
        self._digest.update(raw)
        return raw
