"""政策告知单: what stands on the paper, and that nothing of what was said is kept."""

import pytest

from kiosk.domain.eligibility import Answers
from tests.fakes import FakeClock
from tests.kiosk_fixture import open_kiosk


@pytest.fixture
def kiosk(tmp_path):
    kiosk = open_kiosk(tmp_path / "kiosk", FakeClock())
    yield kiosk
    kiosk.close()


@pytest.fixture
def desk(kiosk):
    return kiosk.services().policies


def test_a_city_has_its_own(desk):
    keys = [each.policy.key for each in desk.all()]
    assert "startup_subsidy" in keys
    assert {each.rule.applies for each in desk.all()} == {"371000"}
    assert desk.get("no such policy") is None


def test_without_answers_the_paper_says_what_is_needed(desk):
    content = desk.paper(desk.get("social_insurance_subsidy"), None).content
    assert content.state == ""
    assert content.values["who"] == "就业困难人员、离校2年内未就业高校毕业生"
    assert content.values["source"].endswith("第15条")
    assert content.tables["conditions"] == (("灵活就业",), ("已经缴了职工社会保险费",))
    assert content.tables["ask"] == ()


def test_what_fits_and_what_has_to_be_asked_stand_apart(desk):
    item = desk.get("accident_insurance_subsidy")
    content = desk.paper(item, Answers(met=frozenset({2}))).content
    assert content.state == "ask"
    assert content.tables["met"] == (("已办理灵活就业登记",),)
    assert len(content.tables["ask"]) == 3
    assert content.tables["conditions"] == ()


def test_one_of_the_people_it_is_for_who_meets_everything(desk):
    item = desk.get("tax_relief")
    content = desk.paper(item, Answers(who=2, met=frozenset({0}))).content
    assert content.state == "fits"
    assert content.tables["met"] == (("失业人员",), ("从事个体经营",))
    assert content.values["who"] == ""


def test_none_of_the_people_it_is_for(desk):
    item = desk.get("tax_relief")
    content = desk.paper(item, Answers(met=frozenset({0}))).content
    assert content.state == "ask"
    assert "退役士兵" in content.values["who"]


def test_papers_are_numbered_in_a_series_of_their_own_and_printed(kiosk, desk):
    first, second = (desk.paper(desk.get("pension"), None) for _ in range(2))
    assert (first.number, second.number) == ("WHC1-Z0001", "WHC1-Z0002")
    assert kiosk.services().printing.print_slip(first.slip_id).state == "printed"


def test_nothing_that_was_said_goes_to_the_city(kiosk, desk):
    before = kiosk.services().station.sync_counts()
    desk.paper(desk.get("tax_relief"), Answers(who=1, met=frozenset({0})))
    assert kiosk.services().station.sync_counts() == before
