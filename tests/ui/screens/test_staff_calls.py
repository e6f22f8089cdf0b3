"""Staff ring up whose paper is no longer true, and the same news is said at the screen, also on behalf."""

from kiosk.services.context import SELF
from kiosk.ui.screens.find.params import KnownWorker
from tests.kiosk_fixture import PIN


def moved_up(house):
    """Somebody waited and has the place now; they do not know."""
    listing = house.listing()
    first, second = house.worker("王大海"), house.worker("李秀英", "13900001234")
    taken = house.services.placements.apply(first.worker.id, listing.id, SELF)
    house.services.placements.apply(second.worker.id, listing.id, SELF)
    house.services.placements.cancel(taken.placement.id, "", SELF)
    return second.worker


def signed_in(house):
    hand = house.start()
    house.shell.ctx.navigator.sign_in(house.services.staff.sign_in("1", PIN))
    return hand


def test_nobody_to_call(house):
    hand = signed_in(house)
    house.tap("staff.calls")
    hand.wait_screen("staff_calls")
    hand.wait_text(house.text("calls.empty"))


def test_a_call_is_made_and_noted(house):
    worker = moved_up(house)
    hand = signed_in(house)
    hand.wait_text(house.text("staff.to_call", n=1))
    house.tap("staff.calls")
    hand.wait_screen("staff_calls")
    row = house.text("calls.row", name=worker.name, phone="139 0000 1234")
    hand.wait_text(row)
    hand.tap(row)
    hand.wait_screen("staff_call")
    hand.wait_text("139 0000 1234")
    house.tap("calls.not_reached")
    hand.wait_screen("staff_calls")
    hand.tap(row)
    hand.wait_screen("staff_call")
    house.tap("calls.reached")
    hand.wait_screen("staff_calls")
    hand.wait(lambda: house.services.calls.waiting() == 0, "the call is not noted")


def test_the_list_is_printed(house):
    moved_up(house)
    hand = signed_in(house)
    house.tap("staff.calls")
    hand.wait_screen("staff_calls")
    house.tap("calls.print")
    hand.wait_text(house.text("slip_panel.printed", reason=""))


def test_what_is_said_of_a_call_reads_well_and_the_count_outlives_another_language(house):
    moved_up(house)
    hand = signed_in(house)
    house.tap("staff.calls")
    hand.wait_screen("staff_calls")
    hand.wait_text(house.text("wanted.calls_n", n=0))
    house.strings.set_language("en")
    hand.wait_text(house.text("wanted.calls_n", n=0))
    hand.wait_text(f"{house.text('calls.kind_settled')} · Today")


def test_staff_who_look_into_a_record_pass_the_news_on_first(house):
    worker = moved_up(house)
    hand = signed_in(house)
    house.shell.ctx.navigator.show("staff_person", KnownWorker(worker_id=worker.id, proved=True))
    hand.wait_screen("staff_person")
    hand.wait_text(worker.phone)
    house.tap("staff.behalf_mine")
    hand.wait_screen("news")
    house.tap("news.understood")
    hand.wait_screen("mine")


def test_a_machine_whose_clock_is_wrong_is_said_to_be_wrong(house, monkeypatch):
    from datetime import timedelta

    from kiosk.services.context import Context

    hand = signed_in(house)
    house.tap("staff.sync")
    hand.wait_screen("staff_sync")
    for off, key, count in (
        (timedelta(minutes=5), "ahead_minutes", 5),
        (-timedelta(hours=3), "behind_hours", 3),
        (-timedelta(days=400), "behind_days", 400),
    ):
        monkeypatch.setattr(Context, "clock_off", lambda _, off=off: off)
        house.shell.ctx.navigator.back()
        hand.wait_screen("staff")
        house.tap("staff.sync")
        hand.wait_screen("staff_sync")
        hand.wait_text(house.text(f"staff.clock_{key}", n=count))
