"""What the city set aside, seen at the kiosk: sent again or given up, told at the next contact, true on both sides."""

from dataclasses import replace

import pytest

from kiosk.city.server import CityServer
from kiosk.domain.refusal import Refusal
from kiosk.services.context import staff_actor
from tests.fakes import FakeClock
from tests.kiosk_fixture import PIN
from tests.sync.kiosks import WholeKiosk
from tests.ui.screens.house import STAFF

pytestmark = pytest.mark.postgres


class Rules:
    """The city's rules with a bug in them until it is mended."""

    def __init__(self, rules) -> None:
        self.rules = rules
        self.broken = True

    def __getattr__(self, name):
        if self.broken and name != "near":
            raise RuntimeError("a bug in a rule")
        return getattr(self.rules, name)


@pytest.fixture
def rules(city):
    return Rules(city.rules)


@pytest.fixture
def kiosk(tmp_path, market, city, rules):
    with CityServer(replace(city, rules=rules)) as server:
        made = WholeKiosk(tmp_path, "WHC1", FakeClock(market.now), city, server.url)
        yield made
        made.close()


def waiting(kiosk):
    return [each for each in kiosk.services.aside.all() if not each.rejected]


def audited(kiosk):
    with kiosk.kiosk.storage.database.reader() as connection:
        rows = connection.execute("SELECT actor, action FROM audit WHERE action LIKE 'quarantine.%'")
        return rows.fetchall()


def test_sent_again_after_the_city_was_mended(kiosk, rules, city):
    listing = kiosk.listing()
    kiosk.settle()
    post, review = reversed(waiting(kiosk))
    assert (post.kind, post.whose, post.reason) == ("listing.post", "搬家，三楼", "quarantine.bug")
    assert post.number.startswith("WHC1-")
    assert review.reason == "quarantine.follows"
    rules.broken = False
    kiosk.services.aside.retry(post.op_id, STAFF)
    assert {each.decision for each in waiting(kiosk)} == {"retry", ""}
    kiosk.settle()
    assert waiting(kiosk) == []
    assert kiosk.kiosk.storage.outbox.counts().quarantined == 0
    assert city.store.run(lambda tx: tx.peek("listing", listing)).published_at is not None
    assert audited(kiosk) == [(f"staff:{STAFF.staff_id}", "quarantine.retry")]
    assert kiosk.kiosk.storage.decisions.pending() == []


def test_given_up_is_undone_here_and_what_was_done_on_top_is_decided_again(kiosk, rules, city):
    listing = kiosk.listing()
    worker = kiosk.worker()
    kiosk.apply(worker, listing)
    kiosk.settle()
    post = next(each for each in waiting(kiosk) if each.kind == "listing.post")
    with pytest.raises(Refusal) as refused:
        kiosk.services.aside.discard(post.op_id, " ", STAFF)
    assert refused.value.field == "reason"
    kiosk.services.aside.discard(post.op_id, "办错了", STAFF)
    assert kiosk.kiosk.storage.read.listing(listing) is not None  # until the city knows
    rules.broken = False
    kiosk.settle()
    assert kiosk.kiosk.storage.read.listing(listing) is None
    register = next(each for each in waiting(kiosk) if each.kind == "worker.register")
    kiosk.services.aside.retry(register.op_id, STAFF)
    kiosk.settle()
    assert waiting(kiosk) == []
    rejected = {each.kind: each.reason for each in kiosk.services.aside.all()}
    assert rejected["listing.post"] == "refusal.discarded"
    assert rejected["placement.apply"] == "refusal.listing_unknown"
    assert city.store.run(lambda tx: tx.peek("listing", listing)) is None
    assert city.store.run(lambda tx: tx.peek("worker", worker)) is not None


def test_a_decision_outlives_a_restart_and_a_network_that_is_down(kiosk, rules):
    kiosk.listing()
    kiosk.settle()
    post = waiting(kiosk)[-1]
    kiosk.services.aside.retry(post.op_id, STAFF)
    kiosk.begin_anew()
    assert [each.decision for each in waiting(kiosk)][-1] == "retry"
    rules.broken = False
    kiosk.settle()
    assert waiting(kiosk) == []


def test_what_does_not_wait_cannot_be_decided(kiosk):
    kiosk.listing()
    kiosk.settle()
    with pytest.raises(Refusal) as refused:
        kiosk.services.aside.retry(STAFF.staff_id, STAFF)
    assert refused.value.key == "refusal.not_aside"


def test_an_application_is_named_by_the_worker_when_the_city_rejects_it(kiosk, rules):
    rules.broken = False
    listing, worker = kiosk.listing(), kiosk.worker(name="王大海")
    kiosk.apply(worker, listing)
    staff = staff_actor(kiosk.services.staff.sign_in("1", PIN).staff_id)
    kiosk.services.listings.close(listing, "", staff)
    kiosk.settle()
    for each in kiosk.services.aside.all():
        assert each.whose
