"""How few touches the usual ways take, counted on the screen; and that staff see whose flow they are in."""

from datetime import timedelta

import pytest

from kiosk.services.context import staff_actor
from tests.kiosk_fixture import PIN
from tests.ui.screens.house import House

#: The aims: a known worker from the first page to a job slip; an employer who comes back, to the receipt.
TO_A_SLIP, TO_A_RECEIPT = 5, 6
#: A hand of human speed: to read a page and touch, to key one digit, to find paper and hold it to the scanner.
TOUCH_S, DIGIT_S, SCAN_S = 4.0, 1.0, 8.0


@pytest.fixture
def touches(house: House) -> list[str]:
    """What was touched, in order; the keys of the dock are not touches but typing."""
    made: list[str] = []
    hand = house.hand
    tap = hand.tap

    def counted(name: str, timeout: float | None = None) -> None:
        made.append(name)
        tap(name, timeout)

    hand.tap = counted  # type: ignore[method-assign]  # the hand is watched
    return made


def test_a_known_worker_has_a_job_slip_in_five_touches(house: House, touches: list[str]) -> None:
    listing = house.listing()
    house.worker()
    hand = house.start()
    house.tap("welcome.find")
    hand.wait_screen("trades")
    hand.tap(house.services.catalogue.trade_name("by", "zh_CN"))
    hand.wait_screen("listings")
    hand.tap(listing.terms.title)
    hand.wait_screen("listing")
    house.tap("listing.go")
    hand.wait_screen("identify")
    hand.type("phone", "13806311111")
    house.tap("common.next")
    hand.wait_screen("applied")
    assert len(touches) <= TO_A_SLIP, touches


def test_from_a_card_on_the_first_page_it_is_three(house: House, touches: list[str]) -> None:
    listing = house.listing()
    house.worker()
    hand = house.start()
    hand.tap(listing.terms.title)
    hand.wait_screen("listing")
    house.tap("listing.go")
    hand.wait_screen("identify")
    hand.type("phone", "13806311111")
    house.tap("common.next")
    hand.wait_screen("applied")
    assert len(touches) == 3, touches


def test_a_returning_employer_posts_again_within_a_minute(house: House, touches: list[str]) -> None:
    listing = house.listing()
    actor = staff_actor(house.services.staff.sign_in("1", PIN).staff_id)
    house.services.employers.verify(listing.employer_id, actor)
    receipt = house.services.printing.of(listing.id)[0].content.qr
    hand = house.start()
    hand.scan(receipt)
    hand.wait_screen("tail")
    hand.type("tail", listing.terms.contact_phone[-4:])
    house.tap("common.next")
    hand.wait_screen("applicants")
    house.tap("hire.again")
    hand.wait_screen("post_summary")
    house.tap("hire.post")
    hand.wait_screen("posted")
    assert len(touches) <= TO_A_RECEIPT, touches
    assert SCAN_S + 4 * DIGIT_S + len(touches) * TOUCH_S + TOUCH_S <= 60
    posted = house.services.listings.of_employer(listing.employer_id)
    again = [each for each in posted if each.id != listing.id]
    assert [each.terms.date_from for each in again] == [house.today + timedelta(days=1)]
    assert again[0].published_at is not None


def test_staff_see_on_every_page_for_whom_they_act_and_can_end_it(house: House) -> None:
    worker = house.worker("于海")
    hand = house.start()
    house.tap("welcome.staff")
    hand.wait_screen("staff_sign_in")
    hand.type("staff_number", "1")
    hand.type("pin", PIN)
    house.tap("staff.sign_in")
    hand.wait_screen("staff")
    house.tap("staff.behalf_mine")
    hand.wait_screen("identify")
    hand.wait_text(house.text("common.behalf"))
    hand.type("phone", worker.worker.phone)
    house.tap("common.next")
    hand.wait_screen("mine")
    hand.wait_text(house.text("common.behalf_of", name="于海"))
    house.tap("mine.my_data")
    hand.wait_screen("my_data")
    hand.wait_text(house.text("common.behalf_of", name="于海"))
    house.tap("common.end_behalf")
    hand.wait_screen("staff")
    assert not hand.has(house.text("common.behalf_of", name="于海"))
    assert hand.has(house.text("common.home"))


def test_two_of_one_phone_and_surname_are_told_apart_by_their_cards(house: House) -> None:
    numbers = [house.worker(name).worker.number for name in ("于海生", "于海平")]
    hand = house.start()
    house.tap("welcome.mine")
    hand.wait_screen("identify")
    hand.type("phone", "13806311111")
    house.tap("common.next")
    for number in numbers:
        hand.wait_text(house.text("identify.card_number", number=f"WHC1-{number:04d}"))
    assert "海生" not in " ".join(hand.texts())


def test_the_slip_says_how_many_more_can_be_printed(house: House) -> None:
    house.apply(house.worker(), house.listing())
    hand = house.start()
    house.tap("welcome.mine")
    hand.wait_screen("identify")
    house.show_card()
    hand.wait_screen("mine")
    hand.tap("搬家，两车东西")
    hand.wait_screen("my_job")
    hand.wait_text(house.text("slip_panel.left", n=3))
    house.tap("slip_panel.again")
    hand.wait_text(house.text("slip_panel.left", n=2))
