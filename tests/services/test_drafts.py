"""Saved drafts: a quarter of an hour, by number and four digits, or by staff; then gone."""

import pytest

from kiosk.domain.refusal import Refusal
from kiosk.services.drafts import KEPT, MOST_TRIES, DraftForm, Drafts
from kiosk.services.ports import PrintState
from tests.kiosk_fixture import PIN, open_kiosk

FORM = DraftForm(
    flow="register", pages=("register_consent", "register_who"), body=b"{}", phone="139 0000 1234"
)
KEPT_S = KEPT.total_seconds()


@pytest.fixture
def kiosk(tmp_path, clock, qapp):
    kiosk = open_kiosk(tmp_path, clock)
    yield kiosk
    kiosk.close()


@pytest.fixture
def drafts(kiosk) -> Drafts:
    return kiosk.services().drafts


def refused(call) -> str:
    with pytest.raises(Refusal) as told:
        call()
    return told.value.key


def test_its_number_and_four_digits_open_it(drafts):
    saved = drafts.save(FORM)
    assert (saved.tail, saved.tries) == ("1234", 0)
    assert drafts.open(f" {saved.number:04d} ", "1234") == saved
    assert drafts.waiting() == (saved,)


def test_it_survives_a_restart(drafts, kiosk, tmp_path, clock):
    saved = drafts.save(FORM)
    kiosk.close()
    again = open_kiosk(tmp_path, clock)
    assert again.services().drafts.waiting() == (saved,)
    again.close()


def test_saved_again_it_keeps_its_number_and_has_its_full_time(drafts, clock):
    saved = drafts.save(FORM)
    clock.advance(KEPT_S - 1)
    again = drafts.save(FORM, saved.number)
    assert (again.number, again.until) == (saved.number, clock.now() + KEPT)
    clock.advance(KEPT_S)
    assert drafts.save(FORM, saved.number).number == saved.number + 1


def test_a_quarter_of_an_hour_and_not_a_second_more(drafts, kiosk, clock):
    saved = drafts.save(FORM)
    clock.advance(KEPT_S - 1)
    assert drafts.open(str(saved.number), "1234") == saved
    clock.advance(1)
    assert refused(lambda: drafts.open(str(saved.number), "1234")) == "refusal.draft_unknown"
    with kiosk.storage.database.reader() as connection:
        assert connection.execute("SELECT count(*) FROM draft").fetchone() == (0,)


def test_a_clock_that_was_put_back_keeps_nothing_longer(drafts, clock):
    drafts.save(FORM)
    clock.advance(-60)
    assert drafts.waiting() == ()


def test_wrong_digits_are_counted_also_across_a_restart_and_then_only_staff_open_it(drafts, kiosk):
    saved = drafts.save(FORM)
    number = str(saved.number)
    for _ in range(MOST_TRIES):
        assert refused(lambda: drafts.open(number, "0000")) == "refusal.draft_tail"
    assert refused(lambda: kiosk.services().drafts.open(number, "1234")) == "refusal.draft_staff"
    assert refused(lambda: drafts.check(number)) == "refusal.draft_staff"
    session = kiosk.services().staff.sign_in("1", PIN)
    assert drafts.open_by_staff(saved.number, session).body == FORM.body


@pytest.mark.parametrize("phone", ["", "12", "不告诉你"])
def test_without_a_phone_only_staff_open_it(drafts, phone):
    saved = drafts.save(DraftForm(flow="hire", pages=(), body=b"{}", phone=phone))
    for tail in ("", "0000"):
        assert refused(lambda tail=tail: drafts.open(str(saved.number), tail)) == "refusal.draft_staff"
    assert refused(lambda: drafts.check(str(saved.number))) == "refusal.draft_staff"


@pytest.mark.parametrize("number", ["", "7", "x", "１", "-1", "9" * 30])
def test_a_number_that_is_none(drafts, number):
    drafts.save(FORM)
    assert refused(lambda: drafts.open(number, "1234")) == "refusal.draft_unknown"
    assert refused(lambda: drafts.check(number)) == "refusal.draft_unknown"


def test_asking_for_a_number_counts_as_no_try(drafts, clock):
    saved = drafts.save(FORM)
    for _ in range(MOST_TRIES + 1):
        drafts.check(f" {saved.number} ")
    assert drafts.open(str(saved.number), "1234") == saved
    clock.advance(KEPT_S)
    assert refused(lambda: drafts.check(str(saved.number))) == "refusal.draft_unknown"


def test_what_is_dropped_is_gone_for_staff_too(drafts, kiosk):
    saved = drafts.save(FORM)
    session = kiosk.services().staff.sign_in("1", PIN)
    drafts.drop(saved.number)
    drafts.drop(saved.number)
    assert refused(lambda: drafts.open_by_staff(saved.number, session)) == "refusal.draft_unknown"


def test_nothing_of_it_is_sent_anywhere(drafts, kiosk):
    drafts.save(FORM)
    assert kiosk.storage.read.sync_counts().unsent == 0


def test_its_paper_says_the_number_and_nothing_that_was_typed(drafts, kiosk):
    saved = drafts.save(FORM)
    issued = drafts.paper(saved)
    assert issued.number == issued.content.values["draft_number"] == "0001"
    words = " ".join([issued.number, *issued.content.values.values()])
    assert "1234" not in words
    printed = kiosk.services().printing.print_slip(issued.slip_id)
    assert (printed.state, printed.left) == (PrintState.PRINTED, 2)
