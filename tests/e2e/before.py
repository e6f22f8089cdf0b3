"""What happened before a walk: listings of its own, a station that the city knows, a printer that fails."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from uuid import UUID

from kiosk.domain.ids import uuid7
from kiosk.domain.records import Employer, Listing
from kiosk.domain.values import EmployerKind
from kiosk.protocol.messages import Outcome, Verdict
from kiosk.services.context import SELF, staff_actor
from kiosk.services.employers import EmployerForm
from kiosk.services.listings import ListingForm, Posted
from kiosk.services.station_config import Enrolment
from tests.e2e.stage import Stage

STAFF = staff_actor(UUID(int=7))
#: More than any walk has done.
EVERYTHING = 100_000


def firm(
    stage: Stage, phone: str, name: str = "威海海聚水产加工厂", code: str = "91371000MA3C4D5E60"
) -> Employer:
    """A company that has registered; nobody has seen its licence."""
    form = EmployerForm(
        kind=EmployerKind.ENTERPRISE, name=name, contact_name="曲红梅", phone=phone, credit_code=code
    )
    return stage.services.employers.register(form, SELF)


def household(stage: Stage, phone: str, name: str = "曲红梅") -> Employer:
    """A household that has registered."""
    return stage.services.employers.register(EmployerForm(name=name, phone=phone), SELF)


def posted(stage: Stage, employer: Employer, **changes: object) -> Posted:
    """A listing that waits for somebody to look at it: today's, one place, unless told otherwise."""
    today = stage.services.context.today()
    form = ListingForm(
        trade="by-banyun",
        title="搬家，两车东西",
        pay="260",
        date_from=today,
        date_to=today,
        start_minute=8 * 60,
        region="371002003",
        address="海滨北路12号3单元501",
        meeting_place="小区北门",
        contact_name=employer.contact_name or employer.name,
        contact_phone=employer.phone,
    )
    return stage.services.listings.post(employer.id, replace(form, **changes), SELF)


def listing_of(stage: Stage, employer: Employer, **changes: object) -> Listing:
    """The same, published."""
    waits = posted(stage, employer, **changes).listing
    return stage.services.listings.review(waits.id, approve=True, reason="", actor=STAFF)


@contextmanager
def printer_away(stage: Stage) -> Iterator[None]:
    """No slip can be put where slips go."""
    slips = stage.kiosk.settings.slip_dir
    away = Path(f"{slips}-away")
    if slips.exists():
        slips.rename(away)
    slips.write_text("no folder")
    try:
        yield
    finally:
        slips.unlink()
        if away.exists():
            away.rename(slips)


def enrolled(stage: Stage) -> None:
    """A city knows the station."""
    station = stage.services.station
    station._config = replace(
        station.config,
        enrolment=Enrolment(
            url="https://lg.weihai.example",
            device=uuid7(9, bytes(10)),
            incarnation=1,
            key_id=1,
            sealing_key=bytes(32),
            streams=("market",),
            at=stage.clock.now(),
        ),
    )


def round_ended(stage: Stage, fault: str, reason: str = "") -> None:
    """The last round of the exchange ran into something."""
    stage.window.news.round_done.emit(fault, reason)


def all_sent(stage: Stage) -> None:
    """The city has taken everything that was done here."""
    outbox = stage.kiosk.storage.outbox
    outbox.settle(
        [
            Verdict(seq=each.seq, op_id=each.op_id, outcome=Outcome.ACCEPTED, reason="")
            for each in outbox.unsent(EVERYTHING)
        ]
    )
