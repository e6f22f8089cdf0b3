"""Other kiosks' courier files that this one carries: kept, handed over part by part, answers kept."""

import logging
import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from uuid import UUID

import msgspec

from kiosk.domain.refusal import Refusal
from kiosk.protocol.codec import Malformed
from kiosk.protocol.courier import Header, file_bytes
from kiosk.services.courier_ports import Load
from kiosk.sync import courier_files as files
from kiosk.sync.client import CityClient
from kiosk.sync.faults import CityRefused

log = logging.getLogger(__name__)
#: What a kiosk carries at most.
MOST_LOADS = 20
#: Parts handed over in one go, so that the kiosk's own exchange never waits long.
PARTS_A_STEP = 8
NEWEST = "newest.json"
UP, ANSWERS, STATE = ".gig-up", ".answers", ".state"


class _State(msgspec.Struct, frozen=True, kw_only=True):
    """How far a load has got: parts answered, and how many bytes of the file of answers belong to them."""

    done: int = 0
    size: int = 0


class Newest(msgspec.Struct, frozen=True, kw_only=True):
    """This kiosk's own newest export, and the life of the city that it was made for.

    Attributes:
        anew: it asks for everything anew, and has not been answered.
    """

    file_id: UUID
    epoch: UUID | None
    anew: bool = False


class Loads:
    """The loads in one folder of the kiosk's data."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def all(self) -> Sequence[Load]:
        """What is carried, the oldest first."""
        if not self._folder.is_dir():
            return ()
        found = [self._load(header) for _, header in files.headers(self._folder)]
        return sorted(found, key=lambda load: load.made_at)

    def add(self, header: Header, parts: Iterator[bytes]) -> None:
        """Keep another kiosk's file.

        Raises:
            Refusal: it is here already, or too many are.
            Malformed, OSError: it cannot be read or kept; nothing of it is.
        """
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        loads = self.all()
        if any(load.file_id == header.file_id for load in loads):
            raise Refusal("refusal.courier_known")
        answered = [load for load in loads if load.done == load.parts]
        if len(loads) >= MOST_LOADS:
            if not answered:
                raise Refusal("refusal.courier_many", limit=MOST_LOADS)
            self.drop(answered[0])
        files.write(self._folder, f"{header.file_id.hex}{UP}", file_bytes(header, parts))

    def drop(self, load: Load) -> None:
        """Forget a load."""
        for suffix in (UP, ANSWERS, STATE):
            self._path(load.file_id, suffix).unlink(missing_ok=True)

    def answers(self, load: Load) -> list[bytes]:
        """The boxes that the city gave for it."""
        state = self._state(load.file_id)
        raw = self._path(load.file_id, ANSWERS).read_bytes()[: state.size] if state.size else b""
        return list(_frames(raw))

    def header(self, load: Load) -> Header:
        """The header of the file as it came."""
        with files.reading(self._path(load.file_id, UP)) as reader:
            return reader.header

    def step(self, client: CityClient) -> bool:
        """Hand over some parts; whether there are more.

        Raises:
            NetworkFault: not reached; what is done stays done.
        """
        for load in self.all():
            if load.done < load.parts:
                self._hand_over(client, load)
                return True
        return False

    def _hand_over(self, client: CityClient, load: Load) -> None:
        try:
            with files.reading(self._path(load.file_id, UP)) as reader:
                for number, part in enumerate(reader.parts()):
                    if load.done <= number < load.done + PARTS_A_STEP:
                        self._answered(load.file_id, number + 1, self._ask(client, part))
        except (OSError, Malformed):
            log.exception("courier file %s cannot be carried any further", load.file_id)
            self.drop(load)

    @staticmethod
    def _ask(client: CityClient, part: bytes) -> tuple[bytes, ...]:
        try:
            return client.courier(part).answers
        except CityRefused as error:
            if error.problem != "malformed":
                raise
            log.warning(
                "the city cannot read a courier part"
            )  # of another city, or damaged before it was sealed
            return ()

    def _answered(self, file_id: UUID, done: int, boxes: Sequence[bytes]) -> None:
        """Keep the answers, then that they are there: cut off in between, the part is asked again."""
        size = self._state(file_id).size
        framed = b"".join(len(raw).to_bytes(4) + raw for raw in boxes)
        with self._path(file_id, ANSWERS).open("ab") as file:
            file.truncate(size)
            file.write(framed)
            file.flush()
            os.fsync(file.fileno())
        state = _State(done=done, size=size + len(framed))
        files.write(self._folder, f"{file_id.hex}{STATE}", [msgspec.json.encode(state)])

    def remember(self, newest: Newest) -> None:
        """Note this kiosk's own newest export."""
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        files.write(self._folder, NEWEST, [msgspec.json.encode(newest)])

    def newest(self) -> Newest | None:
        """This kiosk's own newest export, if it is known."""
        try:
            return msgspec.json.decode((self._folder / NEWEST).read_bytes(), type=Newest)
        except (OSError, msgspec.DecodeError):
            return None

    def _load(self, header: Header) -> Load:
        done = self._state(header.file_id).done
        return Load(
            file_id=header.file_id,
            kiosk=header.kiosk,
            made_at=header.made_at,
            parts=header.parts,
            done=min(done, header.parts),
        )

    def _state(self, file_id: UUID) -> _State:
        try:
            return msgspec.json.decode(self._path(file_id, STATE).read_bytes(), type=_State)
        except (OSError, msgspec.DecodeError):
            return _State()

    def _path(self, file_id: UUID, suffix: str) -> Path:
        return self._folder / f"{file_id.hex}{suffix}"


def _frames(raw: bytes) -> Iterator[bytes]:
    at = 0
    while at < len(raw):
        length = int.from_bytes(raw[at : at + 4])
        yield raw[at + 4 : at + 4 + length]
        at += 4 + length
