"""Pages that are read aloud: across in the same order as upright, what belongs together in one piece."""

import pytest

from tests.ui.screens.house import LANDSCAPE, PORTRAIT


@pytest.mark.parametrize("size", [PORTRAIT, LANDSCAPE])
def test_a_page_across_is_read_as_upright(open_house, size):
    house = open_house(size)
    house.start()
    house.tap("welcome.register")
    house.hand.wait_screen("register_consent")
    said = house.screen.voice_text()
    points = ("who", "what", "why", "seen", "long", "how")
    expected = [house.text(f"consent.{point}{part}") for point in points for part in ("_label", "")]
    at = said.index(expected[0])
    assert said[at : at + len(expected)] == expected
