"""What the exchange ran into, said in plain words, with what still works."""

import pytest

from tests.kiosk_fixture import PIN


@pytest.mark.parametrize(
    ("key", "then"),
    [
        ("sync.revoked", "sync.tell_city"),
        ("sync.unreachable", "sync.work_on"),
        ("sync.certificate", "sync.work_on"),
        ("sync.certificate_expired", "sync.tell_city"),
    ],
)
def test_the_sync_page_says_what_is_wrong_and_what_still_works(house, key, then):
    hand = house.start()
    house.services.station.note_fault(key)
    house.shell.ctx.navigator.sign_in(house.services.staff.sign_in("1", PIN))
    house.shell.ctx.navigator.show("staff_sync")
    hand.wait_screen("staff_sync")
    hand.wait_text(house.text("staff.sync_fault", fault=house.text(key), then=house.text(then)))
    hand.wait_gone(house.text("sync.reason", reason=""))
    house.services.station.note_fault(key, "换了新机器")
    house.tap("staff.sync_now")
    hand.wait_text(house.text("sync.reason", reason="换了新机器"))
    house.services.station.note_fault("")
    house.tap("staff.sync_now")
    hand.wait_gone(house.text(key))
