"""The printer of a fresh machine: whole files that say what the slip says."""

from pathlib import Path
from uuid import UUID

import pypdfium2
import pytest
import zxingcpp
from PIL import Image

from kiosk.assets import assets_root
from kiosk.devices.folder_printer import FolderPrinter, picture_of
from kiosk.services.device_ports import Fault, PrintJob, PrintResult, Raster
from kiosk.slips.fontfiles import slip_fonts
from kiosk.slips.press import SlipPress, raster_of
from kiosk.slips.typeface import Typeface
from tests.slips.samples import address, sample

SLIP = UUID("0195555a-1d2e-7abc-8def-0123456789ab")
SMALL = Raster(width_px=8, height_px=2, bits=b"\x80\x01")


def job(raster: Raster = SMALL, copy: int = 0) -> PrintJob:
    return PrintJob(slip_id=SLIP, number="WHHC01-000128", raster=raster, copy=copy)


@pytest.mark.parametrize("width", [384, 576])
def test_both_files_hold_the_slip(tmp_path: Path, width: int) -> None:
    press = SlipPress(assets_root(), Typeface(slip_fonts()[:2]))
    raster = press.render(sample("job_slip"), width)
    outcome = FolderPrinter(tmp_path / "slips", width).print(job(raster))
    assert outcome.result is PrintResult.PRINTED
    png, pdf = outcome.files
    assert (png.name, pdf.name) == ("WHHC01-000128.png", "WHHC01-000128.pdf")
    with Image.open(png) as picture:
        assert raster_of(picture.convert("1")) == raster
    document = pypdfium2.PdfDocument(pdf)
    page = document[0]
    assert page.get_width() == pytest.approx(width / 203 * 72, rel=0.01)
    codes = zxingcpp.read_barcodes(page.render(scale=203 / 72).to_pil().convert("L"))
    assert [code.text for code in codes] == [address("job_slip")]
    document.close()


def test_a_reprint_does_not_overwrite_the_first(tmp_path: Path) -> None:
    printer = FolderPrinter(tmp_path)
    printer.print(job())
    printer.print(job(copy=1))
    names = sorted(path.name for path in tmp_path.iterdir())
    assert names == [f"WHHC01-000128{end}" for end in ("-1.pdf", "-1.png", ".pdf", ".png")]


def test_a_folder_that_cannot_be_is_a_fault(tmp_path: Path) -> None:
    blocked = tmp_path / "slips"
    blocked.write_text("a file stands where the folder should be")
    outcome = FolderPrinter(blocked).print(job())
    assert outcome.result is PrintResult.FAILED
    assert outcome.fault is not None
    assert outcome.fault.fault is Fault.SLIP_FOLDER
    status = FolderPrinter(blocked).status()
    assert status is not None
    assert status.fault is Fault.SLIP_FOLDER


def test_a_good_folder_has_no_fault_and_no_leftovers(tmp_path: Path) -> None:
    printer = FolderPrinter(tmp_path / "slips", 384)
    assert printer.status() is None
    assert list((tmp_path / "slips").iterdir()) == []
    assert printer.width_px == 384


def test_dots_become_a_picture() -> None:
    picture = picture_of(SMALL)
    black = [(x, y) for y in range(2) for x in range(8) if picture.getpixel((x, y)) == 0]
    assert black == [(0, 0), (7, 1)]
