"""Pages that end with a slip: as large as it can be read, upright and across."""

import pytest
from PySide6.QtCore import QPoint, QSize
from PySide6.QtWidgets import QApplication

from kiosk.ui.components.slip_page import SlipPage
from kiosk.ui.components.slip_print import LARGER, MOST_WIDE
from kiosk.ui.preferences import TextSize
from kiosk.ui.screens.hire.params import ApplicantsParams
from kiosk.ui.screens.mine.params import MyJobParams
from kiosk.ui.screens.register.draft import RegisteredParams
from tests.ui.screens.house import LANDSCAPE, PORTRAIT, House


def at(house: House, screen: str, params: object, size: tuple[int, int]) -> SlipPage:
    """That page, once the slip's picture is there."""
    house.shell.resize(*size)
    house.shell.ctx.navigator.show(screen, params)
    house.hand.wait_screen(screen)
    page = house.screen
    assert isinstance(page, SlipPage)
    house.hand.wait(lambda: not page.slip.picture.image.isNull(), "the slip's picture does not come")
    QApplication.processEvents()
    return page


@pytest.mark.parametrize("text_size", list(TextSize))
def test_a_long_slip_across_stands_in_two_halves_and_is_larger(house: House, text_size: TextSize) -> None:
    placement = house.apply(house.worker(), house.listing()).placement
    house.start()
    house.dress("zh_CN", text_size)
    page = at(house, "my_job", MyJobParams(placement_id=placement.id), LANDSCAPE)
    slip, picture = page.slip, page.slip.picture
    plain = picture.scale_in(QSize(int(slip.width() * MOST_WIDE), slip.height()), folded=False)
    assert picture.folded
    assert picture.scale_in(picture.size(), folded=True) >= plain * LARGER
    assert slip.number.mapTo(slip, QPoint(0, slip.number.height())).y() <= picture.y()
    house.shell.resize(*PORTRAIT)
    house.hand.wait(lambda: not picture.folded, "upright it is one piece")


def test_where_nothing_stands_beside_it_the_slip_begins_at_the_edge(house: House) -> None:
    listing = house.listing()
    house.apply(house.worker(), listing)
    house.start()
    house.shell.ctx.navigator.show("applicants", ApplicantsParams(listing_id=listing.id))
    house.hand.wait_screen("applicants")
    house.shell.resize(*LANDSCAPE)
    house.tap("applicants.print")
    house.hand.wait_screen("hire_sheet")
    page = house.screen
    assert isinstance(page, SlipPage)
    house.hand.wait(lambda: not page.slip.picture.image.isNull(), "the slip's picture does not come")
    QApplication.processEvents()
    assert page.slip.mapTo(page.front, QPoint(0, 0)).x() == 0
    assert page.slip.width() == page.front.width()


def test_the_sheet_beside_a_slip_is_no_higher_than_its_words(house: House) -> None:
    worker = house.worker(trades=())
    house.start()
    house.shell.resize(*LANDSCAPE)

    page = at(house, "registered", RegisteredParams(registered=worker), LANDSCAPE)
    house.measure()
    assert not house.marks
    assert page.sheet.height() < page.front.height()
