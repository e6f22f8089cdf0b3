"""On a stick: a kiosk without a network, one that has it, the city, and back. Everything real but the stick's mount."""

import errno
import itertools
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.bootstrap.city_courier import import_courier
from kiosk.city import admin
from kiosk.devices.usb_folders import UsbFolders
from kiosk.domain.refusal import Refusal
from kiosk.protocol.codec import Malformed
from kiosk.protocol.courier import CourierReader
from kiosk.protocol.messages import Outcome, Verdict
from kiosk.services.courier_ports import Stick
from kiosk.sync import courier_files
from tests.sync.kiosks import WholeKiosk
from tests.ui.screens.house import STAFF

pytestmark = pytest.mark.postgres


def progress(done, total):
    assert 0 <= done <= total


@pytest.fixture
def kiosks(tmp_path, clock, city, server):
    """One far from any network after its first contact, one in town."""
    made = [WholeKiosk(tmp_path, code, clock, city, server.url) for code in ("WHC1", "WHC2")]
    for each in made:
        each.settle()
    yield made
    for each in made:
        each.close()


@pytest.fixture
def stick(tmp_path):
    folder = tmp_path / "media" / "KINGSTON"
    folder.mkdir(parents=True)
    return Stick(path=folder, name="KINGSTON", free=10**9, writable=True)


def only(things):
    assert len(things) == 1
    return things[0]


def carry(kiosk):
    """The rounds of a kiosk that carries."""
    for _ in range(20):
        if not kiosk.services.courier.step():
            return


def test_operations_go_up_on_a_stick_and_their_answers_come_back(kiosks, city, stick):
    far, town = kiosks
    listing, worker = far.listing(), far.worker()
    far.apply(worker, listing)
    unsent = far.kiosk.storage.outbox.counts().unsent
    done = far.services.courier.export(stick, progress)
    assert (done.operations, done.more) == (unsent, False)
    raw = (stick.path / done.name).read_bytes()
    assert "丛建国".encode() not in raw

    file = only(town.services.courier.files(stick))
    assert (file.kiosk, file.answers, file.ours) == ("WHC1", False, False)
    assert town.services.courier.take_in(file, progress).carried
    load = only(town.services.courier.loads())
    with pytest.raises(Refusal) as refused:
        town.services.courier.bring_back(load, stick, progress)
    assert refused.value.key == "refusal.courier_waits"
    carry(town)
    assert city.store.run(lambda tx: tx.peek("worker", worker)) is not None
    town.services.courier.bring_back(only(town.services.courier.loads()), stick, progress)

    answers = only([each for each in far.services.courier.files(stick) if each.answers])
    assert answers.ours
    taken = far.services.courier.take_in(answers, progress)
    assert (taken.settled, taken.problem) == (unsent, "")
    assert taken.pulled > 0
    assert far.kiosk.storage.outbox.counts().unsent == 0
    # Nothing is left for the network to say.
    far.settle()
    assert far.pump.step().pulled == 0


def test_the_same_stick_twice_and_a_network_in_between_change_nothing(kiosks, city, stick):
    far, town = kiosks
    far.listing()
    far.services.courier.export(stick, progress)
    town.services.courier.take_in(only(town.services.courier.files(stick)), progress)
    carry(town)
    town.services.courier.bring_back(only(town.services.courier.loads()), stick, progress)
    far.worker()
    far.settle()
    counts = city.store.run(lambda tx: tx.counts())
    for _ in range(2):
        answers = only([each for each in far.services.courier.files(stick) if each.answers])
        taken = far.services.courier.take_in(answers, progress)
        assert (taken.settled, taken.pulled, taken.problem) == (0, 0, "")
    far.settle()
    assert city.store.run(lambda tx: tx.counts()) == counts
    with pytest.raises(Refusal) as refused:
        town.services.courier.take_in(
            only([each for each in town.services.courier.files(stick) if not each.answers]), progress
        )
    assert refused.value.key == "refusal.courier_known"


def test_the_city_takes_the_file_itself_and_writes_the_answers(kiosks, city, stick, tmp_path):
    far, _ = kiosks
    worker = far.worker()
    name = far.services.courier.export(stick, progress).name
    said = []
    assert import_courier(city, stick.path / name, None, said.append) == 0
    assert import_courier(city, stick.path / name, stick.path, said.append) == 0
    assert city.store.run(lambda tx: tx.peek("worker", worker)) is not None
    answers = only([each for each in far.services.courier.files(stick) if each.answers])
    assert far.services.courier.take_in(answers, progress).settled > 0
    assert far.kiosk.storage.outbox.counts().unsent == 0
    assert import_courier(city, answers.path, None, said.append) == 1
    (stick.path / name).write_bytes((stick.path / name).read_bytes()[:-40])
    assert import_courier(city, stick.path / name, None, said.append) == 1
    assert "damaged" in said[-1]
    assert import_courier(city, stick.path / "none", None, said.append) == 1


