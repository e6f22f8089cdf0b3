"""Twenty thousand events of a hammering child, in two halves: the kiosk lives, and what it keeps is true.

Two seeds of ten thousand events each, so that two workers can share them. Each goes through all sizes of the window.
"""

from collections.abc import Sequence

import pytest
from PySide6.QtWidgets import QWidget

from kiosk.bootstrap.kiosk import Kiosk, Outside
from kiosk.bootstrap.system import SystemEntropy
from kiosk.bootstrap.window import Size, Window
from kiosk.domain.decide import decide
from kiosk.domain.ledger import Ledger
from kiosk.domain.records import Slip
from kiosk.protocol.codec import decode_operation, encode
from kiosk.ui.strings import Strings
from tests.e2e.driver import Driver
from tests.e2e.hammer import Hammer, touch_panel
from tests.e2e.market import LANDSCAPE, PORTRAIT
from tests.e2e.monkey import BUG
from tests.e2e.test_idle import pass_time
from tests.e2e.test_monkey import WORDS, check_records, market_morning
from tests.e2e.test_morning import register
from tests.e2e.traces import in_clipboard, in_widgets
from tests.kiosk_fixture import PIN, open_kiosk

EVENTS = 10_000
SIZES = (PORTRAIT, LANDSCAPE, Size(1366, 768), PORTRAIT, LANDSCAPE)
#: What only a person gives; other words stand on screens anyway.
GIVEN = ("丛建国", "王䶮", "13900001", "37100219700101", PIN)
PHONE = "13912345678"


@pytest.fixture(scope="session")
def panel(qapp):
    return touch_panel()


def check_operations(kiosk: Kiosk) -> None:
    """What the outbox says, carried out once more on nothing, gives the records that are kept."""
    ledger = Ledger()
    with kiosk.storage.database.reader() as connection:
        raw = [bytes(row[0]) for row in connection.execute("SELECT body FROM outbox ORDER BY op_seq")]
        kept = {
            table: {
                bytes(row[0]): bytes(row[1]) for row in connection.execute(f"SELECT id, body FROM {table}")
            }
            for table in ("worker", "employer", "listing", "placement")
        }
    for op in map(decode_operation, raw):
        for record in decide(op, ledger, kiosk.rules).puts:
            if not isinstance(record, Slip):
                ledger.put(record)
    made = {
        "worker": ledger.workers,
        "employer": ledger.employers,
        "listing": ledger.listings,
        "placement": ledger.placements,
    }
    for table, records in made.items():
        assert {key.bytes: encode(record) for key, record in records.items()} == kept[table], table


def one_window(window: Window, hammer: Hammer, size: Size, events: int, strangers: Sequence[QWidget]) -> None:
    """So many events in a window of that size; then everybody goes, and nothing of them is left."""
    shell = window.shell
    shell.resize(size.width, size.height)
    hammer.hammer(events)
    hand = Driver(shell, timeout=30)
    hand.settle()
    fault = shell.ctx.navigator.state.fault
    assert fault is None or fault.key != BUG, f"{fault}\n" + "\n".join(hammer.done)
    for _ in range(2):
        pass_time(hand, 200)
    if shell.ctx.navigator.state.fault is not None:
        shell.ctx.navigator.clear_fault()
    hand.wait_screen("welcome")
    assert not shell.ctx.navigator.attended
    assert [*in_widgets(GIVEN, strangers), *in_clipboard(GIVEN)] == []


@pytest.mark.slow
@pytest.mark.timeout(300)
@pytest.mark.parametrize("seed", [11, 12])
def test_a_hammering_child_leaves_a_living_consistent_kiosk(qapp, tmp_path, clock, panel, seed):
    strangers = qapp.allWidgets()
    kiosk = open_kiosk(tmp_path, clock)
    codes = market_morning(kiosk, clock)
    window = Window(kiosk, Outside(clock=clock, entropy=SystemEntropy()), Strings(strict=True), PORTRAIT)
    window.start()
    try:
        hammer = Hammer(window.shell, clock, seed, words=WORDS, codes=codes, screen=panel)
        for size in SIZES[seed % 2 :] + SIZES[: seed % 2]:
            one_window(window, hammer, size, EVENTS // len(SIZES), strangers)
        assert hammer.events >= EVENTS
        assert len(hammer.screens) > 8, sorted(hammer.screens)
        window.shell.resize(PORTRAIT.width, PORTRAIT.height)
        register(Driver(window.shell, timeout=30), name="欧阳海燕", phone=PHONE)
        assert len(kiosk.services().identify.workers_by_phone(PHONE)) == 1
    finally:
        window.stop()
        kiosk.close()
    again = open_kiosk(tmp_path, clock)
    check_records(again)
    check_operations(again)
    again.close()
