"""Use cases on a real kiosk: real database, real rules."""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from kiosk.bootstrap.kiosk import Kiosk
from kiosk.domain.calendar import local_date
from kiosk.domain.records import Employer, WorkerTrade
from kiosk.domain.values import EmployerKind, PayUnit
from kiosk.services.app import Services
from kiosk.services.context import SELF, staff_actor
from kiosk.services.employers import EmployerForm
from kiosk.services.listings import ListingForm, Posted
from kiosk.services.staff import StaffSession
from kiosk.services.workers import Registered, WorkerForm
from tests.fakes import FakeClock
from tests.kiosk_fixture import PIN, open_kiosk


class Market:
    """Short ways to say what a test needs."""

    def __init__(self, kiosk: Kiosk, clock: FakeClock) -> None:
        self.kiosk = kiosk
        self.clock = clock
        self.services: Services = kiosk.services()
        self._phones = iter(range(1000, 9999))

    @property
    def today(self):
        return local_date(self.clock.now())

    def phone(self) -> str:
        return f"1390000{next(self._phones)}"

    def worker(self, **changes: object) -> Registered:
        form = {
            "name": "丛建国",
            "phone": self.phone(),
            "trades": (WorkerTrade(trade="jz-xiaogong", years=3),),
            "consent": True,
        }
        return self.services.workers.register(WorkerForm(**{**form, **changes}), SELF)

    def employer(self, **changes: object) -> Employer:
        form = {"kind": EmployerKind.HOUSEHOLD, "name": "鞠春生", "phone": self.phone()}
        return self.services.employers.register(EmployerForm(**{**form, **changes}), SELF)

    def terms(self, **changes: object) -> ListingForm:
        tomorrow = self.today + timedelta(days=1)
        form = {
            "trade": "by-banyun",
            "title": "搬家，三楼",
            "headcount": "2",
            "pay": "240",
            "pay_unit": PayUnit.DAY,
            "hours_per_day": "8",
            "date_from": tomorrow,
            "date_to": tomorrow,
            "region": "371002",
            "address": "海滨路12号",
            "contact_name": "鞠春生",
            "contact_phone": "13900000999",
        }
        return ListingForm(**{**form, **changes})

    def post(self, employer: Employer | None = None, **changes: object) -> Posted:
        owner = employer or self.employer()
        return self.services.listings.post(owner.id, self.terms(**changes), SELF)

    def staff(self) -> StaffSession:
        return self.services.staff.sign_in("1", PIN)

    def published(self, **changes: object) -> Posted:
        posted = self.post(**changes)
        self.services.listings.review(
            posted.listing.id, approve=True, reason="", actor=staff_actor(self.staff().staff_id)
        )
        return posted


@pytest.fixture
def market(tmp_path, clock, qapp) -> Iterator[Market]:
    kiosk = open_kiosk(tmp_path, clock)
    yield Market(kiosk, clock)
    kiosk.close()
