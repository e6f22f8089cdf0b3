"""Who sees what: projections, scopes, cursors."""

import re
from dataclasses import fields, replace

import msgspec
import pytest

from kiosk.city import admin
from kiosk.city.problems import Refused
from kiosk.city.projections import PUBLIC_LISTING, public_listing
from kiosk.city.reading import digest, hello, pull
from kiosk.city.reserve import reserve
from kiosk.domain.operations import CloseListing, ReviewListing, VerifyEmployer
from kiosk.domain.records import Finding, Listing
from kiosk.domain.values import Severity
from kiosk.protocol.codec import decode_record, encode
from kiosk.protocol.messages import ReserveRequest
from tests.city.stage import items_of
from tests.city.test_push import published, registered, wanted
from tests.domain.samples import STAFF, STAFF_ID, TERMS

pytestmark = pytest.mark.postgres
AREA = "area/371002"


def test_a_listing_posted_at_one_kiosk_appears_at_the_other(kiosk, other):
    listing = published(kiosk)
    there = other.sees(AREA)["listing", listing]
    shown = decode_record("listing", bytes(there.body))
    assert (shown.terms, shown.status, shown.home) == (
        decode_record("listing", msgspec.json.encode(kiosk.own()["listing", listing])).terms,
        "published",
        "WH01",
    )


def test_a_pending_listing_is_nobody_elses_business(kiosk, other):
    employer = kiosk.employer_body()
    post = kiosk.post_body(employer.employer_id)
    kiosk.say(employer, post)
    assert ("listing", post.listing_id) in kiosk.own()
    assert other.sees(AREA) == {}


def test_a_closed_listing_leaves_the_public_stream(kiosk, other):
    listing = published(kiosk)
    kiosk.say(CloseListing(listing_id=listing))
    assert other.sees(AREA)["listing", listing].deleted


def test_a_kiosk_gets_its_own_listing_whole_and_only_once(kiosk):
    listing = published(kiosk)
    assert kiosk.sees(AREA) == {}
    assert kiosk.own()["listing", listing]["reviewed_by"] == str(STAFF_ID)


def test_every_field_of_a_listing_is_either_public_or_blank():
    whole = {field.name for field in fields(Listing)}
    assert whole > PUBLIC_LISTING
    assert whole - PUBLIC_LISTING == {"source", "findings", "review_reason", "reviewed_by"}


def test_the_public_listing_says_nothing_about_review(kiosk, market):
    listing = published(kiosk)
    record = decode_record("listing", msgspec.json.encode(kiosk.own()["listing", listing]))
    record = replace(
        record,
        findings=(Finding(rule="secret_rule", severity=Severity.WARN, field="title", law="x"),),
        review_reason="secret reason",
    )
    body = public_listing(record)
    assert b"secret" not in body
    assert str(STAFF_ID).encode() not in body
    shown = decode_record("listing", body)
    assert (shown.findings, shown.review_reason, shown.reviewed_by) == ((), "", None)


def test_no_byte_that_another_kiosk_can_pull_names_a_worker(kiosk, other):
    listing = published(kiosk)
    worker = registered(kiosk, "钱多多")
    kiosk.say(kiosk.apply_body(listing, worker))
    streams = other.city.store.run(lambda tx: hello(other.city, tx, other.device)).streams
    assert set(streams) == {"ref", "dev/WH02", "area/371000", "area/371002", "area/371003", "area/371082"}
    everything = b"".join(bytes(item.body) for stream in streams for item in other.sees(stream).values())
    assert TERMS.title.encode() in everything
    assert "钱多多".encode() not in everything
    assert str(worker).encode() not in everything
    assert not re.search(rb"13900000000", everything)


@pytest.mark.parametrize("stream", ["dev/WH02", "area/370602", "dev/", "", "ref/x", "dev/WH01x"])
def test_a_stream_of_somebody_else_is_refused(kiosk, other, stream):
    with pytest.raises(Refused) as caught:
        kiosk.city.store.run(lambda tx: pull(kiosk.city, tx, kiosk.device, stream, 0, None, 10))
    assert caught.value.code == "stream"


