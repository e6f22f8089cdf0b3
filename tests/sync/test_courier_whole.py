"""All by stick: a kiosk without a network reads whole streams from files of the city's, and nothing that is wrong."""

import shutil
from datetime import timedelta

import msgspec
import pytest

from kiosk.bootstrap.city_courier import export_courier, import_courier
from kiosk.city import admin, courier, purge
from kiosk.domain.refusal import Refusal
from kiosk.protocol.courier import CarriedAnswer, file_bytes, open_answer, packed, seal_answer
from kiosk.protocol.sealing import private_of_device, public_of_device
from kiosk.protocol.signing import SigningKey
from kiosk.services.context import SELF
from kiosk.sync import courier_files
from tests.sync.kiosks import WholeKiosk
from tests.sync.test_courier import carry, kiosks, only, progress, stick

__all__ = ["kiosks", "stick"]
pytestmark = pytest.mark.postgres
AREA = "area/371002"


def from_the_city(city, stick, code="WHC1"):
    """What the city's engineer writes for a kiosk."""
    said = []
    before = set(stick.path.iterdir())
    assert export_courier(city, code, stick.path, said.append) == 0, said
    return only(list(set(stick.path.iterdir()) - before))


def read_in(kiosk, stick, path):
    file = only([each for each in kiosk.services.courier.files(stick) if each.path == path])
    return kiosk.services.courier.take_in(file, progress)


def refused(kiosk, stick, path):
    """The sentence about a file, and that nothing at all was written for it."""
    before = held(kiosk)
    with pytest.raises(Refusal) as refusal:
        read_in(kiosk, stick, path)
    assert held(kiosk) == before
    return refusal.value.key.removeprefix("refusal.courier_")


def held(kiosk):
    """All that a stick could change in the kiosk's database."""
    with kiosk.kiosk.storage.database.reader() as connection:
        return [
            connection.execute(f"SELECT * FROM {table} ORDER BY 1, 2").fetchall()
            for table in (
                "stream",
                "row_stream",
                "listing",
                "worker",
                "placement",
                "lease",
                "outbox",
                "sync_meta",
            )
        ]


def same_view(kiosk, city):
    """Whether the kiosk holds what the city shows it, by the digest that it would compare on a network."""
    for stream in kiosk.kiosk.storage.inbox.streams():
        theirs = kiosk.pump._client.digest(stream)
        mine = kiosk.kiosk.storage.inbox.digest(stream)
        if (mine.count, mine.digest) != (theirs.count, theirs.digest):
            return False
        if kiosk.kiosk.storage.inbox.cursor(stream).replacing:
            return False
    return True


def listings(kiosk):
    with kiosk.kiosk.storage.database.reader() as connection:
        return connection.execute("SELECT count(*) FROM listing").fetchone()[0]


def rewritten(path, boxes, **changes):
    """The same file with other parts, its checksum made anew as anybody can."""
    with courier_files.reading(path) as reader:
        header = reader.header
    header = msgspec.structs.replace(header, **{"parts": len(boxes), **changes})
    path.write_bytes(b"".join(file_bytes(header, boxes)))


def parts(path):
    with courier_files.reading(path) as reader:
        return list(reader.parts())


def close(kiosk, listing):
    kiosk.services.listings.close(listing, "", SELF)
    kiosk.settle()


def test_a_kiosk_without_a_network_holds_what_the_city_shows_it(kiosks, city, stick):
    far, town = kiosks
    gone, stays = town.listing(), town.listing()
    town.settle()
    assert read_in(far, stick, from_the_city(city, stick)).pulled > 0
    assert far.kiosk.storage.read.listing(gone) is not None
    close(town, gone)
    third = town.listing()
    town.settle()
    path = from_the_city(city, stick)
    assert read_in(far, stick, path).pulled > 0
    assert far.kiosk.storage.read.listing(gone) is None  # it replaces
    assert far.kiosk.storage.read.listing(stays) is not None
    assert far.kiosk.storage.read.listing(third) is not None
    assert same_view(far, city)
    again = read_in(far, stick, path)
    assert (again.settled, again.pulled, again.problem) == (0, 0, "")
    assert far.pump.step().pulled == 0  # the network has nothing to add


def test_own_work_that_the_city_has_not_heard_of_stays_on_top(kiosks, city, stick):
    far, town = kiosks
    listing = town.listing()
    town.settle()
    worker, mine = far.worker(), far.listing()
    far.apply(worker, mine)
    read_in(far, stick, from_the_city(city, stick))
    assert far.kiosk.storage.read.listing(listing) is not None
    assert far.kiosk.storage.read.worker(worker) is not None
    assert far.lease(mine).spent == 1
    far.settle()
    assert same_view(far, city)


def test_an_older_file_than_what_is_held_brings_nothing_back(kiosks, city, stick):
    far, town = kiosks
    gone = town.listing()
    town.settle()
    old = from_the_city(city, stick)
    close(town, gone)
    far.settle()
    before = held(far)
    assert read_in(far, stick, old).pulled == 0
    assert held(far) == before


