"""One firm at two kiosks: the city sees the credit code twice and makes one employer of it, on real PostgreSQL."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import psycopg
import pytest

from kiosk.city import migrate
from kiosk.city.quarantine import settle
from kiosk.domain.operations import PostListing, RegisterEmployer, ReviewListing, SetStanding, VerifyEmployer
from kiosk.domain.values import EmployerKind, Standing
from kiosk.protocol.messages import Action
from tests.city.stage import Kiosk
from tests.domain.samples import CREDIT_CODE, STAFF

pytestmark = pytest.mark.postgres
YES, MERGED = ("accepted", ""), ("merged", "")
PHONE = "13955556666"


def firm(kiosk, **changes) -> RegisterEmployer:
    body = RegisterEmployer(
        employer_id=kiosk.market.new_id(),
        kind=EmployerKind.ENTERPRISE,
        name="威海某某物流有限公司",
        contact_name="王师傅",
        phone="13800000000",
        credit_code=CREDIT_CODE,
        identity=None,
    )
    return replace(body, **changes)


@pytest.fixture
def first(kiosk):
    """The firm, registered at WH01."""
    body = firm(kiosk)
    assert kiosk.say(body) == [YES]
    return body.employer_id


def aliases(database):
    with psycopg.connect(database.owner) as connection:
        return dict(connection.execute("SELECT old_id, new_id FROM alias WHERE entity = 'employer'"))


def employers(database):
    with psycopg.connect(database.owner) as connection:
        return [row[0] for row in connection.execute("SELECT id FROM employer ORDER BY id")]


def test_the_second_registration_is_merged_and_both_kiosks_see_the_firm(kiosk, other, first, database):
    body = firm(other, contact_name="李四", phone=PHONE, credit_code=CREDIT_CODE.lower())
    assert other.say(body) == [MERGED]
    assert employers(database) == [first]
    assert aliases(database) == {body.employer_id: first}
    for station in (kiosk, other):
        shown = station.own()["employer", first]
        assert [each["phone"] for each in shown["also"]] == [PHONE]
    seen = other.sees("dev/WH02")
    alias, gone = seen["alias", body.employer_id], seen["employer", body.employer_id]
    assert (other.own()["alias", body.employer_id]["now"], gone.deleted) == (str(first), True)
    assert seen["employer", first].seq < alias.seq < gone.seq
    assert not any(key[0] == "alias" for key in kiosk.sees("dev/WH01"))


def test_operations_that_name_the_old_id_come_for_weeks_and_mean_the_firm(kiosk, other, first, database):
    body = firm(other)
    post = other.post_body(body.employer_id)
    assert other.say(body, post) == [MERGED, YES]
    assert other.own()["listing", post.listing_id]["employer_id"] == str(first)
    later = other.post_body(body.employer_id)
    assert other.say(later) == [YES]
    assert other.own()["listing", later.listing_id]["employer_id"] == str(first)
    assert other.say(VerifyEmployer(employer_id=body.employer_id), actor=STAFF) == [YES]
    assert kiosk.own()["employer", first]["verified_at"]
    ban = SetStanding(employer_id=body.employer_id, standing=Standing.BANNED, reason="欠薪", until=None)
    assert other.say(ban, actor=STAFF) == [YES]
    assert kiosk.say(kiosk.post_body(first)) == [("rejected", "refusal.employer_banned")]
    with psycopg.connect(database.owner) as connection:
        rows = connection.execute("SELECT body FROM listing UNION ALL SELECT body FROM slip").fetchall()
    assert not any(str(body.employer_id) in row[0] for row in rows)


def test_the_log_keeps_the_bytes_as_they_came(other, kiosk, first):
    body = firm(other)
    post = other.post_body(body.employer_id)
    other.say(body, post)
    row = other.device
    logged = other.city.store.run(lambda tx: tx.logged(row.device, row.incarnation, 1, 2))
    assert [bytes(logged[each.seq].op) for each in other.log] == [bytes(each.op) for each in other.log]
    assert str(body.employer_id).encode() in logged[2].op


def test_a_batch_played_again_is_answered_from_the_log(other, kiosk, first, database):
    sent = other.sent(other.operation(firm(other)))
    once = other.push(sent)
    assert other.push(sent).verdicts == once.verdicts
    assert len(kiosk.own()["employer", first]["also"]) == 1


def test_twice_in_one_batch_and_again_under_the_same_id(kiosk, database):
    one, two = firm(kiosk), firm(kiosk)
    post = kiosk.post_body(two.employer_id)
    assert kiosk.say(one, two, post, two) == [YES, MERGED, YES, MERGED]
    assert employers(database) == [one.employer_id]
    assert len(kiosk.own()["employer", one.employer_id]["also"]) == 1


def test_a_registration_that_the_rules_refuse_claims_no_code(kiosk, other, database):
    assert kiosk.say(firm(kiosk, phone="12"))[0][0] == "rejected"
    body = firm(other)
    assert other.say(body) == [YES]
    assert employers(database) == [body.employer_id]


def test_a_stranger_who_knows_the_code_is_not_published_as_the_verified_firm(kiosk, other, first):
    assert kiosk.say(VerifyEmployer(employer_id=first), actor=STAFF) == [YES]
    body = firm(other, phone=PHONE)
    post = replace(other.post_body(body.employer_id), identified=True)
    assert other.say(body, post) == [MERGED, YES]
    assert other.own()["listing", post.listing_id]["status"] == "pending"


def test_a_third_kiosk_may_not_act_for_the_firm_by_either_id(city, market, kiosk, other, first):
    body = firm(other)
    other.say(body)
    third = Kiosk(city, market, "WH03").enroll()
    foreign = ("rejected", "refusal.other_kiosk")
    for employer_id in (first, body.employer_id):
        assert third.say(third.post_body(employer_id)) == [foreign]
        assert third.say(VerifyEmployer(employer_id=employer_id), actor=STAFF) == [foreign]
        assert third.say(firm(third, employer_id=employer_id, credit_code=None))[0][0] == "rejected"
    assert ("employer", first) not in third.own()


def test_two_first_registrations_at_the_same_moment_are_one_firm(city, market, database):
    stations = [Kiosk(city, market, f"WH{number:02d}").enroll() for number in range(3, 9)]
    batches = [(each, each.sent(each.operation(firm(each)))) for each in stations]
    with ThreadPoolExecutor(len(batches)) as pool:
        answers = list(pool.map(lambda pair: pair[0].push(pair[1]), batches))
    outcomes = sorted(str(answer.verdicts[0].outcome) for answer in answers)
    assert outcomes == ["accepted"] + ["merged"] * 5
    (one,) = employers(database)
    assert set(aliases(database).values()) == {one}
    assert len(aliases(database)) == 5


def test_a_registration_that_was_set_aside_is_merged_when_it_is_taken_up(kiosk, other, first, database):
    op = other.operation(firm(other))
    strange = other.sent(replace(op, kind="employer.register/9"))
    post = other.sent(other.operation(other.post_body(op.body.employer_id)))
    assert [str(each.outcome) for each in other.push(strange, post).verdicts] == ["quarantined"] * 2
    with psycopg.connect(database.owner) as connection:
        connection.execute("UPDATE quarantine SET op = replace(op, 'register/9', 'register/1')")
    device = other.device.device
    words = other.city.store.run(
        lambda tx: settle(other.city, tx, device, op.op_id, Action.RETRY, "", "city")
    )
    assert [str(each.outcome) for each in words] == ["merged", "accepted"]
    assert aliases(database) == {op.body.employer_id: first}
    assert isinstance(post.op_id, type(op.op_id))
    listings = [body for key, body in other.own().items() if key[0] == "listing"]
    assert [each["employer_id"] for each in listings] == [str(first)]


def test_an_old_database_gets_the_index_and_finds_the_firms_it_has(database, kiosk, other):
    body = firm(kiosk)
    with psycopg.connect(database.owner, autocommit=True) as connection:
        connection.execute("DROP INDEX employer_by_credit_code")
        connection.execute("DROP TABLE credit_code")
        connection.execute("ALTER TABLE device DROP COLUMN IF EXISTS revoke_reason")
        connection.execute("UPDATE alembic_version SET version_num = '0008'")
    migrate.migrate(database.owner)
    with psycopg.connect(database.owner, autocommit=True) as connection:
        connection.execute("GRANT SELECT, INSERT, UPDATE, DELETE ON credit_code TO city_gateway")
    assert kiosk.say(body) == [YES]
    assert other.say(firm(other)) == [MERGED]


def test_what_staff_review_at_the_second_kiosk_stands(kiosk, other, first):
    body = firm(other)
    post: PostListing = other.post_body(body.employer_id)
    review = ReviewListing(listing_id=post.listing_id, approve=True)
    assert other.say(body, post) == [MERGED, YES]
    assert other.say(review, actor=STAFF) == [YES]
    assert other.own()["listing", post.listing_id]["status"] == "published"
