"""All widgets, at every text size, in both orientations, palettes and languages, as a ruler sees them."""

import pytest

from tests.ui.measure import faults
from tests.ui.widgets.gallery import LOOKS, SHEETS, dressed


@pytest.mark.parametrize("look", LOOKS, ids=lambda look: look.name)
@pytest.mark.parametrize("kind", SHEETS, ids=lambda kind: kind.__name__)
def test_nothing_is_clipped_small_or_near(qapp, qtbot, kind, look):
    sheet = dressed(kind, look)
    qtbot.addWidget(sheet)
    found = faults(sheet, sheet.theme)
    sheet.hide()  # nobody holds it after this: it must not be found to be garbage in the middle of its painting
    assert found == []
