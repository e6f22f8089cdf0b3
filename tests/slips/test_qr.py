"""The code on the paper is read back by a decoder that has nothing to do with its maker."""

import pytest
import zxingcpp
from PIL import Image, ImageFilter

from kiosk.protocol.token import read
from kiosk.slips.press import SlipPress
from kiosk.slips.qr import QUIET, modules
from kiosk.slips.sheet import Matrix
from tests.slips.samples import CITY, KINDS, NOW, RING, address, sample

WIDTHS = (384, 576)


def decoded(picture: Image.Image) -> list[str]:
    found = zxingcpp.read_barcodes(picture.convert("L"), formats=zxingcpp.BarcodeFormat.QRCode)
    return [code.text for code in found]


def faded(picture: Image.Image) -> Image.Image:
    """Two of nine lines come out white (a worn head, paper that slips), seen with a phone's soft eyes."""
    worn = picture.convert("L")
    for y in range(0, worn.height, 9):
        worn.paste(255, (0, y, worn.width, y + 2))
    return worn.filter(ImageFilter.GaussianBlur(2.4))


def dead_column(picture: Image.Image) -> Image.Image:
    """One dot of the head is dead, in the middle of the code."""
    worn = picture.copy()
    x = 150 if worn.width == 576 else worn.width // 2
    worn.paste(1, (x, 0, x + 1, worn.height))
    return worn


def smeared(picture: Image.Image) -> Image.Image:
    """Heat that spreads: every dot also blackens its right neighbour."""
    worn = picture.copy()
    shifted = picture.transform(picture.size, Image.Transform.AFFINE, (1, 0, -1, 0, 1, 0), fillcolor=1)
    worn.paste(0, (0, 0), shifted.point(lambda dot: 0 if dot else 255, mode="1"))
    return worn


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("kind", KINDS)
def test_the_printed_code_is_the_address(press: SlipPress, kind: str, width: int) -> None:
    texts = decoded(press.picture(sample(kind), width))
    assert texts == [address(kind)]
    assert read(texts[0], RING, NOW, CITY).number == 128


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("fault", [faded, dead_column, smeared], ids=lambda fault: fault.__name__)
def test_a_worn_printer_still_prints_readable_codes(press: SlipPress, width: int, fault: object) -> None:
    assert callable(fault)
    whole = press.picture(sample("job_slip"), width)
    worn = fault(whole)
    assert worn.tobytes() != whole.tobytes()
    assert decoded(worn) == [address("job_slip")]


@pytest.mark.parametrize("width", WIDTHS)
def test_module_and_quiet_zone_are_kept(press: SlipPress, width: int) -> None:
    sheet = press.sheet(sample("job_slip"), width)
    code = next(mark for mark in sheet.marks if isinstance(mark, Matrix))
    assert code.module / 8 >= 0.4
    side = len(code.rows)
    for row in (*range(QUIET), *range(side - QUIET, side)):
        assert not any(code.rows[row])
        assert not any(line[row] for line in code.rows)
    assert code.x + code.module * side <= width


def test_a_token_needs_no_more_than_version_8() -> None:
    assert len(modules(address("job_slip"))) - 2 * QUIET <= 49


@pytest.mark.parametrize(
    "text", ["https://gig.example/s/abc", "no slash", "https://a/零工", "https://gig.example/"]
)
def test_any_address_can_be_a_code(text: str) -> None:
    rows = modules(text)
    side = len(rows)
    picture = Image.frombytes("L", (side, side), bytes(0 if dark else 255 for row in rows for dark in row))
    assert decoded(picture.resize((side * 5, side * 5), Image.Resampling.NEAREST)) == [text]
