"""The courier's desk: writes this kiosk's requests to a stick, settles the answers, and carries for others.

It works on the same outbox and inbox as the pump, and takes turns with it: ``turn`` is held by either.
"""

import logging
import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path
from typing import TypeVar
from urllib.parse import urlencode
from uuid import UUID

import msgspec

from kiosk.domain.refusal import Refusal
from kiosk.protocol import requests, sealing
from kiosk.protocol.codec import Malformed, decode, encode
from kiosk.protocol.compression import pack
from kiosk.protocol.courier import (
    MAX_PARTS,
    CarriedRequest,
    CourierKey,
    Direction,
    Header,
    file_bytes,
    seal_request,
)
from kiosk.protocol.messages import MAX_OPS, PushRequest, Sent
from kiosk.services.courier_ports import CourierFile, Exported, Load, Progress, Stick, TakenIn
from kiosk.services.faults import DeviceFault
from kiosk.services.ports import Clock
from kiosk.sync import courier_files as files
from kiosk.sync.carried_pages import CarriedPages
from kiosk.sync.client import CityClient
from kiosk.sync.courier_answers import Answers
from kiosk.sync.courier_load import Loads, Newest
from kiosk.sync.ports import Decisions, Inbox, Outbox
from kiosk.sync.pump import Pump, Round, Scope, readable

log = logging.getLogger(__name__)
#: Bytes of a packed push in one part: the box and its envelope are a little larger.
MOST_PUSH_BYTES = 240 * 1024
#: Operations in one file; what is left goes with the next.
MOST_OPERATIONS = 100_000
PAGE = 500
T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficePorts:
    """What the desk works with.

    Attributes:
        client: the city's endpoints, with a connection of its own.
        pages: applies pages that came on a stick.
        private: X25519 key that answers are sealed for.
        city_key: the city's courier key, None before it was ever heard.
        streams: what this kiosk pulls.
        random: that many random bytes.
        folder: where loads of others are kept.
        sticks: what is plugged in.
        city: region code.
    """

    client: CityClient
    pages: CarriedPages
    outbox: Outbox
    inbox: Inbox
    decisions: Decisions
    clock: Clock
    boot_id: str
    private: bytes
    city_key: Callable[[], CourierKey | None]
    streams: Callable[[], Sequence[str]]
    random: Callable[[int], bytes]
    folder: Path
    sticks: Callable[[], Sequence[Stick]]
    city: str


