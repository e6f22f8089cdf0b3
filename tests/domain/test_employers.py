from dataclasses import replace
from datetime import timedelta

import pytest

from kiosk.domain.operations import Actor, RegisterEmployer, SetStanding, VerifyEmployer
from kiosk.domain.refusal import Refusal
from kiosk.domain.values import ActorKind, EmployerKind, Standing
from tests.domain.samples import CREDIT_CODE, SELF, STAFF, STAFF_ID, TODAY, Market

FIRM = RegisterEmployer(
    employer_id=Market().new_id(),
    kind=EmployerKind.ENTERPRISE,
    name="威海 某某物流有限公司",
    contact_name="王师傅",
    phone="+86 13800000000",
    credit_code=CREDIT_CODE.lower(),
    identity=None,
)


@pytest.fixture
def market() -> Market:
    return Market()


def test_an_organisation_is_registered_by_its_credit_code(market):
    market.run(FIRM)
    employer = market.ledger.employer(FIRM.employer_id)
    assert (employer.name, employer.credit_code, employer.phone) == (
        "威海某某物流有限公司",
        CREDIT_CODE,
        "13800000000",
    )
    assert employer.verified_at is None
    assert employer.standing is Standing.OK


def test_a_household_needs_no_code_and_keeps_none(market):
    market.run(replace(FIRM, kind=EmployerKind.HOUSEHOLD, name="王师傅"))
    assert market.ledger.employer(FIRM.employer_id).credit_code is None


def test_the_same_registration_again_changes_nothing(market):
    op = market.operation(FIRM)
    market.play(op)
    assert market.play(op).puts == ()


@pytest.mark.parametrize(
    ("changes", "key", "field"),
    [
        ({"credit_code": None}, "credit_code_missing", "credit_code"),
        ({"credit_code": "91110000600037342L"}, "credit_code_check", "credit_code"),
        ({"name": "123"}, "name_characters", "name"),
        ({"contact_name": ""}, "name_missing", "contact_name"),
        ({"phone": "138"}, "phone_length", "phone"),
        ({"kind": EmployerKind.HOUSEHOLD, "name": "王2"}, "name_digits", "name"),
    ],
)
def test_who_is_not_registered(market, changes, key, field):
    with pytest.raises(Refusal) as refused:
        market.run(replace(FIRM, **changes))
    assert (refused.value.key, refused.value.field) == (f"refusal.{key}", field)


def test_staff_verify(market):
    market.run(FIRM)
    market.run(VerifyEmployer(employer_id=FIRM.employer_id), STAFF)
    employer = market.ledger.employer(FIRM.employer_id)
    assert (employer.verified_at, employer.verified_by) == (market.now, STAFF_ID)


@pytest.mark.parametrize("actor", [SELF, Actor(kind=ActorKind.STAFF), Actor(kind=ActorKind.CITY)])
@pytest.mark.parametrize(
    "body",
    [
        VerifyEmployer(employer_id=FIRM.employer_id),
        SetStanding(employer_id=FIRM.employer_id, standing=Standing.BANNED, reason="欠薪"),
    ],
)
def test_only_named_staff_may(market, actor, body):
    market.run(FIRM)
    with pytest.raises(Refusal) as refused:
        market.run(body, actor)
    assert refused.value.key == "refusal.staff_only"


@pytest.mark.parametrize(
    "body",
    [
        VerifyEmployer(employer_id=FIRM.employer_id),
        SetStanding(employer_id=FIRM.employer_id, standing=Standing.OK, reason=""),
    ],
)
def test_an_unknown_employer_is_refused(market, body):
    with pytest.raises(Refusal) as refused:
        market.run(body, STAFF)
    assert refused.value.key == "refusal.employer_unknown"


def test_a_ban_needs_a_reason_and_ends_after_its_last_day(market):
    employer = market.employer()
    with pytest.raises(Refusal) as refused:
        market.run(SetStanding(employer_id=employer, standing=Standing.BANNED, reason=" "), STAFF)
    assert refused.value.key == "refusal.reason_missing"
    market.run(SetStanding(employer_id=employer, standing=Standing.BANNED, reason="欠薪", until=TODAY), STAFF)
    with pytest.raises(Refusal) as refused:
        market.run(market.post_body(employer))
    assert refused.value.key == "refusal.employer_banned"
    market.now += timedelta(days=1)
    body = market.post_body(employer)
    market.run(
        replace(
            body,
            terms=replace(body.terms, date_from=TODAY + timedelta(days=1), date_to=TODAY + timedelta(days=1)),
        )
    )
    assert market.ledger.listing(body.listing_id) is not None


def test_a_ban_without_end_stays(market):
    employer = market.employer()
    market.run(SetStanding(employer_id=employer, standing=Standing.BANNED, reason="欠薪"), STAFF)
    market.now += timedelta(days=400)
    with pytest.raises(Refusal) as refused:
        market.run(market.post_body(employer))
    assert refused.value.key == "refusal.employer_banned"
    market.run(SetStanding(employer_id=employer, standing=Standing.OK, reason=""), STAFF)
    assert market.ledger.employer(employer).standing is Standing.OK
