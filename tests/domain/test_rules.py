from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.domain.free_text import unfit_characters
from kiosk.domain.records import Terms
from kiosk.domain.rules import check_terms
from kiosk.domain.values import EmployerKind, PayUnit, Settlement, Severity
from tests.domain.samples import REFERENCE, RULES, TERMS, TODAY, WORDING


def findings(terms: Terms, kind: EmployerKind = EmployerKind.INDIVIDUAL):
    return check_terms(terms, kind, REFERENCE, WORDING, TODAY)


def test_a_lawful_offer_has_no_findings():
    assert findings(TERMS) == ()


@pytest.mark.parametrize(
    ("changes", "rule", "field", "params"),
    [
        ({"title": ""}, "title_missing", "title", {}),
        ({"title": "  "}, "title_missing", "title", {}),
        ({"title": "卸"}, "title_short", "title", {"limit": 2}),
        ({"title": "卸" * 400}, "title_long", "title", {"limit": 30, "length": 400, "over": 370}),
        ({"title": "𬭬" * 31}, "title_long", "title", {"limit": 30, "length": 31, "over": 1}),
        ({"headcount": 0}, "headcount_none", "headcount", {}),
        ({"headcount": -3}, "headcount_none", "headcount", {}),
        ({"headcount": 501}, "headcount_many", "headcount", {"limit": 500}),
        ({"headcount": 1_000_000}, "headcount_many", "headcount", {"limit": 500}),
        ({"trade": "jz"}, "trade_unknown", "trade", {}),
        ({"trade": ""}, "trade_unknown", "trade", {}),
        ({"region": "999999"}, "region_unknown", "region", {}),
        ({"region": "371000"}, "region_unknown", "region", {}),
        ({"address": " "}, "address_missing", "address", {}),
        ({"address": "路" * 61}, "address_long", "address", {"limit": 60, "length": 61, "over": 1}),
        ({"meeting_place": "路" * 65}, "meeting_place_long", "meeting_place", {"over": 5}),
        ({"requirements": "要" * 201}, "requirements_long", "requirements", {"over": 1}),
        ({"pay_fen": 0}, "pay_missing", "pay", {}),
        ({"pay_fen": 100_00}, "minimum_wage", "pay", {"needed_fen": 192_00}),
        ({"settlement": Settlement.MONTH}, "settlement_late", "settlement", {"days": 15}),
        ({"pay_unit": PayUnit.MONTH}, "month_part_time", "pay_unit", {}),
        (
            {"date_from": TODAY - timedelta(days=1), "date_to": TODAY - timedelta(days=1)},
            "date_past",
            "date_from",
            {},
        ),
        ({"date_to": TODAY - timedelta(days=1)}, "date_order", "date_to", {}),
        (
            {"date_from": TODAY + timedelta(days=61), "date_to": TODAY + timedelta(days=61)},
            "date_far",
            "date_from",
            {"limit": 60},
        ),
        ({"date_to": TODAY + timedelta(days=31)}, "date_span", "date_to", {"limit": 31}),
        ({"minutes_per_day": 0}, "hours_none", "hours_per_day", {}),
        ({"minutes_per_day": 721, "end_minute": 7 * 60}, "hours_many", "hours_per_day", {"limit": 12}),
        (
            {"minutes_per_day": 9 * 60 + 30, "pay_fen": 300_00},
            "hours_beyond",
            "hours_per_day",
            {"hours": "9"},
        ),
        ({"start_minute": -1}, "times", "start_minute", {}),
        ({"end_minute": 1440}, "times", "start_minute", {}),
        ({"contact_name": ""}, "name_missing", "contact_name", {}),
        ({"contact_name": "王😀"}, "name_emoji", "contact_name", {}),
        ({"contact_phone": "1381234567"}, "phone_length", "contact_phone", {"length": 10, "limit": 11}),
        ({"title": "限女装卸工"}, "wording_sex", "title", {"words": "限女"}),
        ({"requirements": "先交押金"}, "wording_fees", "requirements", {"words": "押金"}),
        ({"address": "本路1号，外地人勿扰"}, "wording_household", "address", {}),
        ({"meeting_place": "桥头，身份证押下"}, "wording_papers", "meeting_place", {}),
        ({"title": "卸货😀两小时"}, "characters", "title", {}),
        ({"requirements": "带手套\x07"}, "characters", "requirements", {}),
    ],
)
def test_what_blocks(changes, rule, field, params):
    blocking = [each for each in findings(replace(TERMS, **changes)) if each.severity is Severity.BLOCK]
    found = next(each for each in blocking if each.rule == rule)
    assert found.field == field
    assert dict(found.params).items() >= params.items()


