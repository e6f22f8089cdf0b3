"""A day of visits, driven as people do; says how much memory the process has before it and as it goes on.

The kiosk in the folder has been furnished before: what makes the market morning is not in this process. The hand is,
with its few megabytes.
"""

import sys
from datetime import timedelta
from pathlib import Path

from kiosk.bootstrap.lean_imports import lean_pyside

lean_pyside()  # before everything else, as the program does

from PySide6.QtCore import qInstallMessageHandler  # noqa: E402

from kiosk.bootstrap.garbage import Garbage  # noqa: E402
from kiosk.bootstrap.window import make_application  # noqa: E402
from kiosk.domain.calendar import local_date  # noqa: E402
from kiosk.domain.values import EmployerKind, PayUnit  # noqa: E402
from kiosk.services.context import SELF, staff_actor  # noqa: E402
from kiosk.services.employers import EmployerForm  # noqa: E402
from kiosk.services.listings import ListingForm  # noqa: E402
from kiosk.ui.screens.find.params import ListingParams  # noqa: E402
from tests.e2e.driver import Driver  # noqa: E402
from tests.e2e.stage import Stage, stage  # noqa: E402
from tests.e2e.walks_worker import free_listing, known_worker  # noqa: E402
from tests.kiosk_fixture import PIN  # noqa: E402

EVERY = 100
#: Places of one listing; three quarters of them are this kiosk's to give away.
PLACES = 20
DAY_S = 8 * 3600.0


class Brisk(Driver):
    """Does not wait for a page's mist: whoever does anything ends it, and two thousand visits would take an hour."""

    def _bare(self) -> bool:
        self.window.ctx.gate.acted.emit()
        return super()._bare()


def memory() -> str:
    """Memory of this process in MiB: all that is in the machine's memory now, and the part that is no file's copy."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return " ".join(f"{int(status.split(key)[1].split()[0]) / 1024:.1f}" for key in ("VmRSS:", "RssAnon:"))


def look_around(stood: Stage, n: int) -> None:
    """Browse pages of a trade and one listing, and go."""
    hand = stood.hand
    stood.tap("welcome.find")
    hand.wait_screen("trades")
    stood.tap("find.all_listings")
    hand.wait_screen("listings")
    for _ in range(n % 4):
        stood.tap("common.next_page")
    stood.tap("common.home")


def find_work(stood: Stage, n: int) -> None:
    """Somebody new takes a place; the slip is rendered, shown and printed."""
    hand = stood.hand
    stood.tap("welcome.find")
    hand.wait_screen("trades")
    stood.tap("find.all_listings")
    hand.wait_screen("listings")
    listing = free_listing(stood)
    stood.shell.ctx.navigator.show("listing", ListingParams(listing_id=listing.id))
    hand.wait_screen("listing")
    stood.tap("listing.go")
    hand.wait_screen("identify")
    hand.type("phone", f"1380632{n:04d}")
    stood.tap("common.next")
    hand.wait_screen("register_consent")
    stood.tap("consent.agree")
    hand.wait_screen("register_who")
    hand.type("name", "于海波")
    stood.tap("register.quick")
    hand.wait_screen("applied")
    stood.rest()  # the dock takes its time, and moves what lies above it
    stood.tap("common.done")
    hand.wait_screen("welcome")


def come_back(stood: Stage, n: int) -> None:
    """Look at one's own page with last week's slip, in the other language and larger letters."""
    hand = stood.hand
    stood.tap("common.text_size")
    stood.tap("common.language")
    phone = f"1380633{n:04d}"
    hand.scan(known_worker(stood, "丛培强", phone).slip.content.qr)
    hand.wait_screen("tail")
    hand.type("tail", phone[-4:])
    stood.tap("common.next")
    hand.wait_screen("mine")


def pause(stood: Stage) -> None:
    """Nobody is there for a moment, as at the end of most visits."""
    stood.begin()
    stood.shell.findChild(Garbage).tick()


def offer_work(stood: Stage, places: int) -> None:
    """As many more places as a long day gives away."""
    owner = stood.services.employers.register(
        EmployerForm(kind=EmployerKind.HOUSEHOLD, name="鞠春生", phone="13806319999"), SELF
    )
    tomorrow = local_date(stood.clock.now()) + timedelta(days=1)
    for n in range(-(-places // PLACES)):
        form = ListingForm(
            trade="by-banyun",
            title=f"搬家，{n} 号楼",
            headcount=str(PLACES),
            pay="240",
            pay_unit=PayUnit.DAY,
            hours_per_day="8",
            date_from=tomorrow,
            date_to=tomorrow,
            region="371002",
            address=f"海滨路{n + 1}号",
            contact_name="鞠春生",
            contact_phone="13806319999",
        )
        listing = stood.services.listings.post(owner.id, form, SELF, identified=True).listing
        if listing.published_at is None:
            actor = staff_actor(stood.services.staff.sign_in("1", PIN).staff_id)
            stood.services.listings.review(listing.id, approve=True, reason="", actor=actor)


def main(folder: Path, count: int) -> None:
    """Let so many people come, one after the other; the clock goes on as on a long day."""
    qInstallMessageHandler(lambda *_: None)
    application = make_application(["morning"])
    visits = (look_around, find_work, come_back, find_work)
    with stage(folder, hand=Brisk) as stood:
        offer_work(stood, count)
        stood.hand.wait(lambda: not stood.window.prebuilder.working, "screens are still being made")
        sys.stderr.write(f"before {memory()}\n")
        for n in range(count):
            stood.begin()
            visits[n % len(visits)](stood, n)
            pause(stood)
            stood.clock.advance(DAY_S / count)
            if (n + 1) % EVERY == 0:
                stood.begin()
                sys.stderr.write(f"after {n + 1} {memory()}\n")
    del application


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
