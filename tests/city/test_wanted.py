"""Job-wanted entries and invitations between two kiosks: who learns what, and who may act."""

from dataclasses import replace
from datetime import timedelta

import msgspec
import pytest

from kiosk.domain.calendar import local_date
from kiosk.domain.operations import (
    AnswerInvitation,
    ForgetWorker,
    MakeInvitation,
    PostWanted,
    RenewWanted,
    WithdrawConsent,
    WithdrawWanted,
)
from kiosk.domain.values import InvitationStatus
from kiosk.protocol.codec import decode_record
from tests.city.test_push import published, registered
from tests.domain.test_wanted import OFFER

pytestmark = pytest.mark.postgres
HERE, THERE = "area/371002", "area/371003"
NO = [("rejected", "refusal.other_kiosk")]
YES = [("accepted", "")]


def post(kiosk, worker, **changes):
    body = PostWanted(
        wanted_id=kiosk.market.new_id(),
        worker_id=worker,
        offer=replace(OFFER, districts=("371002", "371003")),
        number=1,
        valid_until=local_date(kiosk.market.now),
    )
    return replace(body, **changes)


def posted(kiosk, name="钱多多"):
    worker = registered(kiosk, name)
    body = post(kiosk, worker)
    assert kiosk.say(body) == YES
    return worker, body.wanted_id


def make(kiosk, wanted, listing):
    owner = kiosk.own()["listing", listing]["employer_id"]
    return MakeInvitation(
        invitation_id=kiosk.market.new_id(),
        wanted_id=wanted,
        listing_id=listing,
        employer_id=msgspec.convert(owner, type(wanted)),
    )


def test_other_kiosks_see_what_is_offered_and_nothing_that_leads_to_the_person(kiosk, other):
    worker, wanted = posted(kiosk)
    assert kiosk.own()["wanted", wanted]["worker_id"] == str(worker)
    for stream in (HERE, THERE):
        shown = bytes(other.sees(stream)["wanted", wanted].body)
        entry = decode_record("wanted", shown)
        assert (entry.surname, entry.worker_id, entry.offer.note) == ("钱", None, OFFER.note)
        assert str(worker).encode() not in shown
        assert "多多".encode() not in shown
        assert b"13900000000" not in shown
    assert kiosk.sees(HERE) == {}


def test_taken_down_or_without_consent_it_leaves_every_district(kiosk, other):
    _, wanted = posted(kiosk)
    assert kiosk.say(WithdrawWanted(wanted_id=wanted)) == YES
    assert other.sees(HERE)["wanted", wanted].deleted
    assert other.sees(THERE)["wanted", wanted].deleted
    worker, wanted = posted(kiosk, "孙二")
    assert kiosk.say(WithdrawConsent(worker_id=worker)) == YES
    assert other.sees(HERE)["wanted", wanted].deleted


def test_a_new_entry_takes_the_old_one_out_of_the_streams(kiosk, other):
    worker, wanted = posted(kiosk)
    again = post(kiosk, worker)
    assert kiosk.say(again) == YES
    assert other.sees(HERE)["wanted", wanted].deleted
    assert not other.sees(HERE)["wanted", again.wanted_id].deleted


def test_another_kiosk_may_not_touch_an_entry(kiosk, other):
    worker, wanted = posted(kiosk)
    until = local_date(kiosk.market.now)
    for body in (
        RenewWanted(wanted_id=wanted, valid_until=until),
        WithdrawWanted(wanted_id=wanted),
        post(other, worker),
    ):
        assert other.say(body) == NO


def test_an_invitation_reaches_the_workers_kiosk_and_the_answer_comes_back(kiosk, other):
    worker, wanted = posted(kiosk)
    listing = published(other)
    body = make(other, wanted, listing)
    assert other.say(body) == YES
    there = kiosk.own()["invitation", body.invitation_id]
    assert (there["surname"], there["home"], there["worker_home"]) == ("钱", "WH02", "WH01")
    said = AnswerInvitation(invitation_id=body.invitation_id, answer=InvitationStatus.ACCEPTED)
    assert other.say(said) == NO
    assert kiosk.say(said) == YES
    assert other.own()["invitation", body.invitation_id]["status"] == "accepted"
    everything = b"".join(bytes(item.body) for item in other.sees("dev/WH02").values())
    assert str(worker).encode() not in everything


def test_asked_twice_or_for_another_kiosks_listing_is_refused(kiosk, other):
    _, wanted = posted(kiosk)
    listing = published(other)
    assert other.say(make(other, wanted, listing)) == YES
    assert other.say(make(other, wanted, listing)) == [("rejected", "refusal.already_invited")]
    assert kiosk.say(replace(make(other, wanted, listing), invitation_id=kiosk.market.new_id())) == NO


def test_a_forgotten_worker_is_erased_in_the_city_and_at_every_kiosk_of_their_work(kiosk, other):
    worker, listing = registered(kiosk, "钱多多"), published(other, headcount=4)
    assert kiosk.say(kiosk.apply_body(listing, worker))[0][0] in {"accepted", "waitlisted"}
    assert kiosk.say(WithdrawConsent(worker_id=worker)) == YES
    forget = ForgetWorker(worker_id=worker)
    assert other.say(forget) == NO
    kiosk.market.now += timedelta(days=3)
    assert kiosk.say(forget) == YES
    assert kiosk.own()["worker", worker]["name"] == ""
    held = [body for (entity, _), body in other.own().items() if entity == "placement"]
    assert [(body["worker_name"], body["worker_phone"]) for body in held] == [("", "")]
