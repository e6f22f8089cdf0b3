"""The receipt printer driver against a printer on loopback."""

from collections.abc import Iterator
from uuid import UUID

import pytest
import zxingcpp
from hypothesis import given
from hypothesis import strategies as st

from kiosk.assets import assets_root
from kiosk.devices import escpos
from kiosk.devices.escpos_printer import EscposPrinter
from kiosk.devices.lines import TcpLine
from kiosk.devices.print_once import PrintOnce
from kiosk.services.device_ports import Fault, PrintJob, PrintOutcome, PrintResult, Raster
from kiosk.slips.fontfiles import slip_fonts
from kiosk.slips.press import SlipPress
from kiosk.slips.typeface import Typeface
from tests.devices.fakes import EscposServer, Habits
from tests.slips.samples import address, sample

SLIP = UUID("0195555a-1d2e-7abc-8def-0123456789ab")
RASTER = Raster(width_px=576, height_px=500, bits=bytes(range(1, 73)) * 500)


@pytest.fixture
def server() -> Iterator[EscposServer]:
    printer = EscposServer()
    yield printer
    printer.close()


def driver(
    server: EscposServer, *, width: int = 576, answer: float = 10.0, finish: float = 10.0
) -> EscposPrinter:
    """A patient driver: this machine may be busy. Tests of silence ask for less."""
    line = TcpLine(*server.address)
    return EscposPrinter(
        line, width, answer_seconds=answer, finish_seconds=finish, wait=lambda _seconds: None
    )


def job(*, copy: int = 0, raster: Raster = RASTER) -> PrintJob:
    return PrintJob(slip_id=SLIP, number="WHHC01-000128", raster=raster, copy=copy)


def why(outcome: PrintOutcome) -> Fault | None:
    fault = outcome.fault
    if fault is None:
        return None
    return next(each for each in Fault if fault.key == f"device.{each.value}")


def test_what_is_printed_is_the_picture(server: EscposServer) -> None:
    outcome = driver(server).print(job())
    assert outcome == PrintOutcome(result=PrintResult.PRINTED)
    assert server.slips == [RASTER.bits]


@pytest.mark.parametrize("width", [384, 576])
def test_the_code_can_be_read_from_the_bytes_that_were_sent(server: EscposServer, width: int) -> None:
    press = SlipPress(assets_root(), Typeface(slip_fonts()[:2]))
    server.width_bytes = width // 8
    raster = press.render(sample("job_slip"), width)
    assert driver(server, width=width).print(job(raster=raster)).result is PrintResult.PRINTED
    codes = zxingcpp.read_barcodes(server.picture().convert("L"))
    assert [code.text for code in codes] == [address("job_slip")]


def test_several_slips_one_after_the_other(server: EscposServer) -> None:
    printer = driver(server)
    for _ in range(3):
        assert printer.print(job()).result is PrintResult.PRINTED
    assert len(server.slips) == 3


@pytest.mark.parametrize(
    ("habits", "fault"),
    [
        (Habits(paper_rows=0), Fault.PAPER_OUT),
        (Habits(cover_open=True), Fault.COVER_OPEN),
        (Habits(broken=True), Fault.PRINTER_ERROR),
        (Habits(offline=True), Fault.PRINTER_OFFLINE),
        (Habits(silent=True), Fault.PRINTER_SILENT),
        (Habits(babbles=True), Fault.PRINTER_SILENT),
    ],
)
def test_nothing_is_sent_to_a_printer_that_is_not_ready(
    server: EscposServer, habits: Habits, fault: Fault
) -> None:
    server.habits = habits
    mute = habits.silent or habits.babbles
    printer = driver(server, answer=0.1 if mute else 10.0)
    outcome = printer.print(job())
    assert (outcome.result, why(outcome), outcome.partial) == (PrintResult.FAILED, fault, False)
    assert server.slips == []
    assert server.loose == b""
    status = printer.status()
    assert status is not None
    assert status.fault is fault
    assert status.what_to_do == f"device.do.{fault.value}"


def test_nearly_out_of_paper_is_a_warning(server: EscposServer) -> None:
    server.habits.near_end = True
    outcome = driver(server).print(job())
    assert (outcome.result, why(outcome)) == (PrintResult.PRINTED, Fault.PAPER_NEAR_END)


def test_paper_that_ends_on_the_way_is_a_failure_and_nothing_comes_out_later(server: EscposServer) -> None:
    server.habits.paper_rows = 200
    outcome = driver(server).print(job())
    assert (outcome.result, why(outcome), outcome.partial) == (PrintResult.FAILED, Fault.PAPER_OUT, True)
    assert len(server.loose) == 200 * 72
    server.new_roll()
    assert len(server.loose) == 200 * 72
    assert server.slips == []


def test_paper_that_ends_in_the_last_band_is_noticed(server: EscposServer) -> None:
    server.habits.paper_rows = 499
    outcome = driver(server, finish=0.1).print(job())
    assert (outcome.result, why(outcome)) == (PrintResult.FAILED, Fault.PAPER_OUT)


def test_paper_that_ends_behind_the_slip_does_not_undo_it(server: EscposServer) -> None:
    server.habits.paper_rows = 500
    outcome = driver(server).print(job())
    assert (outcome.result, why(outcome)) == (PrintResult.PRINTED, Fault.PAPER_OUT)
    assert server.slips == [RASTER.bits]


