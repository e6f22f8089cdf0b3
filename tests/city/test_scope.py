"""Every byte that a device can get of a populated city: its own people, the market around it, and nothing else."""

from dataclasses import fields, replace
from datetime import date

import msgspec
import pytest

from kiosk.city.projections import PUBLIC_LISTING, PUBLIC_WANTED
from kiosk.city.server import CityServer
from kiosk.domain.operations import (
    AnswerInvitation,
    CancelPlacement,
    IssueSlip,
    MakeInvitation,
    ReviewListing,
)
from kiosk.domain.person_operations import LeaveKiosk, MergeWorkers, RememberWorker
from kiosk.domain.records import JobWanted, Listing
from kiosk.domain.values import Claim, InvitationStatus, SlipKind
from kiosk.protocol.messages import LookupOutcome, PullResponse
from kiosk.protocol.token import TokenKind
from tests.city.hearing import Day, Listening, client_of, hear_everything
from tests.city.stage import Kiosk
from tests.city.test_pages import token
from tests.city.test_quarantine import unknown
from tests.city.test_wanted import YES
from tests.city.test_wanted import post as post_wanted
from tests.city.whitelist import check_item
from tests.domain.samples import STAFF, identity

pytestmark = pytest.mark.postgres
_ITEM = {"entity", "id", "seq", "ver", "deleted", "body"}
_ENVELOPE = {"state", "stream", "items", "head", "more", "snapshot_needed", "fence"}
#: Kiosk → where it stands. Huancui and Wendeng are neighbours, so are Wendeng and Rushan; Huancui and Rushan are not.
STANDS = {"WHHC": "371002", "WHWD": "371003", "WHRS": "371083"}
AROUND = {
    "WHHC": {"371000", "371002", "371003", "371082"},
    "WHWD": {"371000", "371002", "371003", "371082", "371083"},
    "WHRS": {"371000", "371003", "371083"},
}


