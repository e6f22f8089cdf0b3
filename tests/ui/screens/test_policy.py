"""政策补贴: found on the first page, asked a page at a time, on paper; nothing is kept of what was said."""

import pytest

from kiosk.ui.preferences import TextSize
from tests.kiosk_fixture import PIN
from tests.ui.screens.house import House


@pytest.fixture
def at(house: House):
    """Goes to a policy of the list."""

    def go(title: str) -> House:
        house.start()
        house.tap("welcome.policy")
        house.hand.wait_screen("policies")
        if not house.hand.has(title):
            house.tap("common.next_page")
        house.hand.tap(title)
        house.hand.wait_screen("policy")
        return house

    return go


def answered(house: House, kind: str, *conditions: str) -> None:
    house.tap("policy.check")
    house.hand.wait_screen("policy_who")
    house.hand.tap(kind)
    house.hand.wait_screen("policy_conditions")
    for each in conditions:
        house.hand.tap(each)
    house.tap("policy.result")
    house.hand.wait_screen("policy")


def test_everything_fits_and_it_is_on_paper(at) -> None:
    house = at("税费减免")
    answered(house, "失业人员", "从事个体经营")
    assert house.hand.has(house.text("policy.fits"))
    assert house.hand.has("失业人员\n从事个体经营")
    house.tap("policy.paper")
    house.hand.wait_text(house.text("slip_panel.printed"))
    assert house.hand.has("WHC1-Z0001")


def test_who_is_none_of_them_is_told_to_ask(at) -> None:
    house = at("税费减免")
    answered(house, house.text("policy.who_none"), "从事个体经营")
    assert house.hand.has(house.text("policy.ask_state"))
    assert not house.hand.has(house.text("policy.fits"))


def test_going_back_keeps_the_answers_and_another_answer_makes_another_paper(at) -> None:
    house = at("税费减免")
    answered(house, "失业人员")
    house.tap("policy.paper")
    house.hand.wait_text("WHC1-Z0001")
    house.tap("common.back")
    house.hand.wait_screen("policy_conditions")
    house.hand.tap("从事个体经营")
    house.tap("policy.result")
    house.hand.wait_screen("policy")
    assert house.hand.has(house.text("policy.fits"))
    assert not house.hand.has("WHC1-Z0001")
    house.tap("policy.paper")
    house.hand.wait_text("WHC1-Z0002")


def test_the_same_answer_once_more_goes_on(at) -> None:
    house = at("税费减免")
    house.tap("policy.check")
    house.hand.wait_screen("policy_who")
    house.hand.tap("失业人员")
    house.hand.wait_screen("policy_conditions")
    house.tap("common.back")
    house.hand.wait_screen("policy_who")
    house.hand.tap("失业人员")
    house.hand.wait_screen("policy_conditions")


def test_answers_stay_when_the_language_changes(at) -> None:
    house = at("税费减免")
    answered(house, "失业人员", "从事个体经营")
    house.dress("en", TextSize.HUGE)
    assert house.hand.has(house.text("policy.fits"))
    assert house.hand.has("Unemployed\nRunning a business of your own")


def test_another_policy_is_asked_from_the_beginning(at) -> None:
    house = at("税费减免")
    answered(house, "失业人员", "从事个体经营")
    house.tap("policy.others")
    house.hand.wait_screen("policies")
    house.hand.tap("灵活就业社会保险补贴")
    house.hand.wait_screen("policy")
    answered(house, "就业困难人员")
    assert house.hand.has("灵活就业\n已经缴了职工社会保险费")
    assert house.hand.has(house.text("policy.ask_state"))


def test_nothing_asks_where_the_notice_asks_nothing(at) -> None:
    house = at("免费档案托管")
    assert not house.hand.has(house.text("policy.check"))


def test_nothing_of_it_is_left_for_the_next_person(at) -> None:
    house = at("税费减免")
    answered(house, "失业人员", "从事个体经营")
    house.shell.ctx.navigator.end_visit()
    house.hand.wait_screen("welcome")
    house.tap("welcome.policy")
    house.hand.wait_screen("policies")
    house.hand.tap("税费减免")
    house.hand.wait_screen("policy")
    assert not house.hand.has(house.text("policy.fits"))
    house.tap("policy.check")
    house.hand.wait_screen("policy_who")
    house.hand.tap("退役士兵")
    house.hand.wait_screen("policy_conditions")
    house.tap("policy.result")
    house.hand.wait_screen("policy")
    assert house.hand.has(house.text("policy.ask_state"))


def test_a_city_without_policies_says_whom_to_ask(house: House, monkeypatch) -> None:
    monkeypatch.setattr(type(house.services.policies), "all", lambda _: ())
    house.start()
    house.tap("welcome.policy")
    house.hand.wait_screen("policies")
    assert house.hand.has(house.text("policy.none"))


def test_staff_look_it_up_for_others(house: House) -> None:
    hand = house.start()
    house.shell.ctx.navigator.sign_in(house.services.staff.sign_in("1", PIN))
    hand.wait_screen("staff")
    house.tap("staff.behalf_policy")
    hand.wait_screen("policies")
    house.tap("common.next_page")
    hand.tap("免费档案托管")
    hand.wait_screen("policy")
    house.tap("policy.paper")
    hand.wait_text("WHC1-Z0001")
    house.tap("policy.others")
    hand.wait_screen("policies")
