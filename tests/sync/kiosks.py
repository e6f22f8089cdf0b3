"""Whole kiosks, set up in a folder as staff would do it, and enrolled in the city of the test."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from uuid import UUID

from kiosk.bootstrap.kiosk import Kiosk
from kiosk.city import admin
from kiosk.domain.calendar import local_date
from kiosk.domain.records import WorkerTrade
from kiosk.domain.values import EmployerKind, PayUnit
from kiosk.services.app import Services
from kiosk.services.context import SELF, staff_actor
from kiosk.services.employers import EmployerForm
from kiosk.services.listings import ListingForm
from kiosk.services.workers import WorkerForm
from kiosk.sync.pump import Pump
from tests.fakes import FakeClock
from tests.kiosk_fixture import PIN, open_kiosk, setup_form


class WholeKiosk:
    """A kiosk with all its use cases and its pump. Without ``city`` it works alone."""

    def __init__(self, folder: Path, code: str, clock: FakeClock, city=None, url: str = "") -> None:
        self.clock = clock
        form = setup_form(kiosk=code)
        if city is not None:
            form = replace(form, city_url=url, enrol_token=admin.make_enroll_token(city, code))
        self.kiosk: Kiosk = open_kiosk(folder / code, clock, form=form)
        self.services: Services = self.kiosk.services()
        self.pump: Pump | None = self.kiosk.pump()
        self._phones = iter(range(1000, 9999))

    def begin_anew(self) -> None:
        """As the window does after the station has changed."""
        self.kiosk.reload()
        self.services = self.kiosk.services()
        self.pump = self.kiosk.pump()

    def settle(self, rounds: int = 12) -> None:
        for _ in range(rounds):
            done = self.pump.step()
            assert done.fault is None, done.fault.key
            if not done.more:
                return
        raise AssertionError(f"still busy: {done}")

    def worker(self, **changes: object) -> UUID:
        form = {
            "name": "丛建国",
            "phone": f"1390000{next(self._phones)}",
            "trades": (WorkerTrade(trade="jz-xiaogong", years=3),),
            "consent": True,
        }
        return self.services.workers.register(WorkerForm(**{**form, **changes}), SELF).worker.id

    def listing(self, **changes: object) -> UUID:
        """A published listing for tomorrow, of a new employer."""
        phone = f"1380000{next(self._phones)}"
        owner = self.services.employers.register(
            EmployerForm(kind=EmployerKind.HOUSEHOLD, name="鞠春生", phone=phone), SELF
        )
        tomorrow = local_date(self.clock.now()) + timedelta(days=1)
        form = {
            "trade": "by-banyun",
            "title": "搬家，三楼",
            "headcount": "8",
            "pay": "240",
            "pay_unit": PayUnit.DAY,
            "hours_per_day": "8",
            "date_from": tomorrow,
            "date_to": tomorrow,
            "region": "371002",
            "address": "海滨路12号",
            "contact_name": "鞠春生",
            "contact_phone": phone,
        }
        posted = self.services.listings.post(owner.id, ListingForm(**{**form, **changes}), SELF)
        listing = posted.listing
        if listing.published_at is None:
            staff = self.services.staff.sign_in("1", PIN)
            actor = staff_actor(staff.staff_id)
            self.services.listings.review(listing.id, approve=True, reason="", actor=actor)
        return listing.id

    def apply(self, worker: UUID, listing: UUID):
        return self.services.placements.apply(worker, listing, SELF)

    def lease(self, listing: UUID):
        with self.kiosk.storage.unit_of_work() as uow:
            return uow.lease(listing, self.kiosk.config.kiosk)

    def close(self) -> None:
        self.kiosk.close()


def shared(home, away, **terms):
    """A listing of ``home`` that ``away`` has on its screen."""
    listing = home.listing(**terms)
    home.settle()
    away.settle()
    return listing
