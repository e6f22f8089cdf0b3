import itertools
import sys

import pytest

from kiosk.devices.handwriting import DinkitRecogniser
from kiosk.services.faults import DeviceFault


def line(start, end):
    return tuple(
        (start[0] + (end[0] - start[0]) * step / 20, start[1] + (end[1] - start[1]) * step / 20)
        for step in range(21)
    )


THREE = (line((150, 150), (850, 140)), line((220, 480), (780, 470)), line((60, 850), (940, 860)))
CROSS = (line((60, 480), (940, 470)), line((500, 60), (510, 940)))


@pytest.fixture
def recogniser():
    pytest.importorskip("dinkit", reason="not built for this system")
    made = DinkitRecogniser()
    yield made
    made.close()


@pytest.mark.parametrize(("strokes", "char"), [(THREE, "三"), (CROSS, "十"), (THREE[:1], "一")])
def test_reads_what_is_written(recogniser, strokes, char):
    assert recogniser.absence() == ""
    found = recogniser.recognise(strokes, 10)
    assert found[0][0] == char
    assert len(found) == 10
    assert all(first[1] <= second[1] for first, second in itertools.pairwise(found))


@pytest.mark.parametrize(
    "strokes",
    [
        (),
        ((),),
        (((0.0, 0.0),),),
        (((-5.0, 1e9), (70000.0, -70000.0)),),
        tuple(((float(n), 0.0), (0.0, float(n))) for n in range(300)),
        (tuple((float(n % 900), float(n % 700)) for n in range(100_000)),),
    ],
)
def test_survives_any_ink(recogniser, strokes):
    assert len(recogniser.recognise(strokes, 10)) <= 10


def test_says_that_the_package_is_missing(monkeypatch):
    monkeypatch.setitem(sys.modules, "dinkit", None)
    recogniser = DinkitRecogniser()
    assert "not installed" in recogniser.absence()
    with pytest.raises(DeviceFault):
        recogniser.recognise(THREE, 10)


def test_can_be_closed_twice_and_used_again(recogniser):
    recogniser.recognise(THREE, 10)
    recogniser.close()
    recogniser.close()
    assert recogniser.recognise(CROSS, 1)[0][0] == "十"
