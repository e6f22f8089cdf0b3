"""Glyphs: rare characters print right, or stand as a box that names them."""

from pathlib import Path

import pytest

from kiosk.slips.fontfiles import slip_fonts
from kiosk.slips.typeface import FontFile, Style, Typeface


def test_rare_characters_of_names_are_there(face: Typeface) -> None:
    assert face.missing("王建国㙍䶮𬭬𪚥〇·") == ""


def test_a_character_without_a_glyph_is_a_box_with_its_code(face: Typeface) -> None:
    glyph = face.glyph("😀", Style(33))
    assert glyph.missing
    assert glyph.picture is not None
    assert glyph.picture.height == 33
    assert face.missing("王😀国😀\U0010fffd") == "😀\U0010fffd"


def test_two_missing_characters_do_not_look_the_same(face: Typeface) -> None:
    one, other = (face.glyph(char, Style(33)).picture for char in "😀😁")
    assert one is not None
    assert other is not None
    assert one.tobytes() != other.tobytes()


def test_bold_has_more_ink(face: Typeface) -> None:
    thin, bold = (face.glyph("重", Style(40, weight)).picture for weight in (400, 700))
    assert thin is not None
    assert bold is not None
    assert bold.convert("L").histogram()[255] > 1.2 * thin.convert("L").histogram()[255]


def test_a_blank_has_width_and_no_ink(face: Typeface) -> None:
    for blank in (" ", "\u3000"):
        glyph = face.glyph(blank, Style(33))
        assert glyph.picture is None
        assert glyph.advance > 0
        assert not glyph.missing


def test_width_adds_up(face: Typeface) -> None:
    style = Style(30)
    assert face.width("零工市场", style) == 4 * 30
    assert face.width("", style) == 0


def test_later_fonts_are_asked_in_turn() -> None:
    main, *rest = slip_fonts()
    alone = Typeface([main])
    assert alone.missing("𪚥") == "𪚥"
    assert Typeface([main, *rest]).missing("𪚥") == ""


def test_without_a_font_there_is_no_typeface() -> None:
    with pytest.raises(ValueError, match="font"):
        Typeface([])
    with pytest.raises(OSError, match=r"."):
        Typeface([FontFile(Path("missing.ttf"))]).glyph("王", Style(30))
