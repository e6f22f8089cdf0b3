"""What would be a box on the screen and on the slip is said before."""

import pytest

from kiosk.domain.refusal import Refusal
from kiosk.slips.fontfiles import slip_fonts
from kiosk.slips.typeface import Typeface
from kiosk.ui import glyphs
from kiosk.ui.glyphs import check_shown, unshown

NAMES = "王建国㙍䶮𬭬𪚥〇·欧阳Čaplinskaitė Мария"
BOXES = "ئەك\U0002ebf0\U00031350\U000323af"


@pytest.fixture(autouse=True)
def fonts(qapp):
    glyphs._font.cache_clear()


def test_what_people_are_called_can_be_shown():
    assert unshown(NAMES) == ""
    check_shown(NAMES, "name")


def test_what_no_font_has_is_found_once_each():
    assert unshown(f"王{BOXES}王{BOXES}") == BOXES


def test_the_screen_and_the_slips_lack_the_same():
    face = Typeface(slip_fonts())
    assert face.missing(NAMES) == unshown(NAMES)
    assert face.missing(BOXES) == unshown(BOXES)


def test_marks_without_a_shape_of_their_own_are_no_fault():
    assert unshown("王\ufe00\u200d é e\u0301") == ""


def test_the_refusal_names_them_by_number():
    with pytest.raises(Refusal) as caught:
        check_shown(f"王{BOXES}", "name")
    assert caught.value.field == "name"
    assert caught.value.params["codes"] == "U+0626 U+06D5…"


def test_without_the_typeface_nobody_is_held_up(monkeypatch):
    monkeypatch.setattr(glyphs, "FAMILY", "No Such Typeface")
    assert unshown(BOXES) == ""
