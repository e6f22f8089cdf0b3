"""What is set aside: taken up again, given up, by staff of the kiosk, of the city, or after an upgrade."""

import re
from uuid import uuid4

import msgspec
import pytest

from kiosk.city.problems import Code, Refused
from kiosk.city.quarantine import retry_known, settle
from kiosk.domain.operations import RegisterWorker, UpdateWorker
from kiosk.protocol import codec
from kiosk.protocol.codec import encode
from kiosk.protocol.messages import Action, Sent
from tests.city.test_push import published, registered

pytestmark = pytest.mark.postgres


def unknown(kiosk, body) -> Sent:
    """An operation from a newer program: its kind has a version that the city does not know."""
    op = kiosk.operation(body)
    sent = kiosk.sent(op)
    raw = re.sub(rb'"kind":"([a-z_.]+)/1"', rb'"kind":"\1/99"', encode(op))
    kiosk.log[-1] = msgspec.structs.replace(sent, op=msgspec.Raw(raw))
    return kiosk.log[-1]


def decide(kiosk, op_id, action, reason="", by="staff:7"):
    return kiosk.city.store.run(
        lambda tx: settle(kiosk.city, tx, kiosk.device.device, op_id, action, reason, by)
    )


def waiting(kiosk):
    return {row.op_id: row.reason for row in kiosk.city.store.run(lambda tx: tx.set_aside())}


def verdicts(kiosk):
    items = kiosk.sees(f"dev/{kiosk.code}")
    return {
        key[1]: msgspec.json.decode(item.body)["outcome"]
        for key, item in items.items()
        if key[0] == "verdict"
    }


def update(worker: RegisterWorker, name: str) -> UpdateWorker:
    fields = {each: getattr(worker, each) for each in UpdateWorker.__dataclass_fields__}
    return UpdateWorker(**{**fields, "name": name})


def update_of(kiosk, worker_id, name):
    body = kiosk.worker_body()
    fields = {each: getattr(body, each) for each in UpdateWorker.__dataclass_fields__}
    return UpdateWorker(**{**fields, "worker_id": worker_id, "name": name})


@pytest.fixture
def known(monkeypatch):
    """Upgrades the city: from now on it knows version 99 of everything."""

    def upgrade():
        for kind, decoder in list(codec._bodies.items()):
            monkeypatch.setitem(codec._bodies, kind.replace("/1", "/99"), decoder)

    return upgrade


def test_a_kind_of_a_newer_program_waits_and_is_taken_up_after_the_upgrade_with_what_followed(kiosk, known):
    worker = kiosk.worker_body()
    first = unknown(kiosk, worker)
    later = kiosk.sent(kiosk.operation(update(worker, "李小海")))
    kiosk.push(first, later)
    assert waiting(kiosk) == {
        first.op_id: "quarantine.unknown_kind",
        later.op_id: "quarantine.follows",
    }
    assert retry_known(kiosk.city) == 0
    known()
    assert retry_known(kiosk.city) == 1
    assert waiting(kiosk) == {}
    assert kiosk.own()["worker", worker.worker_id]["name"] == "李小海"
    assert verdicts(kiosk) == {first.op_id: "accepted", later.op_id: "accepted"}
    # The log is what was said then; a push played again hears the last word.
    assert [str(each.outcome) for each in kiosk.push(first, later).verdicts] == ["accepted", "accepted"]
    assert registered(kiosk)


def test_what_is_given_up_is_rejected_and_frees_what_waited_behind_it(kiosk):
    worker = registered(kiosk)
    bad, later = (
        unknown(kiosk, update_of(kiosk, worker, "王大海")),
        kiosk.sent(kiosk.operation(update_of(kiosk, worker, "李小海"))),
    )
    kiosk.push(bad, later)
    words = decide(kiosk, bad.op_id, Action.DISCARD, "typed twice")
    assert [(each.op_id, str(each.outcome), each.reason) for each in words] == [
        (bad.op_id, "rejected", "refusal.discarded"),
        (later.op_id, "accepted", ""),
    ]
    assert waiting(kiosk) == {}
    assert kiosk.own()["worker", worker]["name"] == "李小海"
    assert decide(kiosk, bad.op_id, Action.RETRY)[0] == words[0]


def test_giving_up_needs_a_reason_and_an_operation_of_ones_own(kiosk, other):
    bad = unknown(kiosk, kiosk.worker_body())
    kiosk.push(bad)
    with pytest.raises(Refused) as refused:
        decide(kiosk, bad.op_id, Action.DISCARD, "  ")
    assert refused.value.code is Code.MALFORMED
    for whose, op_id in ((other, bad.op_id), (kiosk, uuid4())):
        with pytest.raises(Refused) as refused:
            decide(whose, op_id, Action.DISCARD, "why")
        assert refused.value.code is Code.OPERATION
    assert waiting(kiosk) == {bad.op_id: "quarantine.unknown_kind"}


def test_what_still_cannot_be_done_stays_and_an_earlier_one_goes_first(kiosk, known):
    worker = kiosk.worker_body()
    first, second = unknown(kiosk, worker), kiosk.sent(kiosk.operation(update(worker, "李小海")))
    broken = Sent(seq=3, op_id=uuid4(), op=msgspec.Raw(b'{"kind":"worker.x/1","body":{}}'))
    kiosk.push(first, second, broken)
    assert [str(each.outcome) for each in decide(kiosk, second.op_id, Action.RETRY)] == ["quarantined"]
    assert [str(each.outcome) for each in decide(kiosk, broken.op_id, Action.RETRY)] == ["quarantined"]
    known()
    assert [str(each.outcome) for each in decide(kiosk, first.op_id, Action.RETRY)] == [
        "accepted",
        "accepted",
    ]
    assert waiting(kiosk) == {broken.op_id: "quarantine.malformed"}


def test_a_record_that_the_city_has_is_shown_again_when_an_unreadable_change_is_given_up(kiosk):
    listing = published(kiosk)
    close = b'{"kind":"listing.close/99","op_id":"%s","at":"2026-03-07T22:00:00Z","kiosk":"WH01",'
    close += b'"actor":{"kind":"self"},"body":{"listing_id":"%s"}}'
    op_id = uuid4()
    raw = close % (str(op_id).encode(), str(listing).encode())
    kiosk.seq += 1
    kiosk.push(Sent(seq=kiosk.seq, op_id=op_id, op=msgspec.Raw(raw)))
    assert waiting(kiosk) == {op_id: "quarantine.unknown_kind"}
    before = kiosk.sees("dev/WH01")["listing", listing].seq
    decide(kiosk, op_id, Action.DISCARD, "by mistake")
    item = kiosk.sees("dev/WH01")["listing", listing]
    assert item.seq > before
    assert not item.deleted


def test_every_decision_stands_in_the_citys_own_log_without_names(kiosk, city, database):
    import psycopg

    bad = unknown(kiosk, kiosk.worker_body())
    kiosk.push(bad)
    decide(kiosk, bad.op_id, Action.DISCARD, "typed twice", by="staff:42")
    with psycopg.connect(database.owner) as connection:
        kind, op = connection.execute("SELECT kind, op FROM city_log").fetchone()
    assert kind == "quarantine.discard/1"
    assert msgspec.json.decode(op) == {
        "op_id": str(bad.op_id),
        "by": "staff:42",
        "reason": "typed twice",
        "outcome": "rejected",
    }
