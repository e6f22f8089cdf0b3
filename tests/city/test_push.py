"""One batch, one transaction: numbers, verdicts, quarantine, fences."""

from dataclasses import replace

import msgspec
import pytest

from kiosk.city.problems import Refused
from kiosk.domain.operations import (
    Actor,
    CancelPlacement,
    IssueSlip,
    ReviewListing,
    UpdateWorker,
    VerifyEmployer,
)
from kiosk.domain.values import ActorKind, Claim, SlipKind
from kiosk.protocol.codec import encode
from kiosk.protocol.messages import Outcome, Sent
from tests.domain.samples import STAFF

pytestmark = pytest.mark.postgres


def published(kiosk, headcount=2, **terms):
    """An employer and a published listing of theirs; returns the listing's id."""
    employer = kiosk.employer_body()
    post = kiosk.post_body(employer.employer_id, headcount, **terms)
    assert kiosk.say(employer, post) == [("accepted", "")] * 2
    assert kiosk.say(ReviewListing(listing_id=post.listing_id, approve=True), actor=STAFF) == [
        ("accepted", "")
    ]
    return post.listing_id


def registered(kiosk, name="李大海"):
    worker = kiosk.worker_body(name)
    assert kiosk.say(worker) == [("accepted", "")]
    return worker.worker_id


def test_a_batch_leaves_its_records_in_the_city_and_in_the_kiosks_own_stream(kiosk):
    listing = published(kiosk)
    worker = registered(kiosk)
    own = kiosk.own()
    assert own["listing", listing]["status"] == "published"
    assert own["lease", listing] | {"spent": 0} == own["lease", listing]
    assert own["worker", worker]["name"] == "李大海"
    assert own["worker", worker]["version"] == 1


def test_the_same_batch_again_is_answered_from_the_log_and_changes_nothing(kiosk):
    worker = kiosk.worker_body()
    batch = [kiosk.sent(kiosk.operation(worker)), kiosk.sent(kiosk.operation(replace(worker, name="1")))]
    batch[1] = kiosk.log[1]
    first = kiosk.push(*batch)
    head = kiosk.city.store.run(lambda tx: tx.items("dev/WH01", 0, 100, "WH01").head)
    again = kiosk.push(*batch)
    assert again.verdicts == first.verdicts
    assert again.acked == first.acked == 2
    assert kiosk.city.store.run(lambda tx: tx.items("dev/WH01", 0, 100, "WH01").head) == head


def test_a_batch_that_begins_with_old_operations_takes_the_new_ones_once(kiosk):
    one, two = (kiosk.sent(kiosk.operation(kiosk.worker_body(name))) for name in ("王一", "王二"))
    kiosk.push(one)
    answer = kiosk.push(one, two)
    assert [verdict.outcome for verdict in answer.verdicts] == [Outcome.ACCEPTED] * 2
    assert kiosk.device.last_seq == 2
    assert len(kiosk.own()) == 2


def test_another_operation_under_a_used_number_fences_the_device_for_good(kiosk):
    kiosk.say(kiosk.worker_body())
    clone = kiosk.sent(kiosk.operation(kiosk.worker_body("王二")))
    with pytest.raises(Refused) as caught:
        kiosk.push(msgspec.structs.replace(clone, seq=1))
    assert caught.value.code == "fenced"
    assert kiosk.device.fenced_at is not None
    with pytest.raises(Refused) as caught:
        kiosk.push(clone)
    assert caught.value.code == "fenced"
    assert len(kiosk.own()) == 1


def test_a_gap_says_which_number_is_expected_and_writes_nothing(kiosk):
    kiosk.say(kiosk.worker_body())
    kiosk.seq += 3
    late = kiosk.sent(kiosk.operation(kiosk.worker_body("王二")))
    with pytest.raises(Refused) as caught:
        kiosk.push(late)
    assert (caught.value.code, caught.value.problem.expected) == ("op_gap", 2)
    assert caught.value.problem.state.last_op_seq == 1
    assert kiosk.device.last_seq == 1


def test_a_rule_that_says_no_rejects_one_operation_and_takes_the_rest(kiosk):
    good = kiosk.worker_body("王二")
    assert kiosk.say(kiosk.post_body(kiosk.market.new_id()), good) == [
        ("rejected", "refusal.employer_unknown"),
        ("accepted", ""),
    ]
    own = kiosk.own()
    assert ("worker", good.worker_id) in own
    notices = [body for (entity, _), body in own.items() if entity == "verdict"]
    assert [(notice["outcome"], notice["reason"]) for notice in notices] == [
        ("rejected", "refusal.employer_unknown")
    ]


