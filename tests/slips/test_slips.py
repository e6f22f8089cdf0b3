"""Whole slips: what stands on the paper, at both widths, in both languages."""

from dataclasses import replace

import msgspec
import pytest
from PIL import Image

from kiosk.services.slip_content import SlipContent
from kiosk.slips.layout import LayoutError
from kiosk.slips.press import SlipPress, raster_of
from kiosk.slips.sheet import Bar, Ink, Sheet
from kiosk.slips.typeface import Typeface
from tests.slips.samples import KINDS, sample

WIDTHS = (384, 576)


def words(sheet: Sheet) -> str:
    return "".join(sheet.texts()).replace(" ", "")


def black_at(picture: Image.Image, box: tuple[int, int, int, int]) -> float:
    part = picture.crop(box).convert("L")
    return part.histogram()[0] / (part.width * part.height)


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_every_mark_lies_on_the_paper(
    press: SlipPress, face: Typeface, kind: str, width: int, language: str
) -> None:
    slip = replace(sample(kind, copy=1), language=language)
    sheet = press.sheet(slip, width)
    assert sheet.width == width
    for mark in sheet.marks:
        assert mark.x >= 0
        assert 0 <= mark.y <= sheet.height
        if isinstance(mark, Ink):
            assert mark.x + face.width(mark.text, mark.style) <= width, mark.text
        elif isinstance(mark, Bar):
            assert mark.x + mark.width <= width
            assert mark.y + mark.height <= sheet.height


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("kind", KINDS)
def test_every_value_of_the_layout_is_printed(press: SlipPress, kind: str, width: int) -> None:
    slip = sample(kind)
    printed = words(press.sheet(slip, width))
    shown = [name for name, value in slip.values.items() if value.replace(" ", "") in printed]
    optional = {"route", "perks", "needs", "meet", "contact", "phone", "pay", "settlement", "employer"}
    assert set(slip.values) - set(shown) <= optional
    assert slip.number.replace(" ", "") in printed


@pytest.mark.parametrize("width", WIDTHS)
def test_a_job_slip_says_what_the_law_and_the_worker_want(press: SlipPress, width: int) -> None:
    printed = words(press.sheet(sample("job_slip"), width))
    for part in (
        "260",
        "元/天",
        "当日结清",
        "13800138000",
        "张师傅",
        "12333",
        "12345",
        "小区东门岗亭",
        "已确认",
    ):
        assert part in printed


@pytest.mark.parametrize("width", WIDTHS)
def test_confirmed_and_waiting_cannot_be_mistaken(press: SlipPress, width: int) -> None:
    confirmed, waiting = (sample("job_slip", state=state) for state in ("confirmed", "waitlisted"))
    told, untold = press.sheet(confirmed, width), press.sheet(waiting, width)
    assert "已确认" in words(told)
    assert "未确认" not in words(told)
    assert "候补未确认" in words(untold)
    assert "先别去" in words(untold)
    boxes = []
    for sheet, slip, state in ((told, confirmed, "已确认"), (untold, waiting, "候补 未确认")):
        ink = next(mark for mark in sheet.marks if isinstance(mark, Ink) and mark.text == state)
        top = ink.y - ink.style.size
        boxes.append(black_at(press.picture(slip, width), (20, top, width - 20, ink.y + 20)))
    assert boxes[0] > 0.7
    assert boxes[1] < 0.35


@pytest.mark.parametrize("width", WIDTHS)
def test_a_reprint_says_so_at_both_ends_and_beside_the_code(press: SlipPress, width: int) -> None:
    assert "补打" not in words(press.sheet(sample("job_slip"), width))
    sheet = press.sheet(sample("job_slip", copy=2), width)
    marks = [mark for mark in sheet.marks if isinstance(mark, Ink) and mark.text == "补打 第2次"]
    assert len(marks) == 3
    assert min(mark.y for mark in marks) < 80
    assert max(mark.y for mark in marks) > sheet.height - 80


def test_a_missing_value_takes_no_room(press: SlipPress) -> None:
    full = press.sheet(sample("job_slip"), 576)
    bare = press.sheet(sample("job_slip", route="", meet="", needs=""), 576)
    assert bare.height < full.height
    assert "怎么去" not in words(bare)


def test_the_wage_is_the_largest_word(press: SlipPress) -> None:
    inks = [mark for mark in press.sheet(sample("job_slip"), 576).marks if isinstance(mark, Ink)]
    assert max(inks, key=lambda mark: mark.style.size).text == "260"


@pytest.mark.parametrize("width", WIDTHS)
def test_long_words_wrap_and_do_not_run_off(press: SlipPress, face: Typeface, width: int) -> None:
    slip = sample(
        "job_slip",
        trade="很长的活" * 100,
        employer="A" * 200,
        pay="1234567890123 元/天",
        settlement="完工以后三十天之内一次结清全部工钱",
        name="买买提·吐尔逊·阿不都热依木·阿卜杜拉",
    )
    for mark in press.sheet(slip, width).marks:
        if isinstance(mark, Ink):
            assert mark.x + face.width(mark.text, mark.style) <= width


@pytest.mark.parametrize("width", WIDTHS)
def test_a_rare_name_is_printed_and_an_impossible_one_is_named(press: SlipPress, width: int) -> None:
    assert "打印不出" not in words(press.sheet(sample("worker_card", name="㙍䶮𬭬𪚥"), width))
    printed = words(press.sheet(sample("worker_card", name="王\U0010fffd😀"), width))
    assert "U+10FFFDU+1F600" in printed
    assert "手写" in printed


@pytest.mark.parametrize("text", ["a\nb", "\r\n", "\x00\x1b@", "\u202e倒", "\u200b", "👨‍👩‍👧", " "])
def test_odd_values_do_no_harm(press: SlipPress, text: str) -> None:
    slip = sample("job_slip", trade=text, pay=text, name=text, station=text, printed_at=text)
    assert press.render(slip, 384).width_px == 384


def test_a_slip_without_anything_is_still_a_slip(press: SlipPress) -> None:
    for kind in KINDS:
        assert press.render(SlipContent(kind=kind, number="WHHC01-000001"), 384).height_px > 100


def test_the_same_words_give_the_same_dots(press: SlipPress) -> None:
    assert press.render(sample("wage_record"), 576) == press.render(sample("wage_record"), 576)


def test_dots_are_packed_with_ink_as_one() -> None:
    picture = Image.new("1", (16, 2), 1)
    picture.putpixel((0, 0), 0)
    picture.putpixel((15, 1), 0)
    assert raster_of(picture).bits == b"\x80\x00\x00\x01"


def test_unknown_kinds_papers_languages_and_states_are_bugs(press: SlipPress) -> None:
    slip = sample("job_slip")
    for odd, width in (
        (replace(slip, kind="ticket"), 576),
        (slip, 400),
        (replace(slip, language="fr"), 576),
        (replace(slip, state="maybe"), 576),
        (replace(slip, qr="https://gig.example/" + "x" * 900), 384),
    ):
        with pytest.raises(LayoutError):
            press.sheet(odd, width)


def test_the_words_of_a_slip_survive_storage() -> None:
    slip = sample("hire_sheet", copy=1)
    assert msgspec.json.decode(msgspec.json.encode(slip), type=SlipContent) == slip