class CourierOffice:
    """Implements ``kiosk.services.courier_ports.CourierDesk``."""

    def __init__(self, ports: OfficePorts) -> None:
        self._ports = ports
        self._me = ports.client.me
        self._loads = Loads(ports.folder)
        self.turn = threading.Lock()

    def sticks(self) -> Sequence[Stick]:
        """See ``CourierDesk``."""
        return self._ports.sticks()

    def files(self, stick: Stick) -> Sequence[CourierFile]:
        """See ``CourierDesk``."""
        return [
            CourierFile(
                path=path,
                file_id=header.file_id,
                kiosk=header.kiosk,
                made_at=header.made_at,
                answers=header.direction is Direction.DOWN,
                ours=header.device == self._me.device,
            )
            for path, header in files.headers(stick.path)
        ]

    def unreadable(self, stick: Stick) -> Sequence[str]:
        """See ``CourierDesk``."""
        return files.unreadable(stick.path)

    def loads(self) -> Sequence[Load]:
        """See ``CourierDesk``."""
        return self._loads.all()

    def step(self) -> bool:
        """Hand over some of what is carried for others; whether there is more. Called after a round that went well."""
        with self.turn:
            return self._loads.step(self._ports.client)

    # To the city.

    def export(self, stick: Stick, progress: Progress, *, anew: bool = False) -> Exported:
        """See ``CourierDesk``."""
        key = self._ports.city_key()
        if key is None:
            raise Refusal("refusal.courier_no_key")
        file_id = UUID(bytes=self._ports.random(16), version=4)
        with self.turn:
            wanted, operations, more = self._requests(anew=anew)
        header = self._header(file_id, len(wanted))
        parts = (
            seal_request(self._carried(file_id, number, each), key)
            for number, each in _counted(wanted, progress)
        )
        name = files.name_of(header)
        with files.stick_errors():
            files.write(stick.path, name, file_bytes(header, parts))
        progress(len(wanted), len(wanted))
        self._loads.remember(Newest(file_id=file_id, epoch=self._ports.inbox.epoch(), anew=anew))
        log.info("courier file %s: %d operations in %d parts", file_id, operations, len(wanted))
        return Exported(name=name, operations=operations, more=more)

    def _header(self, file_id: UUID, parts: int) -> Header:
        return Header(
            direction=Direction.UP,
            file_id=file_id,
            kiosk=self._me.kiosk,
            device=self._me.device,
            city=self._ports.city,
            made_at=self._ports.clock.now(),
            parts=parts,
            incarnation=self._me.incarnation,
        )

    def _requests(self, *, anew: bool) -> tuple[list["_Wanted"], int, bool]:
        """Pushes of everything unsent, staff's decisions, and what is new of every stream from where it stands."""
        wanted, operations, more = self._pushes()
        for decision in self._ports.decisions.pending():
            wanted.append(_Wanted("POST", "/v1/settle", encode(decision)))
        for stream in self._ports.streams():
            wanted += self._questions(stream, anew=anew)
        return wanted[:MAX_PARTS], operations, more

    def _questions(self, stream: str, *, anew: bool) -> Iterator["_Wanted"]:
        """A stream that is being read anew: on from there. Else, and after it: what has changed."""
        inbox = self._ports.inbox
        cursor, epoch = inbox.cursor(stream), inbox.epoch()
        query = {"stream": stream, "limit": str(PAGE)}
        if anew or cursor.reading:
            start = None if anew else cursor.after
            key = {} if start is None else {"entity": start.entity, "id": str(start.id)}
            yield _Wanted("GET", f"/v1/snapshot?{urlencode({**query, **key})}", b"")
            if start is None:
                return  # the city adds what changes while it reads
        since = (
            {"after": str(cursor.seq)} if epoch is None else {"after": str(cursor.seq), "epoch": str(epoch)}
        )
        yield _Wanted("GET", f"/v1/pull?{urlencode({**query, **since})}", b"")

    def _pushes(self) -> tuple[list["_Wanted"], int, bool]:
        found: list[_Wanted] = []
        operations, after, previous = 0, 0, ""
        if self._ports.outbox.is_rolled_back():
            return found, 0, False  # its numbers stand for other operations there
        while operations < MOST_OPERATIONS:
            batch = self._ports.outbox.unsent(MAX_OPS, after)
            if not batch:
                return found, operations, False
            body = self._batch(batch, previous)
            while len(pack(body)) > MOST_PUSH_BYTES and len(batch) > 1:
                batch = batch[: len(batch) // 2]
                body = self._batch(batch, previous)
            found.append(_Wanted("POST", "/v1/push", body))
            operations += len(batch)
            after, previous = batch[-1].seq, sha256(body).hexdigest()
        return found, operations, True

    def _batch(self, batch: Sequence[Sent], previous: str) -> bytes:
        """A push like the pump's, but for the clocks: nobody knows when this arrives."""
        request = PushRequest(
            device=self._me.device,
            incarnation=self._me.incarnation,
            boot_id="",
            monotonic=0.0,
            wall=self._ports.clock.now(),
            previous=previous,
            ops=tuple(readable(sent, "") for sent in batch),
        )
        return encode(request)

    def _carried(self, file_id: UUID, number: int, wanted: "_Wanted") -> CarriedRequest:
        body = pack(wanted.body) if wanted.body else b""
        signed = requests.signature(self._me.key, wanted.method, wanted.target, body)
        return CarriedRequest(
            file_id=file_id,
            number=number,
            method=wanted.method,
            target=wanted.target,
            device=self._me.device,
            incarnation=self._me.incarnation,
            signature=signed,
            packed=bool(body),
            body=body,
            reply_to=sealing.public_of(self._ports.private),
        )

    # From a stick.

    def take_in(self, file: CourierFile, progress: Progress) -> TakenIn:
        """See ``CourierDesk``."""
        with files.stick_errors(), files.reading(file.path) as reader:
            header = reader.header
            if header.city != self._ports.city:
                raise Refusal("refusal.courier_other_city")
            mine = header.device == self._me.device
            if header.direction is Direction.DOWN:
                if not mine:
                    raise Refusal("refusal.courier_not_ours", kiosk=header.kiosk)
                return self._settle(header, [part for _, part in _counted(list(reader.parts()), progress)])
            if mine:
                raise Refusal("refusal.courier_own")
            with self.turn:
                self._loads.add(header, reader.parts())
            return TakenIn(carried=True)

    def _settle(self, header: Header, boxes: Sequence[bytes]) -> TakenIn:
        ports, key, newest = self._ports, self._ports.city_key(), self._loads.newest()
        if key is None:
            raise Refusal("refusal.courier_no_key")
        # What was asked for is sealed for the station's key; what the city sends unasked, for the device's own.
        privates = (ports.private, sealing.private_of_device(self._me.key.seed))
        with self.turn:
            answers = Answers(self._me, ports.outbox, ports.inbox, ports.decisions, ports.pages, newest)
            taken = answers.take(header, boxes, privates, key)
            if newest is not None and newest.anew and newest.file_id == header.file_id:
                self._loads.remember(msgspec.structs.replace(newest, anew=False))
        return taken

    # Back to the others.

    def bring_back(self, load: Load, stick: Stick, progress: Progress) -> str:
        """See ``CourierDesk``."""
        if load.done < load.parts:
            raise Refusal("refusal.courier_waits", done=load.done, total=load.parts)
        with files.stick_errors():
            boxes = self._loads.answers(load)
            asked = self._loads.header(load)
            header = msgspec.structs.replace(asked, direction=Direction.DOWN, parts=len(boxes))
            parts = (box for _, box in _counted(boxes, progress))
            files.write(stick.path, files.name_of(header), file_bytes(header, parts))
        return files.name_of(header)


@dataclass(frozen=True, slots=True)
class _Wanted:
    method: str
    target: str
    body: bytes


def _counted(things: Sequence[T], progress: Progress) -> Iterator[tuple[int, T]]:
    for number, each in enumerate(things):
        progress(number, len(things))
        yield number, each


class CarryingPump:
    """A pump that takes turns with the desk, and carries for others after a full round that went well."""

    def __init__(self, pump: Pump, office: CourierOffice) -> None:
        self._pump = pump
        self._office = office

    def step(self, scope: Scope = Scope.ALL) -> Round:
        """One round. What goes wrong with another kiosk's file is no fault of this kiosk's exchange."""
        with self._office.turn:
            done = self._pump.step(scope)
        if done.fault is not None or scope is not Scope.ALL:
            return done
        try:
            more = self._office.step()
        except DeviceFault as fault:
            log.info("courier files wait: %s", fault.key)
            return done
        return replace(done, more=done.more or more)

    def end_soon(self) -> None:
        """See ``kiosk.sync.runner.Rounds``."""
        self._pump.end_soon()


def key_from(bodies: Sequence[bytes]) -> CourierKey | None:
    """The city's courier key, out of what the ``ref`` stream brought."""
    for body in bodies:
        try:
            return decode(CourierKey, body)
        except Malformed:
            continue  # of a newer city
    return None
