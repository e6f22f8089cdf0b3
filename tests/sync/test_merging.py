"""A firm that was registered at two kiosks, neither of which knew of the other: what both hold afterwards."""

from dataclasses import replace
from datetime import timedelta

import msgspec
import pytest

from kiosk.domain.calendar import local_date
from kiosk.domain.merging import join
from kiosk.domain.records import Employer
from kiosk.domain.refusal import Refusal
from kiosk.domain.values import EmployerKind, ListingStatus, Standing
from kiosk.protocol.codec import encode
from kiosk.protocol.messages import ALIAS_ENTITY, Alias, Item
from kiosk.services.context import SELF
from kiosk.services.employers import EmployerForm
from kiosk.services.listings import ListingForm
from tests.domain.samples import CREDIT_CODE, STAFF
from tests.kiosk_fixture import open_kiosk

pytestmark = pytest.mark.postgres
FORM = EmployerForm(
    kind=EmployerKind.ENTERPRISE,
    name="威海某某物流有限公司",
    contact_name="王师傅",
    phone="13800000001",
    credit_code=CREDIT_CODE,
)
THEIRS = replace(FORM, contact_name="李四", phone="13955556666")


def post(station, employer_id, actor=SELF, **more):
    tomorrow = local_date(station.clock.now()) + timedelta(days=1)
    form = ListingForm(
        trade="by-banyun",
        title="搬家，三楼",
        headcount="8",
        pay="240",
        hours_per_day="8",
        date_from=tomorrow,
        date_to=tomorrow,
        region="371002",
        address="海滨路12号",
        contact_name="李四",
        contact_phone=THEIRS.phone,
    )
    return station.services.listings.post(employer_id, form, actor, **more)


def state(station, employer_id) -> dict[str, bytes]:
    """Everything that the kiosk's tables say of an id, without the log of what was done."""
    found = {}
    with station.kiosk.storage.database.reader() as connection:
        for table in ("employer", "listing", "placement", "invitation", "slip"):
            for (body,) in connection.execute(f"SELECT body FROM {table}").fetchall():
                if str(employer_id).encode() in bytes(body):
                    found[table] = bytes(body)
    return found


def test_both_kiosks_hold_one_firm_and_what_was_posted_is_its_own(home, away):
    firm = home.services.employers.register(FORM, SELF)
    theirs = away.services.employers.register(THEIRS, SELF)
    posted = post(away, theirs.id).listing
    home.settle()
    away.settle()
    home.settle()
    for station in (home, away):
        (found,) = station.services.employers.find(CREDIT_CODE)
        assert (found.id, found.phone) == (firm.id, FORM.phone)
        assert [(each.kiosk, each.phone) for each in found.also] == [("WHG1", THEIRS.phone)]
        assert station.kiosk.storage.read.sync_counts().rejected == 0
    assert away.services.listings.get(posted.id).employer_id == firm.id
    assert [each.id for each in away.services.listings.of_employer(firm.id)] == [posted.id]
    assert set(state(away, theirs.id)) == {"employer"}
    theirs, mine = (each.digest("dev/WHG1") for each in (away.pump._client, away.kiosk.storage.inbox))
    assert (mine.count, mine.digest) == (theirs.count, theirs.digest)


def test_who_still_has_the_old_id_acts_for_the_firm_also_after_a_restart(home, away, tmp_path):
    firm = home.services.employers.register(FORM, SELF)
    home.settle()
    theirs = away.services.employers.register(THEIRS, SELF)
    away.settle()
    assert away.services.employers.get(theirs.id).id == firm.id
    away.kiosk.close()
    away.kiosk = open_kiosk(tmp_path / "WHG1", away.clock)
    away.services, away.pump = away.kiosk.services(), away.kiosk.pump()
    assert away.services.employers.get(theirs.id).id == firm.id
    listing = post(away, theirs.id).listing
    assert (listing.employer_id, listing.employer_name) == (firm.id, FORM.name)
    banned = away.services.employers.set_standing(theirs.id, Standing.BANNED, "欠薪", None, STAFF)
    assert banned.id == firm.id
    away.settle()
    home.settle()
    assert home.services.employers.get(firm.id).standing is Standing.BANNED
    assert away.kiosk.storage.read.sync_counts().rejected == 0


def item(entity, record_id, body, seq):
    return Item(entity=entity, id=record_id, seq=seq, ver=1, body=msgspec.Raw(encode(body)))


@pytest.mark.parametrize("pages", [("alias", "firm"), ("firm", "alias"), ("both",)])
def test_what_was_not_sent_yet_is_decided_again_for_the_firm_in_whatever_pages_it_comes(home, away, pages):
    firm: Employer = home.services.employers.register(FORM, SELF)
    theirs = away.services.employers.register(THEIRS, SELF)
    away.services.employers.verify(theirs.id, STAFF)
    listing = post(away, theirs.id, STAFF).listing
    alias = item(ALIAS_ENTITY, theirs.id, Alias(entity="employer", now=firm.id), 2)
    whole = item("employer", firm.id, join(firm, theirs), 1)
    content = {"alias": [alias], "firm": [whole], "both": [whole, alias]}
    inbox = away.kiosk.storage.inbox
    for seq, page in enumerate(pages, 1):
        inbox.apply("dev/WHG1", content[page], seq, complete=False)
    held = away.services.listings.get(listing.id)
    assert (held.employer_id, held.status) == (firm.id, ListingStatus.PUBLISHED)
    now = away.services.employers.get(theirs.id)
    assert (now.id, now.also[0].verified_at is not None) == (firm.id, True)
    assert set(state(away, theirs.id)) == {"employer"}


def test_an_alias_that_a_restored_city_does_not_know_any_more_is_forgotten(home, away):
    firm = home.services.employers.register(FORM, SELF)
    theirs = away.services.employers.register(THEIRS, SELF)
    listing = post(away, theirs.id).listing
    inbox = away.kiosk.storage.inbox
    items = [
        item("employer", firm.id, join(firm, theirs), 1),
        item(ALIAS_ENTITY, theirs.id, Alias(entity="employer", now=firm.id), 2),
    ]
    inbox.apply("dev/WHG1", items, 2, complete=True)
    assert away.services.listings.get(listing.id).employer_id == firm.id
    inbox.restart("dev/WHG1")
    inbox.apply("dev/WHG1", [], 1, complete=True)
    assert away.services.listings.get(listing.id).employer_id == theirs.id
    assert away.services.employers.get(theirs.id).phone == THEIRS.phone


def test_the_receipt_opens_the_firm_with_the_digits_of_whoever_proved_to_be_it(home, away):
    home.services.employers.register(FORM, SELF)
    home.settle()
    theirs = away.services.employers.register(THEIRS, SELF)
    receipt = post(away, theirs.id).slip.content.qr
    away.settle()
    identify = away.services.identify
    with pytest.raises(Refusal, match="tail_wrong"):
        identify.confirm(identify.scan(receipt), THEIRS.phone[-4:])
    identify.confirm(identify.scan(receipt), FORM.phone[-4:])
    with pytest.raises(Refusal, match="employer_other_phone"):
        away.services.employers.register(THEIRS, SELF)
    away.services.employers.verify(theirs.id, STAFF)
    identify.confirm(identify.scan(receipt), THEIRS.phone[-4:])
    assert away.services.employers.register(THEIRS, SELF).phone == FORM.phone
