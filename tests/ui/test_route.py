from dataclasses import replace

from kiosk.ui.route import (
    AppState,
    Fault,
    Page,
    StaffStay,
    Trail,
    active_trail,
    route,
    route_page,
    trail,
    with_trail,
)

FAULT = Fault(key="fault.bug")
VISIT = trail("welcome").push(Page(name="trades"))
BEHALF = trail("register")


def test_guards_in_order():
    everything = AppState(
        fault=FAULT,
        staff=StaffStay(session=1, on_behalf=BEHALF),
        configured=False,
        visit=VISIT,
    )
    assert route(everything) == "fault"
    assert route_page(everything).params is FAULT
    state = replace(everything, fault=None)
    assert route(state) == "register"
    state = replace(state, staff=StaffStay(session=1))
    assert route(state) == "staff"
    state = replace(state, staff=None)
    assert route(state) == "setup"
    state = replace(state, configured=True)
    assert route(state) == "trades"
    assert route(replace(state, visit=None)) == "welcome"


def test_a_trail_goes_on_and_back():
    walked = trail("welcome").push(Page(name="a")).push(Page(name="b", params=1))
    assert [page.name for page in walked.pages] == ["welcome", "a", "b"]
    assert walked.back().top.name == "a"
    assert walked.home() == trail("welcome")
    assert trail("welcome").back() == trail("welcome")
    assert trail("welcome").at_home


def test_the_same_screen_is_not_piled_up():
    walked = trail("welcome").push(Page(name="detail", params=1)).push(Page(name="detail", params=2))
    assert walked == trail("welcome").push(Page(name="detail", params=2))


def test_home_is_never_swapped_away():
    assert trail("welcome").swap(Page(name="slip")).back() == trail("welcome")
    form = trail("welcome").push(Page(name="form"))
    assert form.swap(Page(name="slip")).back() == trail("welcome")


def test_back_to_a_page():
    walked = trail("welcome").push(Page(name="a")).push(Page(name="b")).push(Page(name="c"))
    assert walked.back_to("a").top.name == "a"
    assert walked.back_to("nowhere") == walked


def test_moves_go_along_the_active_trail_only():
    state = AppState(staff=StaffStay(session=1), visit=VISIT)
    moved = with_trail(state, active_trail(state).push(Page(name="review")))
    assert route(moved) == "review"
    assert moved.visit is VISIT
    behalf = replace(state, staff=StaffStay(session=1, on_behalf=BEHALF))
    moved = with_trail(behalf, active_trail(behalf).push(Page(name="summary")))
    assert moved.staff.on_behalf.top.name == "summary"
    assert moved.staff.trail == trail("staff")


def test_setup_walks_its_own_trail():
    state = AppState(configured=False)
    moved = with_trail(state, active_trail(state).push(Page(name="setup_printer")))
    assert route(moved) == "setup_printer"
    assert route(replace(moved, configured=True)) == "welcome"


def test_a_visit_of_no_pages_does_not_exist():
    assert isinstance(active_trail(AppState()), Trail)
    assert route(AppState()) == "welcome"


def test_pages_left_out_lead_nowhere_but_home_and_the_page_shown_stay():
    walked = trail("a").push(Page(name="b")).push(Page(name="a")).push(Page(name="c"))
    assert [page.name for page in walked.without({"a", "c"}).pages] == ["a", "b", "c"]
    assert trail("a").without({"a"}) == trail("a")