def test_pages_follow_the_cursor_without_gap_or_repetition(kiosk):
    for n in range(7):
        registered(kiosk, "王" + "一二三四五六七"[n])

    def ask(after, epoch):
        return kiosk.city.store.run(
            lambda tx: pull(kiosk.city, tx, kiosk.device, "dev/WH01", after, epoch, 3)
        )

    seen, after, epoch = [], 0, None
    while True:
        page = ask(after, epoch)
        seen += [item.seq for item in items_of(page)]
        after, epoch = seen[-1], page.state.epoch
        if not page.more:
            break
    assert seen == list(range(1, 8))
    assert page.head == 7


@pytest.mark.parametrize("after", [1, 99])
def test_a_cursor_of_another_epoch_or_beyond_the_head_needs_a_snapshot(kiosk, after):
    registered(kiosk)
    epoch = kiosk.market.new_id() if after == 1 else None
    page = kiosk.city.store.run(lambda tx: pull(kiosk.city, tx, kiosk.device, "dev/WH01", after, epoch, 3))
    assert page.snapshot_needed
    assert items_of(page) == []


def test_keys_of_all_stations_are_in_the_reference_stream_and_revocation_follows(kiosk, other):
    def station_keys():
        items = [item for item in kiosk.sees("ref").values() if item.entity == "station_key"]
        return {msgspec.json.decode(item.body)["kiosk"]: item for item in items}

    keys = station_keys()
    assert set(keys) == {"WH01", "WH02"}
    assert admin.revoke(kiosk.city, "WH02")
    after = station_keys()
    assert msgspec.json.decode(after["WH02"].body)["revoked"] is True
    assert msgspec.json.decode(after["WH01"].body)["revoked"] is False
    assert after["WH02"].seq > keys["WH02"].seq


def test_reserve_moves_one_place_and_a_repeated_request_does_not_move_another(kiosk, other):
    listing = published(kiosk, headcount=4)
    ask = ReserveRequest(listing_id=listing, held=0)
    first = other.city.store.run(lambda tx: reserve(other.city, tx, other.device, ask))
    again = other.city.store.run(lambda tx: reserve(other.city, tx, other.device, ask))
    assert first.granted
    assert again.granted
    assert first.lease == again.lease
    assert other.own()["lease", listing]["granted"] == 1
    second = replace_held(ask, 1)
    nothing = other.city.store.run(lambda tx: reserve(other.city, tx, other.device, second))
    assert not nothing.granted
    records = kiosk.city.store.run(lambda tx: tx.load(wanted(listing)))
    total = records.central(listing).free + sum(lease.granted for lease in records.leases.values())
    assert total == 4


def replace_held(ask, held):
    return msgspec.structs.replace(ask, held=held)


def test_a_place_reserved_online_is_confirmed_from_the_own_lease(kiosk, other):
    listing = published(kiosk, headcount=4)
    ask = ReserveRequest(listing_id=listing, held=0)
    other.city.store.run(lambda tx: reserve(other.city, tx, other.device, ask))
    assert other.say(other.apply_body(listing, registered(other))) == [("accepted", "")]
    placed = [body for (entity, _), body in other.own().items() if entity == "placement"]
    assert [(body["claim"], body["claim_home"]) for body in placed] == [("lease", "WH02")]


def test_the_digest_changes_with_the_stream_and_only_then(kiosk, other):
    def ask():
        return kiosk.city.store.run(lambda tx: digest(kiosk.city, tx, kiosk.device, "dev/WH01"))

    empty = ask()
    registered(kiosk)
    one = ask()
    registered(other)
    assert ask().digest == one.digest != empty.digest
    assert (one.count, one.head) == (1, 1)


def test_a_verified_employers_listing_reaches_its_district_at_once(kiosk, other):
    employer = kiosk.employer_body()
    kiosk.say(employer)
    kiosk.say(VerifyEmployer(employer_id=employer.employer_id), actor=STAFF)
    post = kiosk.post_body(employer.employer_id, region="371082001")
    kiosk.say(post)
    kiosk.say(ReviewListing(listing_id=post.listing_id, approve=True), actor=STAFF)
    assert ("listing", post.listing_id) in other.sees("area/371082")
    assert encode(post.terms.region) in bytes(other.sees("area/371082")["listing", post.listing_id].body)
