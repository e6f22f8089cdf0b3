"""The window has the wished shape, and never reaches beyond the screen."""

import pytest

from kiosk.bootstrap.run import fitting
from kiosk.bootstrap.window import Size


@pytest.mark.parametrize(
    ("wished", "room", "shown"),
    [
        (Size(1920, 1080), Size(1920, 1080), Size(1920, 1080)),
        (Size(1080, 1920), Size(1920, 1080), Size(607, 1080)),
        (Size(1920, 1080), Size(1850, 1053), Size(1850, 1040)),
        (Size(800, 600), Size(1920, 1080), Size(800, 600)),
    ],
)
def test_a_window_too_large_for_the_screen_keeps_its_shape(wished, room, shown):
    assert fitting(wished, room) == shown


def test_no_size_stays_the_whole_screen():
    assert fitting(None, Size(800, 600)) is None
