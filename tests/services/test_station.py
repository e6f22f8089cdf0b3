"""Staff, slips, printing and first set-up."""

from dataclasses import replace

import pytest

from kiosk.bootstrap.kiosk import Kiosk, Outside
from kiosk.bootstrap.system import SystemEntropy
from kiosk.domain.refusal import Refusal
from kiosk.services.context import SELF
from kiosk.services.faults import DeviceFault
from kiosk.services.ports import PressResult, PrintState
from kiosk.services.printing import Printing
from kiosk.services.setup import check_station_phone
from kiosk.services.staff import check_new_pin
from kiosk.ui.strings import Strings
from tests.kiosk_fixture import PIN, settings_in, setup_form


def refused(call):
    with pytest.raises(Refusal) as caught:
        call()
    return caught.value


class FakePress:
    """A printer that answers as it is told."""

    def __init__(self) -> None:
        self.answers: list[PressResult] = []
        self.printed = []

    def print(self, job):
        self.printed.append(job.content)
        return self.answers.pop(0)

    def preview(self, content):
        return b""


PRINTED = PressResult(state=PrintState.PRINTED)
FAILED = PressResult(state=PrintState.FAILED, fault=DeviceFault("device.paper_out"))
UNKNOWN = PressResult(state=PrintState.UNKNOWN, fault=DeviceFault("device.printer_silent"))


@pytest.fixture
def press():
    return FakePress()


@pytest.fixture
def printing(market, press):
    return Printing(market.services.context, press)


def test_a_slip_is_printed_once_unless_asked_for_again(market, printing, press):
    slip = market.worker().slip
    press.answers = [PRINTED, PRINTED]
    assert printing.print_slip(slip.slip_id).state is PrintState.PRINTED
    assert refused(lambda: printing.print_slip(slip.slip_id)).key == "refusal.slip_printed"
    printing.print_slip(slip.slip_id, reprint=True)
    assert [content.copy for content in press.printed] == [0, 1]


def test_a_slip_that_did_not_come_out_is_no_reprint(market, printing, press):
    slip = market.worker().slip
    press.answers = [FAILED, PRINTED]
    assert printing.print_slip(slip.slip_id).fault is not None
    printing.print_slip(slip.slip_id)
    assert [content.copy for content in press.printed] == [0, 0]


def test_a_slip_that_may_be_on_paper_is_marked_the_next_time(market, printing, press):
    slip = market.worker().slip
    press.answers = [UNKNOWN, PRINTED]
    printing.print_slip(slip.slip_id)
    printing.print_slip(slip.slip_id)
    assert [content.copy for content in press.printed] == [0, 1]


def test_reprints_have_a_quota_and_staff_do_not(market, printing, press):
    slip = market.worker().slip
    press.answers = [PRINTED] * 4
    for reprint in (False, True, True):
        printing.print_slip(slip.slip_id, reprint=reprint)
    assert refused(lambda: printing.print_slip(slip.slip_id, reprint=True)).key == "refusal.reprint_quota"
    assert printing.print_slip(slip.slip_id, reprint=True, by_staff=True).state is PrintState.PRINTED


def test_paper_never_says_what_is_not_so_any_more(market, printing, press):
    listing = market.published(headcount="1").listing
    holder, waiting = (
        market.services.placements.apply(market.worker().worker.id, listing.id, SELF) for _ in "ab"
    )
    assert (holder.confirmed, waiting.confirmed) == (True, False)
    market.services.placements.cancel(holder.placement.id, "", SELF)
    for gone, key in ((holder, "slip_void"), (waiting, "slip_changed")):
        for staff in (False, True):
            asked = refused(
                lambda gone=gone, staff=staff: printing.print_slip(gone.slip.slip_id, by_staff=staff)
            )
            assert asked.key == f"refusal.{key}"
    assert press.printed == []


def test_the_card_of_somebody_who_has_withdrawn_is_not_printed(market, printing, press):
    done = market.worker()
    market.services.workers.withdraw_consent(done.worker.id, SELF)
    asked = refused(lambda: printing.print_slip(done.slip.slip_id, reprint=True, by_staff=True))
    assert asked.key == "refusal.slip_withdrawn"
    assert press.printed == []


def test_a_slip_opens_nothing_without_the_last_four_digits(market):
    done = market.worker(phone="13900004321")
    identify = market.services.identify
    scanned = identify.scan(done.slip.content.qr)
    assert scanned.worker is not None
    assert refused(lambda: identify.confirm(scanned, "1234")).params == {"left": 2}
    refused(lambda: identify.confirm(scanned, "1234"))
    assert refused(lambda: identify.confirm(scanned, "1234")).key == "refusal.tail_locked"
    assert refused(lambda: identify.confirm(scanned, "4321")).key == "refusal.tail_locked"
    market.clock.advance(16 * 60)
    identify.confirm(scanned, "4321")


@pytest.mark.parametrize("text", ["https://example.com/s/ABC", "hello", "", "6901234567892"])
def test_a_code_of_another_system_is_refused(market, text):
    assert refused(lambda: market.services.identify.scan(text)).key == "refusal.qr_foreign"


def test_wrong_pins_lock_the_member_of_staff_also_after_a_restart(market):
    staff = market.services.staff
    for _ in range(5):
        assert refused(lambda: staff.sign_in("1", "999999")).key == "refusal.sign_in"
    assert refused(lambda: staff.sign_in("1", PIN)).key == "refusal.sign_in_locked"
    assert refused(lambda: market.kiosk.services().staff.sign_in("1", PIN)).key == "refusal.sign_in_locked"
    market.clock.advance(16 * 60)
    assert staff.sign_in("1", PIN).number == 1


@pytest.mark.parametrize("pin", ["12345", "123456", "111111", "654321", "abcdef"])
def test_simple_pins_cannot_be_set(pin):
    assert refused(lambda: check_new_pin(pin)).field == "pin"


@pytest.fixture
def fresh(tmp_path, clock, qapp):
    kiosk = Kiosk(settings_in(tmp_path), Outside(clock=clock, entropy=SystemEntropy()), Strings(strict=True))
    kiosk.open()
    yield kiosk
    kiosk.close()


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"kiosk": "x"}, "kiosk"),
        ({"name": ""}, "name"),
        ({"district": "000000"}, "district"),
        ({"panel_inch": "big"}, "panel_inch"),
        ({"city_url": "http://example.com"}, "enrol_token"),
        ({"pin_again": "135790"}, "pin_again"),
    ],
)
def test_set_up_keeps_all_or_nothing(fresh, changes, field):
    assert refused(lambda: fresh.setup().finish(setup_form(**changes))).field == field
    fresh.reload()
    assert fresh.config is None
    assert fresh.storage.read.staff_count() == 0


def test_set_up_with_a_city_that_cannot_be_reached_keeps_nothing(fresh):
    form = replace(setup_form(), city_url="http://127.0.0.1:9", enrol_token="ABCD")
    with pytest.raises(DeviceFault):
        fresh.setup().finish(form)
    fresh.reload()
    assert fresh.config is None


def test_the_stations_phone_is_checked_and_printed_at_the_foot_of_slips():
    assert check_station_phone(" 0631-5200000 ") == "0631-5200000"
    assert check_station_phone("") == ""
    for wrong in ("打我", "123", "0" * 30):
        with pytest.raises(Refusal) as caught:
            check_station_phone(wrong)
        assert caught.value.field == "station_phone"
