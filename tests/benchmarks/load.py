"""Kiosks as load: processes of their own, so that clients and gateway do not share an interpreter.

What people do is made ahead (a kiosk has made it before it pushes). All the rest of a kiosk's work is in the figures:
encoding, packing and signing the request, HTTP, unpacking and decoding the answer, with the kiosk's own client.
"""

import base64
import os
import socket
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import timedelta
from multiprocessing import get_context
from multiprocessing.connection import Connection
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

from kiosk.domain.calendar import local_date
from kiosk.domain.ids import uuid7
from kiosk.domain.operations import (
    Actor,
    Apply,
    Body,
    IssueSlip,
    MarkPlacement,
    RegisterEmployer,
    RegisterWorker,
    ReviewListing,
)
from kiosk.domain.records import Consent
from kiosk.domain.values import Claim, EmployerKind, PlacementStatus, SlipKind
from kiosk.protocol.codec import encode
from kiosk.protocol.compression import pack
from kiosk.protocol.messages import PushRequest, Sent
from kiosk.protocol.signing import SigningKey
from kiosk.sync.client import CityClient, Enrolled
from kiosk.sync.ports import Answer
from kiosk.sync.transport import HttpTransport
from tests.city.stage import Kiosk
from tests.domain.samples import SELF, STAFF, TERMS, Market

BATCH = 500
KIOSKS_NAME = "kiosks"
PEOPLE_A_LISTING = 60
NAMES = ("李大海", "王建国", "张秀英", "刘洋", "陈桂兰", "杨帆", "赵敏", "黄磊", "周杰", "吴芳芳")
#: Bytes in a slip's token (version, kind, city, subject, number, station, time, key, signature, crc).
TOKEN_BYTES = 100


class RealIds(Market):
    """Ids as kiosks make them: they pack worse than counted ones."""

    def new_id(self) -> UUID:
        return uuid7(int(self.now.timestamp() * 1000), os.urandom(10))


@dataclass
class Done:
    """What a kiosk has to tell."""

    seconds: list[float] = field(default_factory=list)
    outcomes: dict[str, int] = field(default_factory=dict)
    sent: int = 0
    answered: int = 0


class LoadKiosk:
    """One enrolled kiosk and the operations that it holds."""

    def __init__(self, url: str, who: tuple[UUID, str, bytes]) -> None:
        device, code, seed = who
        self.maker = Kiosk(None, RealIds(code), code)  # type: ignore[arg-type]  # it only makes operations here
        me = Enrolled(device=device, incarnation=1, kiosk=code, key=SigningKey(seed))
        self.client = CityClient(HttpTransport(url), me)
        self.lean = CityClient(LeanTransport(url), me)
        self.me = me
        self.ops: list[Sent] = []
        self.done = Done()

    def live(self, count: int) -> None:
        """``count`` operations as days bring them: people, places, what became of them, slips."""
        while len(self.ops) < count:
            listing = self._listing()
            for _ in range(PEOPLE_A_LISTING):
                self._person(listing)
        del self.ops[count:]
        self.maker.seq = self.ops[-1].seq

    def _listing(self) -> UUID:
        market = self.maker.market
        employer = RegisterEmployer(
            employer_id=market.new_id(),
            kind=EmployerKind.INDIVIDUAL,
            name=self._name(),
            contact_name=self._name(),
            phone=self._phone(),
            credit_code=None,
            identity=None,
        )
        terms = replace(TERMS, headcount=PEOPLE_A_LISTING * 2, date_to=TERMS.date_to + timedelta(days=1))
        post = market.post_body(employer.employer_id, terms)
        post = replace(post, valid_until=local_date(market.now) + timedelta(days=1))
        self._say(employer)
        self._say(post)
        self._say(ReviewListing(listing_id=post.listing_id, approve=True), STAFF)
        return post.listing_id

    def _person(self, listing_id: UUID) -> None:
        market = self.maker.market
        worker = RegisterWorker(
            worker_id=market.new_id(),
            name=self._name(),
            phone=self._phone(),
            identity=None,
            consent=Consent(text_version="1", given_at=market.now),
            number=len(self.ops) + 1,
        )
        apply = Apply(
            placement_id=market.new_id(),
            listing_id=listing_id,
            worker_id=worker.worker_id,
            claim=Claim.LEASE,
            number=len(self.ops) + 1,
        )
        slip = IssueSlip(
            slip_id=market.new_id(),
            kind=SlipKind.JOB_SLIP,
            number=len(self.ops) + 1,
            subject_id=apply.placement_id,
            token=base64.b32encode(os.urandom(TOKEN_BYTES)).decode(),
        )
        mark = MarkPlacement(placement_id=apply.placement_id, status=PlacementStatus.ARRIVED)
        for body in (worker, apply, slip, mark):
            self._say(body)

    def _say(self, body: Body, actor: Actor = SELF) -> None:
        self.ops.append(self.maker.sent(self.maker.operation(body, actor)))

    @staticmethod
    def _name() -> str:
        return NAMES[os.urandom(1)[0] % len(NAMES)]

    @staticmethod
    def _phone() -> str:
        return f"13{int.from_bytes(os.urandom(4)) % 1_000_000_000:09d}"

    def push_counted(self) -> None:
        """Like ``push``, and count the bytes of the bodies."""
        self.push(count_bytes=True)

    def push(self, *, count_bytes: bool = False) -> None:
        """All that it holds, one batch after the other."""
        for start in range(0, len(self.ops), BATCH):
            request = PushRequest(
                device=self.me.device,
                incarnation=1,
                boot_id="boot",
                monotonic=1.0,
                wall=self.maker.market.now,
                previous="",
                ops=tuple(self.ops[start : start + BATCH]),
            )
            began = time.perf_counter()
            answer = self.client.push(request)
            self.done.seconds.append(time.perf_counter() - began)
            for verdict in answer.verdicts:
                said = str(verdict.outcome)
                self.done.outcomes[said] = self.done.outcomes.get(said, 0) + 1
            if count_bytes:
                self.done.sent += len(pack(encode(request)))
                self.done.answered += len(pack(encode(answer)))
        self.ops.clear()

    def pull(self, epoch: UUID, count: int) -> None:
        """Ask again and again for what is not there."""
        for _ in range(count):
            began = time.perf_counter()
            answer = self.lean.pull("ref", 1 << 20, epoch)
            self.done.seconds.append(time.perf_counter() - began)
            assert not answer.items


