from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.domain.values import PayUnit, Settlement, Severity
from kiosk.domain.wages import PayOffer, check_pay, needed_fen, offer_of, part_time_fen, yuan
from tests.domain.samples import REFERENCE, TERMS

OFFER = PayOffer(
    pay_fen=192_00,
    unit=PayUnit.DAY,
    minutes_per_day=8 * 60,
    region="371002001",
    on=date(2025, 11, 22),
    full_time=False,
    settlement=Settlement.SAME_DAY,
)
FLOOR = REFERENCE.wage_floor(OFFER.region, OFFER.on)


def rules_of(offer: PayOffer) -> list[str]:
    return [finding.rule for finding in check_pay(offer, REFERENCE)]


def the_finding(offer: PayOffer, rule: str) -> dict[str, str | int]:
    (finding,) = [each for each in check_pay(offer, REFERENCE) if each.rule == rule]
    return dict(finding.params)


def test_eight_hours_at_the_hourly_minimum_pass():
    assert rules_of(OFFER) == []


def test_one_fen_less_is_blocked_and_the_passing_number_is_said():
    params = the_finding(replace(OFFER, pay_fen=191_99), "minimum_wage")
    assert params["needed_fen"] == 192_00
    assert params["needed"] == "192"
    assert params["minimum_fen"] == 24_00
    assert params["unit"] == "day"
    assert params["certainty"] == "to_check"


@pytest.mark.parametrize(
    ("unit", "minutes", "full_time", "needed"),
    [
        (PayUnit.HOUR, 0, False, 24_00),
        (PayUnit.DAY, 7 * 60 + 30, False, 180_00),
        (PayUnit.DAY, 100, False, 40_00),
        (PayUnit.DAY, 1, False, 40),
        (PayUnit.DAY, 8 * 60, True, 110_35),
        (PayUnit.HOUR, 8 * 60, True, 13_80),
        (PayUnit.MONTH, 8 * 60, True, 2400_00),
        (PayUnit.MONTH, 8 * 60, False, None),
        (PayUnit.DAY, 0, False, None),
        (PayUnit.PIECE, 8 * 60, False, None),
        (PayUnit.JOB, 8 * 60, False, None),
    ],
)
def test_the_lowest_lawful_pay(unit, minutes, full_time, needed):
    offer = replace(OFFER, unit=unit, minutes_per_day=minutes, full_time=full_time)
    assert needed_fen(offer, FLOOR) == needed


@given(
    st.sampled_from([PayUnit.HOUR, PayUnit.DAY, PayUnit.MONTH]),
    st.integers(1, 720),
    st.booleans(),
    st.sampled_from(["370602001", "370682001", "371083114"]),
    st.dates(date(2018, 6, 1), date(2027, 1, 1)),
)
def test_the_number_it_names_really_passes_and_is_the_lowest(unit, minutes, full_time, region, on):
    offer = replace(OFFER, unit=unit, minutes_per_day=minutes, full_time=full_time, region=region, on=on)
    offer = replace(offer, pay_fen=1, full_time=full_time or unit is PayUnit.MONTH)
    low = [each for each in check_pay(offer, REFERENCE) if each.severity is Severity.BLOCK]
    if not low:
        assert needed_fen(offer, REFERENCE.wage_floor(region, on)) == 1
        return
    needed = int(dict(low[0].params)["needed_fen"])
    for pay_fen, blocked in ((needed, False), (needed - 1, needed > 1)):
        tried = check_pay(replace(offer, pay_fen=pay_fen), REFERENCE)
        assert any(each.severity is Severity.BLOCK for each in tried) is blocked


def test_a_day_without_hours_is_not_judged_yet():
    assert rules_of(replace(OFFER, minutes_per_day=0, pay_fen=1)) == []


def test_a_contract_is_no_way_round_the_hourly_minimum_without_a_look():
    assert rules_of(replace(OFFER, full_time=True, pay_fen=150_00)) == ["full_time_low"]
    assert rules_of(replace(OFFER, full_time=True, pay_fen=part_time_fen(480, FLOOR))) == []
    assert rules_of(replace(OFFER, full_time=True, pay_fen=110_34)) == ["minimum_wage"]


def test_month_pay_is_for_contracts():
    assert rules_of(replace(OFFER, unit=PayUnit.MONTH, pay_fen=5000_00)) == ["month_part_time"]
    monthly = replace(OFFER, unit=PayUnit.MONTH, pay_fen=5000_00, full_time=True, settlement=Settlement.MONTH)
    assert rules_of(monthly) == []
    assert rules_of(replace(monthly, pay_fen=2399_99)) == ["minimum_wage_month"]


@pytest.mark.parametrize("unit", [PayUnit.PIECE, PayUnit.JOB])
def test_piece_and_job_pay_cannot_be_measured_so_somebody_looks(unit):
    (finding,) = check_pay(replace(OFFER, unit=unit, pay_fen=50), REFERENCE)
    assert (finding.rule, finding.severity) == ("piece_rate", Severity.WARN)


@pytest.mark.parametrize(
    ("settlement", "days", "full_time", "rules"),
    [
        (Settlement.SAME_DAY, 30, False, []),
        (Settlement.HALF_MONTH, 30, False, []),
        (Settlement.MONTH, 1, False, ["settlement_late"]),
        (Settlement.ON_COMPLETION, 15, False, []),
        (Settlement.ON_COMPLETION, 16, False, ["settlement_late"]),
        (Settlement.ON_COMPLETION, 16, True, []),
        (Settlement.MONTH, 30, True, ["settlement_month"]),
    ],
)
def test_part_time_pay_within_fifteen_days(settlement, days, full_time, rules):
    assert rules_of(replace(OFFER, settlement=settlement, days=days, full_time=full_time)) == rules


def test_pay_that_looks_like_a_slip_of_the_finger():
    assert rules_of(replace(OFFER, pay_fen=0)) == ["pay_missing"]
    assert rules_of(replace(OFFER, pay_fen=-5)) == ["pay_missing"]
    assert rules_of(replace(OFFER, pay_fen=20_000_00)) == ["pay_unusual"]
    assert rules_of(replace(OFFER, unit=PayUnit.JOB, pay_fen=20_000_00)) == ["piece_rate"]


def test_a_place_without_a_known_minimum_warns():
    assert rules_of(replace(OFFER, on=date(2010, 1, 1))) == ["minimum_wage_unknown"]
    assert rules_of(replace(OFFER, region="371000")) == []


def test_offer_of_terms():
    offer = offer_of(replace(TERMS, date_to=date(2025, 11, 24)))
    assert (offer.pay_fen, offer.unit, offer.days) == (TERMS.pay_fen, PayUnit.DAY, 3)


@pytest.mark.parametrize(
    ("fen", "text"), [(18000, "180"), (1850, "18.5"), (1805, "18.05"), (5, "0.05"), (0, "0")]
)
def test_yuan(fen, text):
    assert yuan(fen) == text
