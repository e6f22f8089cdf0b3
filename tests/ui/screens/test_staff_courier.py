"""Staff and a stick: what can be done is a row each, and what came of it is said."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

from kiosk.domain.refusal import Refusal
from kiosk.services.courier_ports import CourierFile, Exported, Load, Stick, TakenIn
from tests.kiosk_fixture import PIN

AT = datetime(2026, 3, 7, 22, 10, tzinfo=UTC)
STICK = Stick(path=Path("/media/KINGSTON"), name="KINGSTON", free=7_900_000_000, writable=True)
LOAD = Load(file_id=UUID(int=1), kiosk="WHC7", made_at=AT, parts=9, done=3)
FILE = CourierFile(
    path=STICK.path / "x", file_id=UUID(int=2), kiosk="WHC2", made_at=AT, answers=False, ours=False
)


class Desk:
    """A courier's desk with what the test puts there."""

    def __init__(self, sticks=(STICK,), files=(), loads=()):
        self._sticks, self._files, self._loads = sticks, files, loads
        self.refusal = None
        self.done = []
        self.reason = ""
        self.broken = ()

    def sticks(self):
        return self._sticks

    def files(self, stick):
        return self._files

    def loads(self):
        return self._loads

    def unreadable(self, stick):
        return self.broken

    def export(self, stick, progress, *, anew=False):
        return self._do("anew" if anew else "export", progress, Exported(name="x", operations=12, more=False))

    def take_in(self, file, progress):
        taken = TakenIn(
            carried=not file.answers, settled=8, pulled=30, problem=self._problem(file), reason=self.reason
        )
        return self._do("take_in", progress, taken)

    def bring_back(self, load, stick, progress):
        return self._do("bring_back", progress, "x")

    @staticmethod
    def _problem(file):
        return "sync.revoked" if file.kiosk == "WHC1" else ""

    def _do(self, what, progress, result):
        self.done.append(what)
        progress(1, 2)
        if self.refusal is not None:
            raise self.refusal
        return result


def opened(house, desk):
    hand = house.start()
    ctx = house.shell.ctx
    ctx.navigator.sign_in(house.services.staff.sign_in("1", PIN))
    house.shell.ctx.navigator.show("staff_sync")
    hand.wait_screen("staff_sync")
    object.__setattr__(ctx, "services", replace(ctx.services, courier=desk))
    house.tap("courier.open")
    hand.wait_screen("staff_courier")
    return hand


def test_a_kiosk_of_no_city_is_told_so(house):
    opened(house, None).wait_text(house.text("courier.no_city"))


def test_no_stick(house):
    desk = Desk(sticks=())
    hand = opened(house, desk)
    hand.wait_text(house.text("courier.no_stick"))
    desk._sticks = (STICK,)
    house.tap("courier.look")
    hand.wait_text(house.text("courier.export", stick="KINGSTON"))


def test_one_touch_writes_and_says_how_much(house):
    desk = Desk()
    hand = opened(house, desk)
    hand.tap(house.text("courier.export", stick="KINGSTON"))
    hand.wait_text(house.text("courier.exported", n=12))
    assert desk.done == ["export"]


def test_a_full_stick_is_said_and_can_be_tried_again(house):
    desk = Desk()
    desk.refusal = Refusal("refusal.courier_full")
    hand = opened(house, desk)
    hand.tap(house.text("courier.export", stick="KINGSTON"))
    hand.wait_text(house.text("refusal.courier_full"))
    desk.refusal = None
    hand.tap(house.text("courier.export", stick="KINGSTON"))
    hand.wait_text(house.text("courier.exported", n=12))
    hand.wait_gone(house.text("refusal.courier_full"))


def test_files_loads_and_a_read_only_stick_have_their_rows(house):
    answers = replace(FILE, answers=True, ours=True, kiosk="WHC1")
    read_only = replace(STICK, name="OLD", writable=False)
    desk = Desk(sticks=(read_only,), files=(FILE, answers), loads=(LOAD,))
    hand = opened(house, desk)
    hand.wait_text(house.text("courier.read_only_note"))
    hand.tap(house.text("courier.export", stick="OLD"))
    assert desk.done == []
    hand.wait_text(house.text("courier.waits", kiosk="WHC7", done=3, total=9))
    hand.tap(house.text("courier.carry", kiosk="WHC2"))
    hand.wait_text(house.text("courier.carried"))
    hand.tap(house.text("courier.answers"))
    hand.wait_text(house.text("courier.refused", why=house.text("sync.revoked")))


def test_why_the_city_has_shut_the_kiosk_out_is_said(house):
    desk = Desk(files=(replace(FILE, answers=True, ours=True, kiosk="WHC1"),))
    desk.reason = "驿站搬走了"
    hand = opened(house, desk)
    hand.tap(house.text("courier.answers"))
    hand.wait_text(house.text("courier.refused_because", why=house.text("sync.revoked"), reason="驿站搬走了"))


def test_what_cannot_be_used_is_said_and_does_nothing(house):
    desk = Desk(files=(replace(FILE, answers=True, kiosk="WHC9"),))
    desk.broken = ("gig-WHC1-x.gig-down",)
    hand = opened(house, desk)
    hand.tap(house.text("refusal.courier_not_ours", kiosk="WHC9"))
    hand.tap(house.text("refusal.courier_damaged"))
    hand.wait_text("gig-WHC1-x.gig-down")
    assert desk.done == []
    hand.tap(house.text("courier.anew", stick="KINGSTON"))
    hand.wait_text(house.text("courier.exported", n=12))
    assert desk.done == ["anew"]


def test_answers_are_taken_back(house):
    desk = Desk(loads=(replace(LOAD, done=9),))
    hand = opened(house, desk)
    hand.tap(house.text("courier.bring", stick="KINGSTON", kiosk="WHC7"))
    hand.wait_text(house.text("courier.brought"))
    assert desk.done == ["bring_back"]