class LeanTransport:
    """HTTP over one kept socket, as little of it as the gateway's answers need.

    The standard library takes as long for the headers of an empty pull as the gateway for half of its work, and here
    both share the processors. Signing, unpacking and decoding stay the kiosk's own.
    """

    def __init__(self, url: str) -> None:
        self._parts = urlsplit(url)
        self._socket: socket.socket | None = None

    def send(
        self, method: str, target: str, headers: Mapping[str, str], body: bytes, timeout: float
    ) -> Answer:
        """See ``Transport``."""
        line = f"{method} {target} HTTP/1.1\r\nhost: {self._parts.netloc}\r\ncontent-length: {len(body)}\r\n"
        head = line + "".join(f"{name}: {value}\r\n" for name, value in headers.items()) + "\r\n"
        link = self._connected()
        link.settimeout(timeout)
        link.sendall(head.encode() + body)
        received = b""
        while (end := received.find(b"\r\n\r\n")) < 0:
            received += link.recv(65536)
        status, *lines = received[:end].decode("latin-1").split("\r\n")
        said = {name.lower(): value for name, _, value in (each.partition(": ") for each in lines)}
        content = received[end + 4 :]
        while len(content) < int(said["content-length"]):
            content += link.recv(65536)
        return Answer(status=int(status.split(" ")[1]), headers=said, body=content)

    def close(self) -> None:
        """See ``Transport``."""
        if self._socket is not None:
            self._socket.close()

    def _connected(self) -> socket.socket:
        if self._socket is None:
            self._socket = socket.create_connection((self._parts.hostname, self._parts.port))
            self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        return self._socket


def _process(url: str, who: Sequence[tuple[UUID, str, bytes]], threads: int, talk: Connection) -> None:
    """Commands come in, answers go out; each is done by all kiosks, ``threads`` at a time."""
    kiosks = [LoadKiosk(url, each) for each in who]
    while True:
        command = talk.recv()
        if command is None:
            return
        name, arguments = command
        for each in kiosks:
            each.done = Done()
        if name == "live":
            for each in kiosks:
                each.live(*arguments)
        else:
            _together(kiosks, threads, lambda each: getattr(each, name)(*arguments))  # noqa: B023 - used at once
        talk.send([each.done for each in kiosks])


def _together(kiosks: Sequence[LoadKiosk], threads: int, work: Callable[[LoadKiosk], None]) -> None:
    waiting = list(reversed(kiosks))
    lock = threading.Lock()

    def run() -> None:
        while True:
            with lock:
                if not waiting:
                    return
                kiosk = waiting.pop()
            work(kiosk)

    running = [threading.Thread(target=run) for _ in range(threads)]
    for each in running:
        each.start()
    for each in running:
        each.join()


class Load:
    """All processes with kiosks in them."""

    def __init__(self, talks: Sequence[Connection]) -> None:
        self._talks = talks

    def do(self, name: str, *arguments: Any) -> tuple[float, list[Done]]:
        """Let every kiosk do something; seconds until the last has, and what each tells."""
        began = time.perf_counter()
        for talk in self._talks:
            talk.send((name, arguments))
        told = [done for talk in self._talks for done in talk.recv()]
        return time.perf_counter() - began, told


@contextmanager
def load(
    url: str, who: Sequence[tuple[UUID, str, bytes]], processes: int = 2, threads: int = 2
) -> Iterator[Load]:
    """Processes that share the kiosks ``who`` (device, code, seed of its key)."""
    context = get_context("spawn")
    talks, running = [], []
    for place in range(processes):
        mine, theirs = context.Pipe()
        process = context.Process(
            target=_process, args=(url, who[place::processes], threads, theirs), name=KIOSKS_NAME, daemon=True
        )
        process.start()
        talks.append(mine)
        running.append(process)
    yield Load(talks)
    for talk in talks:
        talk.send(None)
    for process in running:
        process.join()
