"""Three thousand random touches, words, keys and scans: the kiosk lives, and its records agree with each other."""

from uuid import UUID

import pytest

from kiosk.bootstrap.kiosk import Kiosk, Outside
from kiosk.bootstrap.system import SystemEntropy
from kiosk.bootstrap.window import Window
from kiosk.domain.values import HOLDING
from kiosk.services.context import SELF
from kiosk.ui.strings import Strings
from tests.e2e.driver import Driver
from tests.e2e.market import LANDSCAPE, PORTRAIT
from tests.e2e.monkey import Monkey
from tests.kiosk_fixture import PIN, open_kiosk
from tests.services.conftest import Market

WORDS = (
    "name=丛建国",
    "name=王䶮",
    "name=王😀",
    "name=" + "长" * 60,
    "phone=13900001000",
    "phone=13900001001",
    "phone=1390000",
    "id_number=371002197001010016",
    "id_number=371002197001010019",
    "wage=220",
    "wage=-1",
    "tail=1000",
    "tail=1001",
    "staff_number=1",
    "pin=" + PIN,
    "pay=240",
    "pay=100",
    "pay=99999999999",
    "headcount=3",
    "headcount=0",
    "title=搬家，三楼",
    "title=" + "搬" * 400,
    "address=海滨路12号",
    "address=海滨路\n12号",
    "search=搬",
    "search=\"'%_*()",
    "reason=说不清楚",
    "contact_name=鞠春生",
    "contact_phone=13900002222",
    "credit_code=91371000MA3C4D5E60",
    "city_url=http://127.0.0.1:9",
    "enrol_token=ABCD-EFGH",
)


def market_morning(kiosk: Kiosk, clock) -> tuple[str, ...]:
    """Something to find, people to be; the codes of their slips, and codes of others."""
    market = Market(kiosk, clock)
    cards = [market.worker(name=f"丛建{at}") for at in "国军民"]
    posted = [market.published(headcount=str(at), title=f"搬家，{at}楼") for at in (1, 2, 3)]
    full = market.services.placements.apply(cards[0].worker.id, posted[0].listing.id, SELF)
    slips = [each.slip.content.qr for each in (*cards, *posted)] + [full.slip.content.qr]
    return (*slips, "6901234567892", "https://example.com/s/ABC", "hello")


def check_records(kiosk: Kiosk) -> None:
    """What must hold whatever anybody does."""
    with kiosk.storage.database.reader() as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
        seqs = [row[0] for row in connection.execute("SELECT op_seq FROM outbox ORDER BY op_seq")]
        ids = [row[0] for row in connection.execute("SELECT id FROM listing")]
    assert seqs == list(range(1, len(seqs) + 1))
    read = kiosk.storage.read
    for raw in ids:
        listing = read.listing(UUID(bytes=bytes(raw)))
        assert listing is not None
        holding = [each for each in read.placements_of_listing(listing.id) if each.status in HOLDING]
        assert len(holding) == listing.taken <= listing.terms.headcount


@pytest.mark.slow
@pytest.mark.timeout(600)
@pytest.mark.parametrize(
    ("seed", "size"), [(1, PORTRAIT), (2, LANDSCAPE), (3, PORTRAIT)], ids=["portrait", "landscape", "again"]
)
def test_a_thousand_random_touches_leave_a_living_consistent_kiosk(qapp, tmp_path, clock, seed, size):
    kiosk = open_kiosk(tmp_path, clock)
    codes = market_morning(kiosk, clock)
    window = Window(kiosk, Outside(clock=clock, entropy=SystemEntropy()), Strings(strict=True), size)
    window.start()
    try:
        monkey = Monkey(window.shell, clock, seed, words=WORDS, codes=codes)
        monkey.play(1000)
        assert len(monkey.screens) > 15, sorted(monkey.screens)
        clock.advance(200)
        window.shell.ctx.gate.idle.check()
        hand = Driver(window.shell)
        hand.wait_screen("welcome")
        hand.tap("找活干")
        hand.wait_screen("trades")
    finally:
        window.stop()
        kiosk.close()
    again = open_kiosk(tmp_path, clock)
    check_records(again)
    again.close()