@pytest.mark.parametrize("rows", [1, 300, 500])
def test_a_line_that_breaks_leaves_it_unknown(server: EscposServer, rows: int) -> None:
    server.habits.drop_after_rows = rows
    outcome = driver(server).print(job())
    assert (outcome.result, outcome.partial) == (PrintResult.UNKNOWN, True)
    assert why(outcome) is Fault.PRINTER_UNREACHABLE
    server.habits.drop_after_rows = None
    assert driver(server).status() is None


def test_a_printer_that_never_says_done_is_not_believed(server: EscposServer) -> None:
    server.habits.hangs_after_cut = True
    outcome = driver(server, finish=0.1).print(job())
    assert (outcome.result, why(outcome)) == (PrintResult.UNKNOWN, Fault.PRINTER_SILENT)


def test_a_printer_without_ordered_answers_gets_the_time_it_needs(server: EscposServer) -> None:
    server.habits.answers_in_order = False
    waits: list[float] = []
    line = TcpLine(*server.address)
    printer = EscposPrinter(line, answer_seconds=0.5, finish_seconds=9, wait=waits.append)
    assert printer.print(job()).result is PrintResult.PRINTED
    assert waits == [500 / 400]


def test_nobody_there(server: EscposServer) -> None:
    server.close()
    outcome = driver(server).print(job())
    assert (outcome.result, why(outcome)) == (PrintResult.FAILED, Fault.PRINTER_UNREACHABLE)
    status = driver(server).status()
    assert status is not None
    assert status.fault is Fault.PRINTER_UNREACHABLE


def test_a_slip_wider_than_the_paper_is_refused(server: EscposServer) -> None:
    outcome = driver(server, width=384).print(job())
    assert (outcome.result, why(outcome)) == (PrintResult.FAILED, Fault.PAPER_WIDTH)


def test_a_slip_is_never_printed_twice_without_a_mark(server: EscposServer) -> None:
    printer = PrintOnce(driver(server))
    assert printer.print(job()).result is PrintResult.PRINTED
    again = printer.print(job())
    assert (again.result, why(again)) == (PrintResult.FAILED, Fault.PRINTED_ALREADY)
    assert len(server.slips) == 1
    assert printer.print(job(copy=1)).result is PrintResult.PRINTED
    assert printer.print(job(copy=1)).result is PrintResult.PRINTED
    assert printer.width_px == 576
    assert printer.status() is None


def test_after_an_unknown_end_only_a_marked_reprint_comes_out(server: EscposServer) -> None:
    printer = PrintOnce(driver(server))
    server.habits.drop_after_rows = 300
    assert printer.print(job()).result is PrintResult.UNKNOWN
    server.habits.drop_after_rows = None
    assert why(printer.print(job())) is Fault.PRINTED_ALREADY
    assert printer.print(job(copy=1)).result is PrintResult.PRINTED


def test_a_slip_cut_off_by_the_roll_is_printed_once_more_and_no_more(server: EscposServer) -> None:
    printer = PrintOnce(driver(server))
    server.habits.paper_rows = 100
    assert printer.print(job()).result is PrintResult.FAILED
    assert (
        printer.print(job()).result is PrintResult.FAILED
    )  # still no paper: nothing came out, nothing counts
    server.habits.paper_rows = 300
    broken = printer.print(job())
    assert (broken.result, why(broken)) == (PrintResult.UNKNOWN, Fault.PAPER_OUT)
    server.new_roll()
    assert why(printer.print(job())) is Fault.PRINTED_ALREADY


def test_a_failure_before_any_paper_can_be_tried_as_often_as_one_likes(server: EscposServer) -> None:
    printer = PrintOnce(driver(server))
    server.habits.cover_open = True
    for _ in range(3):
        assert printer.print(job()).result is PrintResult.FAILED
    server.habits.cover_open = False
    assert printer.print(job()).result is PrintResult.PRINTED


@given(st.binary(min_size=72, max_size=72 * 20).map(lambda data: data[: len(data) // 72 * 72]))
def test_no_picture_holds_a_real_time_command(bits: bytes) -> None:
    safe = escpos.defused(bits)
    assert len(safe) == len(bits)
    assert not any(bytes((0x10, second)) in safe for second in (0x04, 0x05, 0x14))
    assert all(new & old == old for new, old in zip(safe, bits, strict=True))
    assert sum(new != old for new, old in zip(safe, bits, strict=True)) <= bits.count(b"\x10")


def test_a_picture_that_looks_like_commands_is_defused() -> None:
    raster = Raster(
        width_px=576, height_px=1, bits=b"\x10\x04\x01\x10\x14\x08\x10\x05\x02".ljust(72, b"\x00")
    )
    sent = b"".join(escpos.bands(raster))
    assert sent[8:17] == b"\x18\x04\x01\x18\x14\x08\x18\x05\x02"


@given(st.dictionaries(st.sampled_from(escpos.QUERIES), st.integers(0, 255), min_size=4))
def test_any_status_means_something_or_nothing(answers: dict[int, int]) -> None:
    assert escpos.fault_of(answers) in {None, *Fault}


@pytest.mark.parametrize(
    ("width", "height", "bits"), [(0, 1, b""), (7, 1, b"x"), (8, 0, b""), (8, 2, b"x"), (16, 1, b"xyz")]
)
def test_a_raster_fits_its_size(width: int, height: int, bits: bytes) -> None:
    with pytest.raises(ValueError, match="raster"):
        Raster(width_px=width, height_px=height, bits=bits)
