"""One employer at the staff console."""

from dataclasses import replace
from uuid import UUID

import pytest

from kiosk.domain import merging
from kiosk.domain.records import Employer
from kiosk.domain.values import EmployerKind
from kiosk.services.context import SELF
from kiosk.services.employers import EmployerForm
from kiosk.ui.preferences import TextSize
from kiosk.ui.screens.hire.params import KnownEmployer
from tests.domain.samples import CREDIT_CODE
from tests.kiosk_fixture import PIN
from tests.ui.screens.house import LANDSCAPE, PORTRAIT, House

LONG = "威海市环翠区海港装卸搬运物流服务有限公司"


def registered_elsewhere(house: House, times: int) -> Employer:
    """A firm that the city has found at so many other kiosks; staff of the second of them have seen the licence."""
    form = EmployerForm(
        kind=EmployerKind.ENTERPRISE,
        name=LONG,
        contact_name="欧阳修远",
        phone="13800000001",
        credit_code=CREDIT_CODE,
    )
    firm = whole = house.services.employers.register(form, SELF)
    for number in range(1, times + 1):
        other = replace(firm, id=UUID(int=number), home=f"WHG{number}", phone=f"1395555000{number}")
        whole = merging.join(whole, other)
    whole = merging.verified(whole, UUID(int=2), house.clock.now())
    with house.kiosk.storage.unit_of_work() as uow:
        uow.put(whole)
        uow.commit()
    return whole


@pytest.mark.parametrize("size", [PORTRAIT, LANDSCAPE])
@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_where_else_a_firm_is_registered_stands_on_its_page(open_house, language, size):
    house = open_house(size)
    hand = house.start()
    firm = registered_elsewhere(house, 4)
    navigator = house.shell.ctx.navigator
    navigator.sign_in(house.services.staff.sign_in("1", PIN))
    house.dress(language, TextSize.HUGE)
    navigator.show("staff_employer", KnownEmployer(employer_id=firm.id))
    hand.wait_screen("staff_employer")
    seen, unseen = house.text("staff.verified"), house.text("staff.not_verified")
    for number in (2, 4):
        hand.wait_text(f"WHG{number} 欧阳修远 1395555000{number} {unseen if number > 2 else seen}")
    hand.wait_gone("WHG1 ")
    house.measure()
    screen = house.screen
    assert screen.reason.geometry().bottom() < screen.foot.geometry().top()
    assert screen.reason.height() >= screen.reason.minimumSizeHint().height()
    assert house.marks == []
