"""First set-up, as staff go through it."""

from collections.abc import Iterator

from tests.e2e.stage import Stage
from tests.kiosk_fixture import PIN

CITY, DISTRICT = "371000", "371002"


def set_up(stage: Stage) -> Iterator[str]:
    """Station, place, devices, city, staff, done."""
    hand, reference = stage.hand, stage.kiosk.rules.reference
    hand.wait_screen("setup")
    yield "setup"
    hand.type("kiosk", "WHC1")
    hand.type("name", "环翠零工驿站")
    stage.tap("common.next")
    hand.wait_screen("setup_where")
    yield "setup_where"
    for code in (CITY, DISTRICT):
        hand.tap(next(each.name for each in reference.regions if each.code == code))
    yield "setup_where-chosen"
    stage.tap("common.next")
    hand.wait_screen("setup_devices")
    yield "setup_devices"
    stage.tap("setup.printer_tcp")
    yield "setup_devices-network"
    stage.tap("setup.printer_folder")
    stage.tap("common.next")
    hand.wait_screen("setup_city")
    yield "setup_city"
    stage.tap("common.next")
    yield "setup_city-error"
    stage.tap("setup.offline")
    hand.wait_screen("setup_staff")
    hand.type("staff_name", "于海燕")
    hand.type("pin", "123456")
    hand.type("pin_again", "123456")
    stage.tap("setup.finish")
    hand.settle()
    yield "setup_staff-error"
    for field in ("pin", "pin_again"):
        hand.clear(field)
        hand.type(field, PIN)
    yield "setup_staff"
    stage.tap("setup.finish")
    hand.wait_screen("setup_done")
    yield "setup_done"


WALKS = (set_up,)