def test_a_restart_of_the_carrier_loses_nothing(kiosks, stick):
    far, town = kiosks
    far.worker()
    far.services.courier.export(stick, progress)
    town.services.courier.take_in(only(town.services.courier.files(stick)), progress)
    town.begin_anew()
    load = only(town.services.courier.loads())
    assert load.done == 0
    carry(town)
    town.begin_anew()
    load = only(town.services.courier.loads())
    assert load.done == load.parts > 0


def test_a_decision_of_staff_travels_too(kiosks, city, stick):
    far, town = kiosks
    far.worker()
    outbox = far.kiosk.storage.outbox
    op = outbox.unsent(1)[0]
    far.settle()
    waits = Verdict(seq=op.seq, op_id=op.op_id, outcome=Outcome.QUARANTINED, reason="quarantine.bug")
    outbox.settle([waits])
    far.services.aside.retry(op.op_id, STAFF)
    far.services.courier.export(stick, progress)
    town.services.courier.take_in(only(town.services.courier.files(stick)), progress)
    carry(town)
    town.services.courier.bring_back(only(town.services.courier.loads()), stick, progress)
    answers = only([each for each in far.services.courier.files(stick) if each.answers])
    assert far.services.courier.take_in(answers, progress).settled == 1
    assert outbox.counts().quarantined == 0
    assert far.kiosk.storage.decisions.pending() == []


def test_who_may_read_what(kiosks, city, stick):
    far, town = kiosks
    far.worker()
    far.services.courier.export(stick, progress)
    own = only(far.services.courier.files(stick))
    with pytest.raises(Refusal) as refused:
        far.services.courier.take_in(own, progress)
    assert refused.value.key == "refusal.courier_own"
    town.services.courier.take_in(only(town.services.courier.files(stick)), progress)
    carry(town)
    town.services.courier.bring_back(only(town.services.courier.loads()), stick, progress)
    answers = only([each for each in town.services.courier.files(stick) if each.answers])
    with pytest.raises(Refusal) as refused:
        town.services.courier.take_in(answers, progress)
    assert refused.value.key == "refusal.courier_not_ours"


def test_answers_that_somebody_else_made_are_not_believed(kiosks, city, stick):
    far, town = kiosks
    far.worker()
    far.services.courier.export(stick, progress)
    town.services.courier.take_in(only(town.services.courier.files(stick)), progress)
    carry(town)
    load = only(town.services.courier.loads())
    town.services.courier._loads.answers = lambda _: [b"\x01" * 200]
    town.services.courier.bring_back(load, stick, progress)
    answers = only([each for each in far.services.courier.files(stick) if each.answers])
    with pytest.raises(Refusal) as refused:
        far.services.courier.take_in(answers, progress)
    assert refused.value.key == "refusal.courier_damaged"
    assert far.kiosk.storage.outbox.counts().unsent > 0


def test_a_revoked_kiosk_hears_it_from_the_stick(kiosks, city, stick):
    far, town = kiosks
    far.worker()
    admin.revoke(city, "WHC1", "驿站搬走了")
    far.services.courier.export(stick, progress)
    town.services.courier.take_in(only(town.services.courier.files(stick)), progress)
    carry(town)
    town.services.courier.bring_back(only(town.services.courier.loads()), stick, progress)
    answers = only([each for each in far.services.courier.files(stick) if each.answers])
    taken = far.services.courier.take_in(answers, progress)
    assert (taken.settled, taken.problem, taken.reason) == (0, "sync.revoked", "驿站搬走了")
    assert far.kiosk.storage.outbox.counts().unsent > 0


def test_a_restored_city_is_noticed_by_the_answers_to_the_newest_file_alone(kiosks, city, stick):
    far, town = kiosks
    far.worker()
    far.services.courier.export(stick, progress)
    town.services.courier.take_in(only(town.services.courier.files(stick)), progress)
    admin.after_restore(city)
    carry(town)
    town.services.courier.bring_back(only(town.services.courier.loads()), stick, progress)
    answers = only([each for each in far.services.courier.files(stick) if each.answers])
    taken = far.services.courier.take_in(answers, progress)
    assert taken.problem == "courier.city_restored"
    assert far.kiosk.storage.inbox.epoch() == city.store.run(lambda tx: tx.city()).epoch
    far.settle()
    assert far.kiosk.storage.outbox.counts().unsent == 0


