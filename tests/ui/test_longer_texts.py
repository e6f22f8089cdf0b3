"""Every screen with texts that are longer by half, as another language's would be. Beside the walk with our own."""

from pathlib import Path

import pytest

from tests.ui.test_every_screen import walk_stretched

pytestmark = pytest.mark.timeout(900)


def test_texts_longer_by_half_break_no_layout(qapp: object, tmp_path: Path) -> None:
    assert "\n".join(walk_stretched(tmp_path)) == ""
