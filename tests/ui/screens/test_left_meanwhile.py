"""Who leaves a page while a printer or a stick is at work finds out, back on it, how that ended."""

from collections.abc import Iterator
from threading import Event

import pytest

from tests.ui.screens.test_staff_courier import Desk, opened


class Slow:
    """Something outside that takes as long as the test likes."""

    def __init__(self) -> None:
        self.begun, self.may_end = Event(), Event()

    def wait(self) -> None:
        self.begun.set()
        assert self.may_end.wait(10)


@pytest.fixture
def slow() -> Iterator[Slow]:
    slow = Slow()
    yield slow
    slow.may_end.set()


def slow_press(house, slow, monkeypatch):
    press = house.services.printing._press
    print_it = press.print

    def print_slowly(job):
        slow.wait()
        return print_it(job)

    monkeypatch.setattr(press, "print", print_slowly)


def my_job(house, hand):
    hand.tap(house.text("mine.state.confirmed"))
    hand.wait_screen("my_job")
    house.calm()


def leave(house):
    """上一步, without the hand's patience: it would wait for the printer."""
    house.shell.ctx.navigator.back()


def at_my_job(house):
    house.apply(house.worker(), house.listing())
    hand = house.start()
    house.tap("welcome.mine")
    house.show_card()
    hand.wait_screen("mine")
    my_job(house, hand)
    return hand


def test_a_copy_that_comes_out_meanwhile_is_said_and_another_can_be_had(house, slow, monkeypatch):
    hand = at_my_job(house)
    slow_press(house, slow, monkeypatch)
    house.tap("slip_panel.again")
    hand.wait(slow.begun.is_set, "the printer begins")
    leave(house)
    slow.may_end.set()
    hand.wait_screen("mine")
    house.calm()
    my_job(house, hand)
    hand.wait_text(house.text("slip_panel.printed"))
    hand.wait(house.screen.again.isEnabled, "another copy can be had")


def test_a_picture_that_is_painted_meanwhile_is_there(house, slow, monkeypatch):
    printing = house.services.printing
    preview = printing.preview

    def paint_slowly(content):
        slow.wait()
        return preview(content)

    house.apply(house.worker(), house.listing())
    hand = house.start()
    house.tap("welcome.mine")
    house.show_card()
    hand.wait_screen("mine")
    monkeypatch.setattr(type(printing), "preview", lambda _, content: paint_slowly(content))
    hand.tap(house.text("mine.state.confirmed"))
    hand.wait(slow.begun.is_set, "the picture is begun")
    leave(house)
    slow.may_end.set()
    hand.wait_screen("mine")
    house.calm()
    my_job(house, hand)
    hand.wait(lambda: not house.screen.slip.picture.image.isNull(), "the slip's picture")
    hand.wait_text(house.text("slip_panel.left", n=3))


def test_the_copy_of_another_job_says_nothing_here(house, slow, monkeypatch):
    hand = at_my_job(house)
    slow_press(house, slow, monkeypatch)
    house.tap("slip_panel.again")
    hand.wait(slow.begun.is_set, "the printer begins")
    house.screen.slip.wipe()
    slow.may_end.set()
    house.calm()
    assert not hand.has(house.text("slip_panel.printed"))


def test_a_stick_is_written_to_its_end_and_its_page_can_be_used_again(house, slow):
    desk = Desk()
    export = desk.export

    def write_slowly(stick, progress, *, anew=False):
        progress(1, 2)
        slow.wait()
        return export(stick, progress, anew=anew)

    desk.export = write_slowly
    hand = opened(house, desk)
    hand.tap(house.text("courier.export", stick="KINGSTON"))
    hand.wait(slow.begun.is_set, "writing begins")
    leave(house)
    house.shell.ctx.navigator.show("staff_courier")
    hand.wait_text(house.text("courier.working", done=1, total=2))
    leave(house)
    slow.may_end.set()
    house.calm()
    house.shell.ctx.navigator.show("staff_courier")
    hand.wait_screen("staff_courier")
    hand.tap(house.text("courier.export", stick="KINGSTON"))
    hand.wait_text(house.text("courier.exported", n=12))
    assert desk.done == ["export", "export"]