@pytest.mark.parametrize(
    ("changes", "rules"),
    [
        ({"title": "卸" * 30}, []),
        ({"headcount": 500}, []),
        ({"headcount": 1}, []),
        ({"region": "371002"}, []),
        ({"date_to": TODAY + timedelta(days=2)}, []),
        ({"date_from": TODAY + timedelta(days=60), "date_to": TODAY + timedelta(days=60)}, []),
        ({"date_to": TODAY + timedelta(days=3)}, ["part_time_hours"]),
        ({"date_to": TODAY + timedelta(days=30)}, ["part_time_hours"]),
        ({"date_to": TODAY + timedelta(days=300), "full_time": True}, []),
        ({"date_from": TODAY - timedelta(days=1)}, ["date_started"]),
        ({"start_minute": 22 * 60, "end_minute": 6 * 60}, []),
        ({"start_minute": 0, "end_minute": 0, "minutes_per_day": 720, "pay_fen": 300_00}, []),
        ({"requirements": "35岁以下优先"}, ["wording_age"]),
        ({"requirements": "能搬50斤，男女不限\n自带手套"}, []),
        ({"pay_unit": PayUnit.PIECE, "pay_fen": 50}, ["piece_rate"]),
    ],
)
def test_what_only_warns_or_is_fine(changes, rules):
    found = findings(replace(TERMS, **changes))
    assert [each.rule for each in found] == rules
    assert all(each.severity is Severity.WARN for each in found)


def test_a_household_gives_no_labour_contract():
    full_time = replace(TERMS, full_time=True)
    assert [each.rule for each in findings(full_time, EmployerKind.HOUSEHOLD)] == ["household_contract"]
    assert findings(full_time, EmployerKind.ENTERPRISE) == ()


def test_everything_wrong_at_once_is_told_at_once_blocking_first():
    terms = replace(
        TERMS,
        title="",
        headcount=0,
        pay_fen=1,
        requirements="年轻人优先，限女",
        contact_phone="1",
        date_to=TODAY,
    )
    found = findings(terms)
    severities = [each.severity for each in found]
    assert severities == sorted(severities, key=lambda each: each is not Severity.BLOCK)
    assert {
        "title_missing",
        "headcount_none",
        "minimum_wage",
        "wording_sex",
        "wording_age",
        "phone_length",
    } <= {each.rule for each in found}


def test_spans_stand_in_the_field_as_typed():
    (found,) = findings(replace(TERMS, requirements="能吃苦，限 女，管饭"))
    assert "能吃苦，限 女，管饭"[slice(*found.span)] == "限 女"


@given(st.text(max_size=80), st.integers(-5, 2_000_000), st.integers(-10, 10**9), st.integers(-10, 2000))
def test_nothing_that_can_be_typed_breaks_the_check(text, headcount, pay_fen, minutes):
    terms = replace(
        TERMS,
        title=text,
        requirements=text,
        contact_name=text,
        contact_phone=text,
        region=text,
        trade=text,
        headcount=headcount,
        pay_fen=pay_fen,
        minutes_per_day=minutes,
        start_minute=minutes,
    )
    assert any(each.rule == "trade_unknown" for each in findings(terms))


@pytest.mark.parametrize(
    ("text", "span"),
    [
        ("卸货", None),
        ("𬭬𪚥㙍䶮 ok\n第二行", None),
        ("卸货😀😀两", (2, 4)),
        ("a\x00b", (1, 2)),
        ("👩\u200d🔧来", (0, 3)),
        ("1️⃣号", (2, 3)),
        ("\ue000", (0, 1)),
    ],
)
def test_characters_that_do_not_belong_in_text(text, span):
    assert unfit_characters(text) == span


def test_the_rule_book_answers_the_transitions():
    assert RULES.check_terms(TERMS, EmployerKind.ENTERPRISE, TODAY) == ()
    assert RULES.check_words("限女", "title")[0].rule == "wording_sex"
    assert RULES.knows_trade("jz-wagong")
    assert not RULES.knows_trade("jz")
    assert RULES.knows_region("371002001")
    assert not RULES.knows_region("371000")
    assert RULES.adults_only("jz-jiazi")
    assert not RULES.adults_only("jzfw-baojie")
    assert not RULES.adults_only("nonsense")