class Person:
    """A worker with a name, a phone and an ID number of nobody else."""

    def __init__(self, kiosk: Kiosk, number: int) -> None:
        body = kiosk.worker_body()
        who = identity(date(1990, 1, 1 + number))
        who = replace(who, sealed=f"sealed-{number:04}".encode() * 4, lookup=f"lookup{number:04}")
        self.name = "丛" + "一二三四五六七八九"[number // 3] + "甲乙丙"[number % 3]
        self.phone = f"1397771{number:04}"
        self.body = replace(body, name=self.name, phone=self.phone, identity=who)
        self.secrets = [self.name, self.phone, who.lookup, msgspec.json.encode(who.sealed).decode()[1:-1]]
        self.tokens = []
        kiosk.say(self.body)

    def slip(self, kiosk, kind, subject):
        """A slip of theirs. Its code is nobody else's business: whoever has it sees the page behind it."""
        text = token(kiosk, TokenKind(kind.value), subject)
        self.tokens.append(text)
        self.secrets.append(text)
        return IssueSlip(slip_id=kiosk.market.new_id(), kind=kind, number=9, subject_id=subject, token=text)


@pytest.fixture
def kiosks(city, market):
    made = {}
    for code, district in STANDS.items():
        made[code] = Kiosk(city, market, code, district=district).enroll()
    return made


@pytest.fixture
def people(kiosks):
    return {
        code: [Person(kiosk, n * 3 + k) for k in range(3)] for n, (code, kiosk) in enumerate(kiosks.items())
    }


@pytest.fixture
def market_day(kiosks, people):
    """Each kiosk has an employer with a private telephone, and a listing in its district; some people apply."""
    day, employers = Day(), {}
    for number, (code, kiosk) in enumerate(kiosks.items()):
        day.phones[code] = f"1380006{number:04}"
        employer = replace(kiosk.employer_body(), phone=day.phones[code])
        post = kiosk.post_body(employer.employer_id, 6, region=STANDS[code] + "001")
        kiosk.say(employer, post)
        kiosk.say(ReviewListing(listing_id=post.listing_id, approve=True, reason="staff only"), actor=STAFF)
        day.listings[code], employers[code] = post.listing_id, employer.employer_id
    for code, kiosk in kiosks.items():
        first = people[code][0]
        applied = kiosk.apply_body(day.listings[code], first.body.worker_id)
        kiosk.say(applied, first.slip(kiosk, SlipKind.JOB_SLIP, applied.placement_id))
        card = first.slip(kiosk, SlipKind.WORKER_CARD, first.body.worker_id)
        assert kiosk.say(card) == YES
        day.slips[code] = (card.token, first.phone[-4:])
        aside = unknown(kiosk, kiosk.worker_body())
        kiosk.push(aside)
        day.aside[code] = aside.op_id
    # Somebody of Huancui waits for the job in Wendeng: that kiosk has to know who comes, Rushan has not.
    here, there = kiosks["WHHC"], kiosks["WHWD"]
    second = people["WHHC"][1]
    away = here.apply_body(day.listings["WHWD"], second.body.worker_id, Claim.NONE)
    here.say(away, second.slip(here, SlipKind.JOB_SLIP, away.placement_id))
    gone = kiosks["WHRS"].apply_body(day.listings["WHRS"], people["WHRS"][2].body.worker_id)
    kiosks["WHRS"].say(gone)
    kiosks["WHRS"].say(CancelPlacement(placement_id=gone.placement_id))
    # A third looks for work in Huancui and Wendeng, and somebody in Wendeng asks for them.
    entry = post_wanted(here, people["WHHC"][2].body.worker_id)
    ask = MakeInvitation(
        invitation_id=there.market.new_id(),
        wanted_id=entry.wanted_id,
        listing_id=day.listings["WHWD"],
        employer_id=employers["WHWD"],
    )
    assert (here.say(entry), there.say(ask)) == (YES, YES)
    said = AnswerInvitation(invitation_id=ask.invitation_id, answer=InvitationStatus.ACCEPTED)
    assert here.say(said) == YES
    return day


def hear(kiosk, url, day, kiosks):
    """Whatever it asks for: its own streams, other kiosks', the districts around and far from it."""
    streams = [
        "ref",
        *(f"dev/{code}" for code in STANDS),
        *(f"area/{d}" for d in AROUND["WHWD"] | {"370612"}),
    ]
    others = [other for code, other in kiosks.items() if code != kiosk.code]
    return hear_everything(kiosk, url, streams, day, others)


@pytest.fixture
def url(city):
    with CityServer(city) as server:
        yield server.url


def test_no_field_and_no_person_that_is_not_this_kiosks_business(kiosks, people, market_day, url):
    known = {code: {each.name for each in people[code]} for code in STANDS}
    known["WHWD"].add(people["WHHC"][1].name)
    seen = set()
    for code, kiosk in kiosks.items():
        text, pages = hear(kiosk, url, market_day, kiosks)
        for home, persons in people.items():
            for person in persons:
                if person.name not in known[code]:
                    leaked = [secret for secret in person.secrets if secret in text]
                    assert not leaked, f"{code} hears of {person.name} of {home}"
            assert (market_day.phones[home] in text) == (home == code)
        # What this kiosk itself has entered is there to be found: the search is not blind.
        assert all(person.phone in text for person in people[code])
        assert people[code][0].tokens[0] in text
        for page in pages:
            assert set(page) <= _ENVELOPE
            assert page["stream"] in {"ref", f"dev/{code}"} | {f"area/{each}" for each in AROUND[code]}
            for item in page["items"]:
                assert set(item) <= _ITEM
                check_item(page["stream"], item)
                seen.add((page["stream"].partition("/")[0], item["entity"]))
    # Nor is it blind for any kind of thing that there is.
    own = {"worker", "employer", "listing", "placement", "wanted", "invitation", "slip", "lease", "verdict"}
    assert {("dev", each) for each in own} <= seen
    assert {("area", "listing"), ("area", "wanted"), ("ref", "station_key"), ("ref", "courier_key")} <= seen


def test_a_lookup_shows_the_person_without_the_number_and_only_where_they_stand(
    kiosks, people, market_day, url
):
    token, tail = market_day.slips["WHHC"]
    transport = Listening(url)
    answer = client_of(kiosks["WHRS"], transport).look_up(token, tail)
    transport.close()
    assert answer.outcome is LookupOutcome.FOUND
    text, person = transport.heard[-1].decode(), people["WHHC"][0]
    assert [secret in text for secret in person.secrets[:4]] == [True, True, False, False]
    check_item("dev/WHRS", {"entity": "worker", "deleted": False, "body": msgspec.json.decode(answer.worker)})
    for each in answer.placements:
        body = msgspec.json.decode(each)
        assert body["worker_id"] == str(person.body.worker_id)
        check_item("dev/WHRS", {"entity": "placement", "deleted": False, "body": body})
    assert not any(secret in text for other in people["WHHC"][1:] for secret in other.secrets)
    # They have shown a slip there once; that brings nothing into its streams.
    text, _ = hear(kiosks["WHRS"], url, market_day, kiosks)
    assert not any(secret in text for secret in person.secrets)


def test_the_scan_finds_a_field_that_nobody_has_allowed():
    entry = dict.fromkeys(PUBLIC_WANTED)
    good = {"entity": "wanted", "deleted": False, "body": entry | {"worker_id": None}}
    check_item("area/371002", good)
    for more in ({"worker_id": "x"}, {"home_phone": "x"}, {"offer": {"way_home": "x"}}):
        with pytest.raises(AssertionError):
            check_item("area/371002", {**good, "body": good["body"] | more})


@pytest.mark.parametrize(
    ("kind", "public"), [(Listing, PUBLIC_LISTING), (JobWanted, PUBLIC_WANTED)], ids=["listing", "wanted"]
)
def test_a_field_is_public_because_somebody_has_said_so(kind, public):
    """A new field of the record is in neither list, and this says that somebody has to decide."""
    private = {"source", "findings", "review_reason", "reviewed_by"} if kind is Listing else {"worker_id"}
    assert {field.name for field in fields(kind)} == public | private


def test_a_worker_who_came_from_elsewhere_brings_only_the_placement(kiosks, people, market_day):
    guest = people["WHHC"][1]
    shown = {
        body["worker_name"] for (entity, _), body in kiosks["WHWD"].own().items() if entity == "placement"
    }
    assert guest.name in shown
    bodies = [item.body for item in kiosks["WHWD"].sees("dev/WHWD").values()]
    assert not any(guest.secrets[2].encode() in bytes(body) for body in bodies)


def heard_of(kiosk, person, day, url, kiosks):
    """Which of a person's secrets a kiosk can hear: name, phone, keyed hash, sealed number."""
    text, _ = hear(kiosk, url, day, kiosks)
    return [secret in text for secret in person.secrets[:4]]


def test_a_person_who_is_merged_or_remembered_is_known_there_and_nowhere_else(
    kiosks, people, market_day, url
):
    """Where they are registered, whole; where they wish to be remembered, without the number; else not at all."""
    person, there, away = people["WHHC"][2], kiosks["WHWD"], kiosks["WHRS"]
    again = replace(person.body, worker_id=there.market.new_id(), identity=None)
    assert there.say(again) == [("accepted", "")]
    assert heard_of(there, person, market_day, url, kiosks) == [True, True, False, False]
    for kiosk in (there, away):
        kiosk.city.store.run(
            lambda tx, kiosk=kiosk: tx.note_visit(kiosk.code, person.body.worker_id, kiosk.market.now)
        )
    merge = MergeWorkers(new_id=again.worker_id, old_id=person.body.worker_id, agreed="1")
    assert there.say(merge) == [("accepted", "")]
    assert heard_of(there, person, market_day, url, kiosks) == [True] * 4
    assert heard_of(away, person, market_day, url, kiosks) == [False] * 4
    remember = RememberWorker(worker_id=person.body.worker_id, agreed="1")
    assert away.say(remember) == [("accepted", "")]
    assert heard_of(away, person, market_day, url, kiosks) == [True, True, False, False]
    assert away.say(LeaveKiosk(worker_id=again.worker_id)) == [("accepted", "")]
    assert heard_of(away, person, market_day, url, kiosks) == [False] * 4
    assert heard_of(kiosks["WHHC"], person, market_day, url, kiosks) == [True] * 4


def test_a_kiosk_that_has_not_said_where_it_stands_gets_the_whole_city(kiosk):
    streams = {each for each in kiosk.enrolled.streams if each.startswith("area/")}
    assert len(streams) == 4


def test_the_streams_of_a_kiosk_are_its_district_and_the_ones_around(kiosks):
    for code, kiosk in kiosks.items():
        areas = {each.removeprefix("area/") for each in kiosk.enrolled.streams if each.startswith("area/")}
        assert areas <= AROUND[code]
        assert STANDS[code] in areas or code == "WHRS"


def test_pull_response_has_the_fields_that_are_sent():
    assert {field.name for field in msgspec.structs.fields(PullResponse)} == _ENVELOPE