def test_a_rejected_operation_sends_the_citys_state_of_its_records_again(kiosk):
    worker = kiosk.worker_body()
    kiosk.say(worker)
    before = kiosk.sees("dev/WH01")["worker", worker.worker_id]
    bad = UpdateWorker(
        **{name: getattr(worker, name) for name in UpdateWorker.__slots__ if name != "phone"}, phone="1"
    )
    assert kiosk.say(bad)[0][0] == "rejected"
    after = kiosk.sees("dev/WH01")["worker", worker.worker_id]
    assert after.seq > before.seq
    assert after.body == before.body


def test_a_rejected_new_record_comes_back_as_a_tombstone(kiosk):
    post = kiosk.post_body(kiosk.market.new_id())
    kiosk.say(post)
    assert kiosk.sees("dev/WH01")["listing", post.listing_id].deleted


def test_an_unknown_kind_is_set_aside_with_what_follows_on_the_same_record(kiosk):
    worker = kiosk.worker_body()
    future = kiosk.operation(worker)
    raw = encode(future).replace(b"worker.register/1", b"worker.register/9")
    kiosk.seq += 1
    sent = Sent(seq=kiosk.seq, op_id=future.op_id, op=msgspec.Raw(raw))
    update = UpdateWorker(**{name: getattr(worker, name) for name in UpdateWorker.__slots__})
    bystander = kiosk.worker_body("王二")
    answer = kiosk.push(sent, kiosk.sent(kiosk.operation(update)), kiosk.sent(kiosk.operation(bystander)))
    assert [(verdict.outcome, verdict.reason) for verdict in answer.verdicts] == [
        ("quarantined", "quarantine.unknown_kind"),
        ("quarantined", "quarantine.follows"),
        ("accepted", ""),
    ]
    # Also in a later batch.
    assert kiosk.say(update) == [("quarantined", "quarantine.follows")]
    assert kiosk.city.store.run(lambda tx: tx.counts())["quarantined"] == 3


@pytest.mark.parametrize(
    "raw",
    [b'{"sha256":"00"}', b'"text"', b"[1,2]", b"null", b'{"op_id":1}', b'"\\ud800"', b"[" * 60 + b"]" * 60],
)
def test_bytes_that_are_no_operation_are_set_aside_and_block_nothing(kiosk, raw):
    kiosk.seq += 1
    broken = Sent(seq=kiosk.seq, op_id=kiosk.market.new_id(), op=msgspec.Raw(raw))
    answer = kiosk.push(broken, kiosk.sent(kiosk.operation(kiosk.worker_body())))
    assert [verdict.outcome for verdict in answer.verdicts] == ["quarantined", "accepted"]


def test_a_kiosk_cannot_speak_for_another_or_for_the_city(kiosk):
    worker = kiosk.worker_body()
    foreign = replace(kiosk.operation(worker), kiosk="WH02")
    as_city = replace(kiosk.operation(kiosk.worker_body("王二")), actor=Actor(kind=ActorKind.CITY))
    answer = kiosk.push(kiosk.sent(foreign), kiosk.sent(as_city))
    assert [verdict.reason for verdict in answer.verdicts] == ["quarantine.not_yours"] * 2


def test_a_character_that_the_database_cannot_hold_is_found_and_set_aside(kiosk):
    """The batch is halved until only the one operation is left out."""
    slips = [
        IssueSlip(
            slip_id=kiosk.market.new_id(),
            kind=SlipKind.WORKER_CARD,
            number=n,
            subject_id=kiosk.market.new_id(),
            token="A" if n != 5 else "\x00",
        )
        for n in range(8)
    ]
    outcomes = kiosk.say(*slips)
    assert [outcome for outcome, _ in outcomes] == ["accepted"] * 5 + ["quarantined"] + ["accepted"] * 2


class NoRules:
    """A rule book that lets everything pass."""

    def check_terms(self, terms, kind, today):
        return ()

    def check_words(self, text, field):
        return ()

    def gives_contact(self, text):
        return False

    def knows_trade(self, code):
        return True

    def adults_only(self, code):
        return False

    def knows_region(self, code):
        return True


def test_a_value_that_only_the_database_refuses_is_found_by_halving(kiosk, caplog):
    kiosk.city = replace(kiosk.city, rules=NoRules())
    employer = kiosk.employer_body()
    posts = [kiosk.post_body(employer.employer_id, headcount=2**40 if n == 3 else 1) for n in range(6)]
    outcomes = kiosk.say(employer, *posts)
    assert [outcome for outcome, _ in outcomes] == ["accepted"] * 4 + ["quarantined"] + ["accepted"] * 2
    assert outcomes[4] == ("quarantined", "quarantine.database")
    assert kiosk.device.last_seq == 7
    assert kiosk.city.store.run(lambda tx: tx.counts())["listing"] == 5


