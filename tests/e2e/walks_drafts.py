"""Forms saved in the middle: the number, the way back to them, and what staff see."""

from collections.abc import Iterator

from tests.e2e.forms import say_who
from tests.e2e.stage import Stage


def drafts(stage: Stage) -> Iterator[str]:
    """Save one with a phone and one without, go on with the first, look at both as staff."""
    hand, navigator = stage.hand, stage.shell.ctx.navigator
    stage.tap("welcome.register")
    stage.tap("consent.agree")
    say_who(hand, "古丽扎尔·买买提", to="register_phone")
    hand.type("phone", "13900001234")
    stage.tap("draft.save")
    hand.wait_screen("draft_saved")
    yield "draft_saved"
    navigator.end_visit()
    hand.wait(lambda: hand.has(stage.shell.ctx.strings.text("draft.resume")), "drafts are offered")
    yield "welcome-draft"
    stage.tap("draft.resume")
    hand.wait_screen("draft_resume")
    yield "draft_resume"
    hand.type("draft_number", "9999")
    stage.tap("common.next")
    hand.settle()
    yield "draft_resume-error"
    hand.clear("draft_number")
    hand.type("draft_number", "0001")
    stage.tap("common.next")
    hand.wait_screen("draft_digits")
    yield "draft_digits"
    hand.type("draft_tail", "9999")
    stage.tap("draft.go_on")
    hand.settle()
    yield "draft_digits-error"
    stage.sign_in()
    stage.tap("staff.drafts")
    hand.wait_screen("staff_drafts")
    yield "staff_drafts"


WALKS = (drafts,)
