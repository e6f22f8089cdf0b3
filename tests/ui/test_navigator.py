from dataclasses import dataclass

import pytest

from kiosk.ui.navigator import Navigator, Stay
from kiosk.ui.route import AppState, Fault, route


@dataclass(frozen=True)
class Draft:
    name: str = ""


@pytest.fixture
def navigator(qapp, clock, new_id) -> Navigator:
    return Navigator(clock, new_id)


@pytest.fixture
def ended(navigator) -> list[Stay]:
    stays: list[Stay] = []
    navigator.visit_ended.connect(stays.append)
    return stays


def _at(navigator: Navigator) -> str:
    return route(navigator.state)


def test_a_visit_begins_with_the_first_step(navigator, clock, qtbot):
    assert not navigator.attended
    with qtbot.waitSignals([navigator.visit_began, navigator.moved], timeout=100):
        navigator.show("trades")
    assert navigator.attended
    assert navigator.visit.started == clock.now()
    assert _at(navigator) == "trades"


def test_going_home_keeps_the_visit_and_ending_it_does_not(navigator, ended):
    navigator.show("form")
    visit = navigator.visit
    visit.keep(Draft(name="王"))
    navigator.home()
    assert navigator.visit is visit
    assert visit.draft(Draft) == Draft(name="王")
    navigator.end_visit()
    assert ended == [Stay.PERSON]
    assert not visit.scope.open
    assert navigator.visit.draft(Draft) == Draft()


def test_what_comes_after_the_end_is_not_kept(navigator):
    visit = navigator.visit
    navigator.end_visit()
    visit.keep(Draft(name="late"))
    assert not visit.has(Draft)


def test_back_and_swap(navigator):
    navigator.show("a")
    navigator.show("b")
    navigator.swap("result")
    assert navigator.can_go_back
    navigator.back()
    assert _at(navigator) == "a"
    navigator.back()
    navigator.back()
    assert _at(navigator) == "welcome"
    assert not navigator.can_go_back


def test_staff_stand_in_front_of_a_visit_and_give_it_back(navigator, ended):
    navigator.show("form")
    navigator.sign_in("session")
    assert (_at(navigator), navigator.staff) == ("staff", "session")
    navigator.show("review")
    navigator.sign_out()
    assert (_at(navigator), navigator.staff) == ("form", None)
    assert ended == [Stay.STAFF]


def test_on_behalf_begins_empty_and_ends_at_the_console(navigator, ended):
    navigator.show("form")
    navigator.visit.keep(Draft(name="somebody"))
    navigator.sign_in("session")
    navigator.show("people")
    navigator.begin_on_behalf("register")
    assert ended == []
    assert navigator.visit.draft(Draft) == Draft()
    assert navigator.staff == "session"
    navigator.show("summary")
    navigator.back()
    assert _at(navigator) == "register"
    navigator.back()
    assert _at(navigator) == "people"
    assert ended == [Stay.BEHALF]
    navigator.sign_out()
    assert _at(navigator) == "form"
    assert navigator.visit.draft(Draft) == Draft(name="somebody")


def test_only_staff_act_on_behalf(navigator):
    with pytest.raises(RuntimeError):
        navigator.begin_on_behalf("register")


def test_the_first_fault_stays_until_it_is_cleared(navigator):
    navigator.show("form")
    navigator.raise_fault(Fault(key="one"))
    navigator.raise_fault(Fault(key="two"))
    assert navigator.state.fault.key == "one"
    assert not navigator.can_go_back
    navigator.clear_fault()
    assert _at(navigator) == "form"


def test_when_everybody_has_gone_nothing_is_left(navigator, ended):
    navigator.show("form")
    navigator.sign_in("session")
    navigator.begin_on_behalf("register")
    navigator.leave_all()
    assert _at(navigator) == "welcome"
    assert not navigator.attended
    assert set(ended) == {Stay.PERSON, Stay.BEHALF, Stay.STAFF}


def test_first_setup(qapp, clock, new_id):
    navigator = Navigator(clock, new_id, state=AppState(configured=False))
    navigator.show("setup_printer")
    assert navigator.stay is Stay.SETUP
    navigator.finish_setup()
    assert _at(navigator) == "welcome"