def test_the_last_place_closes_the_listing_and_the_next_worker_waits(kiosk):
    listing = published(kiosk, headcount=1)
    one, two = registered(kiosk, "王一"), registered(kiosk, "王二")
    assert kiosk.say(kiosk.apply_body(listing, one)) == [("accepted", "")]
    assert kiosk.say(kiosk.apply_body(listing, two)) == [("waitlisted", "")]
    own = kiosk.own()
    assert own["listing", listing]["status"] == "full"
    assert sorted(body["status"] for (entity, _), body in own.items() if entity == "placement") == [
        "confirmed",
        "waitlisted",
    ]


def test_another_kiosks_worker_gets_a_place_of_the_citys_reserve(kiosk, other):
    listing = published(kiosk, headcount=8)
    worker = registered(other)
    assert other.say(other.apply_body(listing, worker, Claim.NONE)) == [("accepted", "")]
    placed = [body for (entity, _), body in other.own().items() if entity == "placement"]
    assert [(body["status"], body["claim"]) for body in placed] == [("confirmed", "central")]
    # The kiosk of the listing sees who comes; it does not see the worker's own record.
    there = kiosk.own()
    assert [body["worker_id"] for (entity, _), body in there.items() if entity == "placement"] == [
        str(worker)
    ]
    assert ("worker", worker) not in there


def test_who_waits_longest_gets_the_place_that_becomes_free_in_the_same_transaction(kiosk, other):
    listing = published(kiosk, headcount=4)  # one of them is the city's
    workers = [registered(other, name) for name in ("王一", "王二", "王三")]
    applications = [other.apply_body(listing, worker, Claim.NONE) for worker in workers]
    assert [other.say(each)[0][0] for each in applications] == ["accepted", "waitlisted", "waitlisted"]
    other.say(CancelPlacement(placement_id=applications[0].placement_id))
    own = other.own()
    statuses = [own["placement", each.placement_id]["status"] for each in applications]
    assert statuses == ["cancelled", "confirmed", "waitlisted"]
    slots = kiosk.city.store.run(lambda tx: tx.load(wanted(listing)).central(listing))
    assert (slots.free, slots.firm) == (0, 1)


def wanted(listing):
    from kiosk.city.stored import Wanted

    return Wanted(listings=frozenset({listing}))


def test_the_sum_over_reserve_and_leases_stays_the_headcount(kiosk, other):
    listing = published(kiosk, headcount=9)
    for n in range(4):
        side = (kiosk, other)[n % 2]
        side.say(side.apply_body(listing, registered(side, f"王{'一二三四'[n]}")))
    records = kiosk.city.store.run(lambda tx: tx.load(wanted(listing)))
    central = records.central(listing)
    leases = records.leases.values()
    assert central.free + central.firm + sum(lease.granted - lease.returned for lease in leases) == 9
    assert records.listing(listing).taken == central.firm + sum(lease.spent for lease in leases) == 4


def test_operations_of_an_earlier_incarnation_are_known_by_their_id(kiosk):
    first = kiosk.sent(kiosk.operation(kiosk.worker_body()))
    kiosk.push(first)
    kiosk.seed = bytes(32)
    kiosk.enroll()
    assert (kiosk.device.incarnation, kiosk.device.last_seq) == (2, 0)
    fresh = kiosk.operation(kiosk.worker_body("王二"))
    answer = kiosk.push(
        msgspec.structs.replace(first, seq=1), Sent(seq=2, op_id=fresh.op_id, op=msgspec.Raw(encode(fresh)))
    )
    assert [verdict.outcome for verdict in answer.verdicts] == ["accepted"] * 2
    assert len([key for key in kiosk.own() if key[0] == "worker"]) == 2


def test_the_hash_chain_is_kept_and_a_break_is_counted(kiosk):
    kiosk.say(kiosk.worker_body())
    chain = kiosk.device.chain
    assert len(chain) == 64
    assert kiosk.device.chain_breaks == 0
    from kiosk.city.push import push

    request = kiosk.request(kiosk.sent(kiosk.operation(kiosk.worker_body("王二"))), previous="f" * 64)
    push(kiosk.city, kiosk.device, request, encode(request))
    assert kiosk.device.chain_breaks == 1


def test_staff_verify_an_employer_and_the_next_listing_is_published_at_once(kiosk):
    employer = kiosk.employer_body()
    kiosk.say(employer)
    kiosk.say(VerifyEmployer(employer_id=employer.employer_id), actor=STAFF)
    post = kiosk.post_body(employer.employer_id)
    kiosk.say(post, actor=STAFF)
    assert kiosk.own()["listing", post.listing_id]["status"] == "published"