class _Failing:
    """A file that fails after some bytes, as a stick does."""

    def __init__(self, file, number, after):
        self.file, self.number, self.left = file, number, after

    def __getattr__(self, name):
        return getattr(self.file, name)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.file.close()

    def write(self, piece):
        self.left -= len(piece)
        if self.left < 0:
            raise OSError(self.number, "stick")
        return self.file.write(piece)


@pytest.mark.parametrize(
    ("number", "key"),
    [
        (errno.ENOSPC, "refusal.courier_full"),
        (errno.EROFS, "refusal.courier_read_only"),
        (errno.EACCES, "refusal.courier_read_only"),
        (errno.EIO, "refusal.courier_gone"),
        (errno.ENODEV, "refusal.courier_gone"),
    ],
)
def test_a_stick_that_fails_leaves_no_half_file(kiosks, stick, monkeypatch, number, key):
    far, _ = kiosks
    far.worker()
    opened = Path.open

    def failing(self, *args, **kwargs):
        file = opened(self, *args, **kwargs)
        return _Failing(file, number, 300) if "gig-part" in self.name else file

    monkeypatch.setattr(Path, "open", failing)
    with pytest.raises(Refusal) as refused:
        far.services.courier.export(stick, progress)
    assert refused.value.key == key
    assert list(stick.path.iterdir()) == []


def test_a_stick_that_is_gone(kiosks, stick):
    far, _ = kiosks
    stick.path.rmdir()
    with pytest.raises(Refusal) as refused:
        far.services.courier.export(stick, progress)
    assert refused.value.key == "refusal.courier_gone"
    assert far.services.courier.files(stick) == []


def test_sticks_are_what_is_mounted_below_the_roots(tmp_path):
    for name in ("user/ONE", "TWO", "user/plain"):
        (tmp_path / name).mkdir(parents=True)
    find = UsbFolders([tmp_path, tmp_path / "nowhere"], lambda path: path.name in {"ONE", "TWO"})
    assert [stick.name for stick in find()] == ["ONE", "TWO"]
    assert all(stick.writable and stick.free > 0 for stick in find())


@pytest.fixture(scope="module")
def raw(tmp_path_factory):
    """A small courier file."""
    from datetime import UTC, datetime
    from uuid import UUID

    from kiosk.protocol.courier import Direction, Header, file_bytes

    header = Header(
        direction=Direction.UP,
        file_id=UUID(int=1),
        kiosk="WHC1",
        device=UUID(int=2),
        city="371000",
        made_at=datetime(2026, 3, 7, tzinfo=UTC),
        parts=3,
    )
    return b"".join(file_bytes(header, [b"one", b"two" * 100, b""]))


def read(path, raw):
    path.write_bytes(raw)
    with courier_files.reading(path) as reader:
        return list(reader.parts())


def test_every_cut_and_every_changed_byte_is_found(raw, tmp_path):
    path = tmp_path / "x.gig-up"
    assert read(path, raw) == [b"one", b"two" * 100, b""]
    for at in range(len(raw)):
        with pytest.raises(Malformed):
            read(path, raw[:at])
        with pytest.raises(Malformed):
            read(path, raw[:at] + bytes([raw[at] ^ 0x41]) + raw[at + 1 :])
    with pytest.raises(Malformed):
        read(path, raw + b"x")


@given(st.binary(max_size=400), st.integers(0, 30))
def test_the_reader_never_does_anything_but_refuse(tail, keep):
    import io

    from kiosk.protocol.courier import MAGIC

    for start in (b"", MAGIC[:keep], MAGIC):
        try:
            reader = CourierReader(io.BytesIO(start + tail))
            for part in itertools.islice(reader.parts(), 100):
                assert len(part) <= len(tail)
        except Malformed:
            pass


def test_a_file_of_another_city_is_refused(kiosks, stick, city):
    far, town = kiosks
    far.worker()
    far.services.courier.export(stick, progress)
    office = town.services.courier
    office._ports = replace(office._ports, city="370600")
    with pytest.raises(Refusal) as refused:
        office.take_in(only(office.files(stick)), progress)
    assert refused.value.key == "refusal.courier_other_city"
