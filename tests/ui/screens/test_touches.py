"""How few touches the usual ways take, counted on the screen; and that staff see whose flow they are in."""

from datetime import timedelta

import pytest

from kiosk.services.context import staff_actor
from tests.kiosk_fixture import PIN
from tests.ui.screens.house import House

#: The aims: a known worker from the first page to a job slip; an employer who comes back, to the receipt.
TO_A_SLIP, TO_A_RECEIPT = 5, 6
#: Who has never hired, question by question; four of them are typed: phone, name, amount, address.
TO_A_FIRST_RECEIPT = 17
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


def test_a_household_posts_for_the_first_time_with_a_touch_for_each_question(
    house: House, touches: list[str]
) -> None:
    hand = house.start()
    tomorrow = house.strings.day(house.today + timedelta(days=1), house.today)
    way = (
        ("welcome", "", "", house.text("welcome.hire")),
        ("hire_kind", "", "", house.text("hire.kind.household")),
        ("hire_who", "phone", "13863112233", house.text("common.next")),
        ("hire_name", "name", "欧阳海燕", house.text("common.next")),
        ("post_trade", "", "", house.services.catalogue.trade_name("by", "zh_CN")),
        ("post_trade_of", "", "", house.services.catalogue.trade_name("by-banyun", "zh_CN")),
        ("post_count", "", "", house.text("hire.people_count", n=2)),
        ("post_day", "", "", tomorrow),
        ("post_days", "", "", house.text("hire.days", n=1)),
        ("post_begin", "", "", "07:00"),
        ("post_end", "", "", "17:00"),
        ("post_pay", "pay", "260", house.text("common.next")),
        ("post_settle", "", "", house.text("words.settlement.same_day")),
        ("post_where", "", "", "竹岛"),
        ("post_address", "address", "文化西路88号", house.text("common.next")),
        ("post_provided", "", "", house.text("common.next")),
        ("post_summary", "", "", house.text("hire.post")),
    )
    for page, field, said, touched in way:
        hand.wait_screen(page)
        if field:
            hand.type(field, said)
        house.calm()
        hand.tap(touched)
    hand.wait_screen("posted")
    assert len(touches) == TO_A_FIRST_RECEIPT, touches


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
