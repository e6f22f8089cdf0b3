from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.domain.reference import BadReference, Certainty, Level
from kiosk.domain.reference_files import (
    FILES,
    NEIGHBOURS,
    REGIONS,
    TIERS,
    TRADES,
    WAGES,
    parse_reference,
)
from tests.domain.samples import REFERENCE, REFERENCE_TEXTS


def with_line(name: str, line: str) -> dict[str, str]:
    return REFERENCE_TEXTS | {name: f"{REFERENCE_TEXTS[name]}{line}\n"}


def test_both_cities_are_there_with_their_districts_and_streets():
    assert {city.name for city in REFERENCE.cities()} == {"威海市", "烟台市"}
    assert [each.name for each in REFERENCE.children("371000")][:2] == ["环翠区", "文登区"]
    assert "竹岛街道" in {each.name for each in REFERENCE.children("371002")}
    assert REFERENCE.children("371002001") == ()


def test_the_way_up_from_a_street():
    assert REFERENCE.district_of("371002003").name == "环翠区"
    assert REFERENCE.district_of("371002").name == "环翠区"
    assert REFERENCE.city_of("371002003").name == "威海市"
    assert REFERENCE.district_of("371000") is None
    assert REFERENCE.district_of("999999") is None


def test_neighbours_share_a_border_in_both_directions():
    for district in REFERENCE.regions:
        for other in REFERENCE.near(district.code):
            assert district.code in REFERENCE.near(other)
    assert "371071" in REFERENCE.near("371002")
    assert "371083" not in REFERENCE.near("371002")
    assert REFERENCE.near("371000") == ()
    districts = [each for each in REFERENCE.regions if each.level is Level.DISTRICT]
    assert all(REFERENCE.near(each.code) for each in districts)


def test_every_trade_belongs_to_a_category():
    for category in REFERENCE.categories:
        assert REFERENCE.trades_of(category.code)
    assert sum(len(REFERENCE.trades_of(each.code)) for each in REFERENCE.categories) == len(REFERENCE.trades)
    assert REFERENCE.trade("jz") is None
    assert REFERENCE.category("jz").name == "建筑装修"
    assert "扛活" in REFERENCE.trade("jz-xiaogong").search_words


@pytest.mark.parametrize(
    ("region", "on", "hourly_fen", "certainty"),
    [
        ("370602001", date(2025, 11, 22), 24_00, Certainty.REPORTED),
        ("370682001", date(2025, 11, 22), 22_00, Certainty.TO_CHECK),
        ("371002001", date(2025, 11, 22), 24_00, Certainty.TO_CHECK),
        ("371002001", date(2025, 10, 1), 24_00, Certainty.TO_CHECK),
        ("371002001", date(2025, 9, 30), 22_00, Certainty.TO_CHECK),
        ("371002001", date(2021, 10, 1), 21_00, Certainty.REPORTED),
        ("371002", date(2021, 9, 30), 19_10, Certainty.TO_CHECK),
    ],
)
def test_minimum_wage_by_place_and_day(region, on, hourly_fen, certainty):
    floor = REFERENCE.wage_floor(region, on)
    assert (floor.hourly_fen, floor.certainty) == (hourly_fen, certainty)


def test_no_minimum_wage_without_a_district_or_before_the_first_one():
    assert REFERENCE.wage_floor("371000", date(2025, 11, 22)) is None
    assert REFERENCE.wage_floor("371002001", date(2018, 5, 31)) is None


@given(
    st.sampled_from(
        [each.code for each in REFERENCE.regions if each.level in {Level.DISTRICT, Level.STREET}]
    ),
    st.dates(date(2018, 6, 1), date(2030, 1, 1)),
)
def test_every_place_has_a_minimum_wage_that_never_falls(region, day):
    today, tomorrow = REFERENCE.wage_floor(region, day), REFERENCE.wage_floor(region, day + timedelta(days=1))
    assert 0 < today.hourly_fen <= tomorrow.hourly_fen


def test_policies_of_each_city():
    weihai = {policy.key: rule for policy, rule in REFERENCE.policies_of("371000")}
    yantai = {policy.key: rule for policy, rule in REFERENCE.policies_of("370600")}
    assert dict(weihai["startup_subsidy"].facts)["amount"] == 5000
    assert weihai["social_insurance_subsidy"].item == "W15"
    assert dict(yantai["social_insurance_subsidy"].facts)["share"] == "65%"
    assert REFERENCE.policies_of("110000") == ()


def test_equal_texts_make_equal_reference_data():
    assert parse_reference(REFERENCE_TEXTS) == REFERENCE
    assert (
        parse_reference(
            {
                name: f"\ufeff{text}" if name.endswith("csv") else text
                for name, text in REFERENCE_TEXTS.items()
            }
        )
        == REFERENCE
    )


@pytest.mark.parametrize(
    ("name", "line"),
    [
        (REGIONS, "371002999,999999,street,某街道,某,Some"),
        (REGIONS, "371002001,371002,street,环翠楼街道,环翠楼,Huancuilou"),
        (REGIONS, "371002999,371002,hamlet,某村,某,Some"),
        (TRADES, "xx-new,xx,新工种,New,other,day,no,"),
        (TRADES, "qt-new,qt,新工种,New,other,week,no,"),
        (TRADES, "qt-new,qt,新工种,New,other,day,perhaps,"),
        (TRADES, "qt-new,qt"),
        (WAGES, "2026-10-01,1,free,25,,reported"),
        (WAGES, "2026-10-01,1,2500,25.001,,reported"),
        (WAGES, "2026-13-01,1,2500,25,,reported"),
        (WAGES, "2026-10-01,1,2500,0,,reported"),
        (TIERS, "999999,1,2025-10-01,reported,"),
        (TIERS, "371002,1,2025-10-01,surely,"),
        (NEIGHBOURS, "371002,999999,2026-11-01,reported"),
        (NEIGHBOURS, "371002,371002001,2026-11-01,reported"),
        (NEIGHBOURS, "371002,371002,2026-11-01,reported"),
        (NEIGHBOURS, "371002,371083,soon,reported"),
    ],
)
def test_a_broken_file_is_refused_and_named(name, line):
    with pytest.raises(BadReference, match=name):
        parse_reference(with_line(name, line))


@pytest.mark.parametrize("name", [each for each in FILES if each != NEIGHBOURS])
def test_a_missing_file_is_named(name):
    with pytest.raises(BadReference, match=name):
        parse_reference({each: text for each, text in REFERENCE_TEXTS.items() if each != name})


@pytest.mark.parametrize(
    "text", ["[[policy]]\nkey = 'a'\n", "not toml", "[[policy]]\nkey='a'\ntitle='b'\noffice='c'\nrule=[1]\n"]
)
def test_broken_policies_are_refused(text):
    with pytest.raises(BadReference, match=r"policies\.toml"):
        parse_reference(REFERENCE_TEXTS | {"policies.toml": text})


def test_english_names_are_plain_enough_for_a_foreigner():
    for each in (*REFERENCE.regions, *REFERENCE.trades, *REFERENCE.categories):
        assert each.name_en.isascii() or "ü" in each.name_en
        assert len(each.name_en) <= 32
    assert REFERENCE.region("370602").name_en == "Zhifu District"
