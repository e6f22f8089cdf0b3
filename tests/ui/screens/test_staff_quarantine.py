"""Staff see what the city set aside, send it again, or give it up with a reason."""

from kiosk.protocol.messages import Outcome, Verdict
from tests.kiosk_fixture import PIN


def refuse(house, outcome, reason, count=1):
    """The city's word on the oldest operations that have none."""
    outbox = house.kiosk.storage.outbox
    outbox.settle(
        [
            Verdict(seq=each.seq, op_id=each.op_id, outcome=outcome, reason=reason)
            for each in outbox.unsent(count)
        ]
    )


def opened(house):
    hand = house.start()
    house.shell.ctx.navigator.sign_in(house.services.staff.sign_in("1", PIN))
    house.tap("staff.sync")
    hand.wait_screen("staff_sync")
    house.tap("aside.open")
    hand.wait_screen("staff_quarantine")
    return hand


def decision(house):
    return [each.decision for each in house.services.aside.all()]


def test_nothing_to_settle_says_so(house):
    hand = opened(house)
    hand.wait_text(house.text("aside.empty"))


def test_an_operation_is_sent_again(house):
    house.worker("王大海")
    refuse(house, Outcome.QUARANTINED, "quarantine.bug")
    hand = opened(house)
    row = house.text("aside.row", kind=house.text("aside.kind.worker_register"), whose="王大海")
    hand.wait_text(row)
    hand.tap(row)
    hand.wait_screen("staff_quarantine_detail")
    hand.wait_text(house.text("quarantine.bug").rstrip("。."))
    house.tap("aside.retry")
    hand.wait_screen("staff_quarantine")
    hand.wait_text(house.text("aside.decided_retry"))
    assert decision(house) == ["retry"]


def test_giving_up_asks_once_and_wants_a_reason(house):
    house.worker("王大海")
    refuse(house, Outcome.QUARANTINED, "quarantine.unknown_kind")
    hand = opened(house)
    hand.tap(house.text("aside.row", kind=house.text("aside.kind.worker_register"), whose="王大海"))
    hand.wait_screen("staff_quarantine_detail")
    house.tap("aside.discard")
    house.tap("aside.discard_no")
    assert decision(house) == [""]
    house.tap("aside.discard")
    house.tap("aside.discard_yes")
    hand.wait(lambda: house.screen.reason.has_error, "no reason is asked for")
    assert decision(house) == [""]
    house.tap("aside.reason_mistake")
    house.tap("aside.discard")
    house.tap("aside.discard_yes")
    hand.wait_screen("staff_quarantine")
    assert decision(house) == ["discard"]


def test_what_was_rejected_can_only_be_read_also_when_its_reason_has_figures(house):
    house.worker("王大海")
    refuse(house, Outcome.REJECTED, "refusal.sign_in_locked")
    hand = opened(house)
    hand.tap(house.text("aside.row", kind=house.text("aside.kind.worker_register"), whose="王大海"))
    hand.wait_screen("staff_quarantine_detail")
    hand.wait_text(house.text("aside.other_reason"))
    assert not house.screen._retry.isVisible()
    assert not house.screen.reason.isVisible()