def test_a_power_cut_in_the_middle_goes_on_where_it_was(kiosks, city, stick, monkeypatch):
    far, town = kiosks
    monkeypatch.setattr(courier, "A_PAGE", 2)
    for _ in range(7):
        town.listing()
    town.settle()
    path = from_the_city(city, stick)
    inbox = far.services.courier._ports.inbox
    full, taken = inbox.apply_snapshot, []

    def cut(stream, *args, **named):
        if len([each for each in taken if each == AREA]) == 2:
            raise KeyboardInterrupt
        taken.append(stream)
        full(stream, *args, **named)

    monkeypatch.setattr(inbox, "apply_snapshot", cut, raising=False)
    with pytest.raises(KeyboardInterrupt):
        read_in(far, stick, path)
    monkeypatch.undo()
    assert far.kiosk.storage.inbox.cursor(AREA).after is not None
    far.begin_anew()
    assert read_in(far, stick, path).pulled == 3
    assert same_view(far, city)


def test_in_the_middle_of_what_the_network_has_begun_an_older_page_is_left_alone(
    kiosks, city, stick, monkeypatch
):
    far, town = kiosks
    monkeypatch.setattr(courier, "A_PAGE", 2)
    found = [town.listing() for _ in range(5)]
    town.settle()
    path = from_the_city(city, stick)
    close(town, found[3])
    inbox, client = far.kiosk.storage.inbox, far.pump._client
    inbox.restart(AREA)
    client._page = 2
    page = client.snapshot(AREA, None)
    far.services.courier._ports.pages.held(page, None, anew=False)
    after = inbox.cursor(AREA).after
    assert after is not None
    read_in(far, stick, path)
    assert inbox.cursor(AREA).after == after
    far.settle()
    assert same_view(far, city)
    assert far.kiosk.storage.read.listing(found[3]) is None


def test_below_the_purge_fence_the_answers_bring_the_stream_whole(kiosks, city, stick, market):
    far, town = kiosks
    gone, stays = town.listing(), town.listing()
    town.settle()
    far.settle()
    close(town, gone)
    assert purge.forget(city, city.now() + timedelta(days=40000)) > 0
    name = far.services.courier.export(stick, progress).name
    assert import_courier(city, stick.path / name, stick.path, lambda _: None) == 0
    answers = only([each for each in far.services.courier.files(stick) if each.answers])
    far.services.courier.take_in(answers, progress)
    assert far.kiosk.storage.read.listing(gone) is None
    assert far.kiosk.storage.read.listing(stays) is not None
    assert same_view(far, city)


def test_what_is_too_much_for_one_journey_comes_with_the_next(kiosks, city, stick, monkeypatch):
    far, town = kiosks
    monkeypatch.setattr("kiosk.sync.courier_office.PAGE", 2)
    monkeypatch.setattr("kiosk.bootstrap.city_courier.MOST_IN_FILE", 1)
    for _ in range(5):
        town.listing()
    town.settle()
    far.kiosk.storage.inbox.restart(AREA)
    before = listings(far)
    seen = []
    for _ in range(4):
        for path in stick.path.iterdir():
            path.unlink()
        name = far.services.courier.export(stick, progress).name
        assert import_courier(city, stick.path / name, stick.path, lambda _: None) == 0
        answers = only([each for each in far.services.courier.files(stick) if each.answers])
        far.services.courier.take_in(answers, progress)
        seen.append(listings(far) - before)
    assert seen == [2, 4, 5, 5]
    assert same_view(far, city)


def test_staff_ask_for_everything_anew(kiosks, city, stick):
    far, town = kiosks
    listing = town.listing()
    town.settle()
    far.settle()
    with far.kiosk.storage.database.transaction() as connection:
        connection.execute("DELETE FROM market WHERE listing_id = ?", (listing.bytes,))
        connection.execute("DELETE FROM listing WHERE id = ?", (listing.bytes,))
    name = far.services.courier.export(stick, progress, anew=True).name
    assert import_courier(city, stick.path / name, stick.path, lambda _: None) == 0
    answers = only([each for each in far.services.courier.files(stick) if each.answers])
    assert far.services.courier.take_in(answers, progress).pulled > 0
    assert far.kiosk.storage.read.listing(listing) is not None
    assert far.services.courier.take_in(answers, progress).pulled == 0
    assert same_view(far, city)


def test_another_kiosk_reads_nothing_of_it_whatever_the_header_says(kiosks, city, stick):
    far, town = kiosks
    far.worker()
    far.settle()
    path = from_the_city(city, stick)
    assert "丛建国".encode() not in path.read_bytes()
    assert refused(town, stick, path) == "not_ours"
    me = town.pump._client.me
    rewritten(path, parts(path), device=me.device, kiosk=me.kiosk, incarnation=me.incarnation)
    assert refused(town, stick, path) == "damaged"


