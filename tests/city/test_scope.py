"""Every byte that a device can get of a populated city: its own people, the market around it, and nothing else."""

from dataclasses import replace
from datetime import date

import msgspec
import pytest

from kiosk.city.projections import PUBLIC_LISTING
from kiosk.city.server import CityServer
from kiosk.domain.operations import CancelPlacement, ReviewListing
from kiosk.domain.person_operations import LeaveKiosk, MergeWorkers, RememberWorker
from kiosk.domain.values import Claim
from kiosk.protocol.compression import ENCODING, unpack
from kiosk.protocol.messages import PullResponse
from kiosk.protocol.signing import SigningKey
from kiosk.sync.client import CityClient, Enrolled
from kiosk.sync.faults import CityRefused
from kiosk.sync.transport import HttpTransport
from tests.city.stage import Kiosk
from tests.domain.samples import STAFF, identity

pytestmark = pytest.mark.postgres
_BLANK = {"source": "self", "findings": [], "review_reason": "", "reviewed_by": None}
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
        kiosk.say(self.body)


class Listening(HttpTransport):
    """Keeps every answer as it came, unpacked."""

    def __init__(self, url: str) -> None:
        super().__init__(url)
        self.heard: list[bytes] = []

    def send(self, method, target, headers, body, timeout):
        answer = super().send(method, target, headers, body, timeout)
        packed = answer.headers.get("content-encoding") == ENCODING
        self.heard.append(unpack(answer.body, 1 << 26) if packed else answer.body)
        return answer


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
    listings, phones = {}, {}
    for number, (code, kiosk) in enumerate(kiosks.items()):
        phones[code] = f"1380006{number:04}"
        employer = replace(kiosk.employer_body(), phone=phones[code])
        post = kiosk.post_body(employer.employer_id, 6, region=STANDS[code] + "001")
        kiosk.say(employer, post)
        kiosk.say(ReviewListing(listing_id=post.listing_id, approve=True, reason="staff only"), actor=STAFF)
        listings[code] = post.listing_id
    for code, kiosk in kiosks.items():
        first = people[code][0]
        kiosk.say(kiosk.apply_body(listings[code], first.body.worker_id))
    # Somebody of Huancui waits for the job in Wendeng: that kiosk has to know who comes, Rushan has not.
    away = kiosks["WHHC"].apply_body(listings["WHWD"], people["WHHC"][1].body.worker_id, Claim.NONE)
    kiosks["WHHC"].say(away)
    gone = kiosks["WHRS"].apply_body(listings["WHRS"], people["WHRS"][2].body.worker_id)
    kiosks["WHRS"].say(gone)
    kiosks["WHRS"].say(CancelPlacement(placement_id=gone.placement_id))
    return listings, phones


def client_of(kiosk, transport):
    me = Enrolled(
        device=kiosk.enrolled.device,
        incarnation=kiosk.enrolled.incarnation,
        kiosk=kiosk.code,
        key=SigningKey(kiosk.seed),
    )
    return CityClient(transport, me, page=4)


def hear_everything(kiosk, url):
    """All that the city answers to this device, whatever it asks; and the pages of it."""
    transport = Listening(url)
    client = client_of(kiosk, transport)
    epoch = client.hello().state.epoch
    streams = [
        "ref",
        *(f"dev/{code}" for code in STANDS),
        *(f"area/{d}" for d in AROUND["WHWD"] | {"370612"}),
    ]
    for stream in streams:
        try:
            client.digest(stream)
            after = 0
            while (page := client.pull(stream, after, epoch)).more:
                after = page.items[-1].seq
            key = None
            while (part := client.snapshot(stream, key)).more:
                key = part.items[-1]
        except CityRefused as refused:
            if refused.problem != "stream":
                raise
    for other in STANDS:
        client.reserve(kiosk.listings[other], 0)
    transport.close()
    pages = [each for each in map(msgspec.json.decode, transport.heard) if "items" in each]
    return b"\n".join(transport.heard).decode(), pages


@pytest.fixture
def url(city):
    with CityServer(city) as server:
        yield server.url


def test_no_field_and_no_person_that_is_not_this_kiosks_business(kiosks, people, market_day, url):
    listings, phones = market_day
    known = {code: {each.name for each in people[code]} for code in STANDS}
    known["WHWD"].add(people["WHHC"][1].name)
    for code, kiosk in kiosks.items():
        kiosk.listings = listings
        text, pages = hear_everything(kiosk, url)
        for home, persons in people.items():
            for person in persons:
                if person.name not in known[code]:
                    leaked = [secret for secret in person.secrets if secret in text]
                    assert not leaked, f"{code} hears of {person.name} of {home}"
            assert (phones[home] in text) == (home == code)
        # What this kiosk itself has entered is there to be found: the search is not blind.
        assert all(person.phone in text for person in people[code])
        for page in pages:
            assert set(page) <= _ENVELOPE
            assert page["stream"] in {"ref", f"dev/{code}"} | {f"area/{each}" for each in AROUND[code]}
            for item in page["items"]:
                assert set(item) <= _ITEM
                if page["stream"].startswith("area/") and not item["deleted"]:
                    _check_public(item)


def test_a_worker_who_came_from_elsewhere_brings_only_the_placement(kiosks, people, market_day):
    guest = people["WHHC"][1]
    shown = {
        body["worker_name"] for (entity, _), body in kiosks["WHWD"].own().items() if entity == "placement"
    }
    assert guest.name in shown
    bodies = [item.body for item in kiosks["WHWD"].sees("dev/WHWD").values()]
    assert not any(guest.secrets[2].encode() in bytes(body) for body in bodies)


def heard_of(kiosk, person, listings, url):
    """Which of a person's secrets a kiosk can hear: name, phone, keyed hash, sealed number."""
    kiosk.listings = listings
    text, _ = hear_everything(kiosk, url)
    return [secret in text for secret in person.secrets]


def test_a_person_who_is_merged_or_remembered_is_known_there_and_nowhere_else(
    kiosks, people, market_day, url
):
    """Where they are registered, whole; where they wish to be remembered, without the number; else not at all."""
    listings, _ = market_day
    person, there, away = people["WHHC"][2], kiosks["WHWD"], kiosks["WHRS"]
    again = replace(person.body, worker_id=there.market.new_id(), identity=None)
    assert there.say(again) == [("accepted", "")]
    assert heard_of(there, person, listings, url) == [True, True, False, False]
    for kiosk in (there, away):
        kiosk.city.store.run(
            lambda tx, kiosk=kiosk: tx.note_visit(kiosk.code, person.body.worker_id, kiosk.market.now)
        )
    merge = MergeWorkers(new_id=again.worker_id, old_id=person.body.worker_id, agreed="1")
    assert there.say(merge) == [("accepted", "")]
    assert heard_of(there, person, listings, url) == [True] * 4
    assert heard_of(away, person, listings, url) == [False] * 4
    remember = RememberWorker(worker_id=person.body.worker_id, agreed="1")
    assert away.say(remember) == [("accepted", "")]
    assert heard_of(away, person, listings, url) == [True, True, False, False]
    assert away.say(LeaveKiosk(worker_id=again.worker_id)) == [("accepted", "")]
    assert heard_of(away, person, listings, url) == [False] * 4
    assert heard_of(kiosks["WHHC"], person, listings, url) == [True] * 4


def _check_public(item):
    assert item["entity"] == "listing"
    body = item["body"]
    hidden = {name: value for name, value in body.items() if name not in PUBLIC_LISTING}
    assert hidden == _BLANK


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
