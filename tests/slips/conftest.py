"""One press for all slip tests: fonts and layouts are read once."""

import pytest

from kiosk.assets import assets_root
from kiosk.slips.fontfiles import slip_fonts
from kiosk.slips.press import SlipPress
from kiosk.slips.typeface import Typeface


@pytest.fixture(scope="session")
def face() -> Typeface:
    # Without the fonts that only some machines have, so that "missing" means the same everywhere.
    return Typeface(slip_fonts()[:2])


@pytest.fixture(scope="session")
def press(face: Typeface) -> SlipPress:
    return SlipPress(assets_root(), face)