def test_cut_changed_and_signed_by_somebody_else(kiosks, city, stick):
    far, town = kiosks
    town.listing()
    town.settle()
    path = from_the_city(city, stick)
    whole, boxes = path.read_bytes(), parts(path)
    for spoiled in (whole[:-40], whole[: len(whole) // 2], whole + b"x", whole[:900] + b"\0" + whole[901:]):
        path.write_bytes(spoiled)
        assert refused(far, stick, path) == "damaged"
    mine = private_of_device(far.pump._client.me.key.seed)
    key = far.services.courier._ports.city_key()
    plain = [open_answer(box, mine, key) for box in boxes]
    public = public_of_device(far.pump._client.me.key.public)
    forged = [seal_answer(each, SigningKey(bytes(32)), public) for each in plain]
    # One forged part at the very end spoils the file before anything of it is written.
    rewritten(path, [*boxes[:-1], forged[-1]])
    assert refused(far, stick, path) == "damaged"


def test_a_bomb_that_the_city_itself_would_have_signed_is_never_unpacked(kiosks, city, stick):
    far, town = kiosks
    town.listing()
    town.settle()
    path = from_the_city(city, stick)
    boxes = parts(path)
    _, sign = city.store.run(lambda tx: courier.keys(city, tx))
    me = far.pump._client.me
    with courier_files.reading(path) as reader:
        file_id = reader.header.file_id
    bomb = CarriedAnswer(
        file_id=file_id,
        number=len(boxes),
        device=me.device,
        target="/v1/pull?stream=ref",
        status=200,
        body=packed(b"\0" * (64 * 1024 * 1024)),
    )
    assert len(bomb.body) < 10_000
    rewritten(path, [*boxes, seal_answer(bomb, sign, public_of_device(me.key.public))])
    assert refused(far, stick, path) == "damaged"


def test_of_an_earlier_life_of_the_city_and_for_an_earlier_key(kiosks, city, stick):
    far, _ = kiosks
    path = from_the_city(city, stick)
    admin.after_restore(city)
    far.settle()
    assert refused(far, stick, path) == "other_life"
    path.unlink()
    path = from_the_city(city, stick)
    url = far.kiosk.config.enrolment.url
    far.services.station.join_city(url, admin.make_enroll_token(city, "WHC1"))
    far.begin_anew()
    far.settle()
    assert refused(far, stick, path) == "earlier_key"
    rewritten(path, parts(path), incarnation=far.pump._client.me.incarnation)
    assert refused(far, stick, path) == "damaged"


def test_a_file_that_knows_more_than_was_ever_done_here_shows_that_the_disk_is_an_old_image(
    kiosks, city, stick, tmp_path, clock
):
    far, _ = kiosks
    far.worker()
    far.settle()
    far.close()
    shutil.copytree(tmp_path / "WHC1", tmp_path / "image")
    again = WholeKiosk(tmp_path, "WHC1", clock)
    again.worker(name="于大海")
    again.settle()
    again.close()
    shutil.rmtree(tmp_path / "WHC1")
    shutil.copytree(tmp_path / "image", tmp_path / "WHC1")
    old = WholeKiosk(tmp_path, "WHC1", clock)
    before = held(old)
    assert read_in(old, stick, from_the_city(city, stick)).problem == "sync.re_enrol"
    # Nothing is written but that, and from now on nothing is sent on a stick either.
    *tables, known = held(old)
    assert (tables, [each for each in known if each[0] != "rolled_back"]) == (before[:-1], before[-1])
    old.worker(name="王四")
    assert old.services.courier.export(stick, progress).operations == 0
    old.close()


def test_the_tool_says_what_is_wrong(kiosks, city, stick, tmp_path):
    said = []
    assert export_courier(city, "WHC9", stick.path, said.append) == 1
    assert export_courier(city, "WHC1", tmp_path / "nowhere", said.append) == 1
    admin.revoke(city, "WHC1")
    assert export_courier(city, "WHC1", stick.path, said.append) == 1
    assert [each.split(":")[0].split(" ")[0] for each in said] == ["the", str(tmp_path / "nowhere"), "WHC1"]
    assert list(stick.path.iterdir()) == []


def test_a_kiosk_in_town_carries_the_question_and_the_snapshot(kiosks, city, stick):
    far, town = kiosks
    listing = town.listing()
    town.settle()
    far.kiosk.storage.inbox.restart(AREA)
    far.services.courier.export(stick, progress)
    town.services.courier.take_in(
        only([each for each in town.services.courier.files(stick) if not each.answers]), progress
    )
    carry(town)
    town.services.courier.bring_back(only(town.services.courier.loads()), stick, progress)
    answers = only([each for each in far.services.courier.files(stick) if each.answers])
    assert far.services.courier.take_in(answers, progress).pulled > 0
    assert far.kiosk.storage.read.listing(listing) is not None
    assert same_view(far, city)


def test_files_that_are_none_are_named(kiosks, stick):
    far, _ = kiosks
    (stick.path / "gig-WHC1-x.gig-down").write_bytes(b"gig-courier/1\nxx")
    assert far.services.courier.files(stick) == []
    assert far.services.courier.unreadable(stick) == ["gig-WHC1-x.gig-down"]
