"""Printer, scanner, card reader and the station's phone are changed by staff: used at once, there after a restart."""

from dataclasses import replace

import msgspec
import pytest

from kiosk.bootstrap.kiosk import Kiosk
from kiosk.bootstrap.system import Outside, SystemEntropy
from kiosk.services.station_config import SETTING, PrinterKind
from kiosk.ui.strings import Strings
from tests.devices.fakes import SerialDevice
from tests.e2e.program import program
from tests.e2e.test_morning import sign_in
from tests.fakes import FakeClock
from tests.kiosk_fixture import open_kiosk, settings_in, setup_form

FOREIGN = b"nothing of ours\r\n"


@pytest.fixture
def ports():
    devices = [SerialDevice(), SerialDevice()]
    yield devices
    for device in devices:
        device.close()


def to_devices(hand):
    sign_in(hand)
    hand.tap("本机")
    hand.wait_screen("staff_machine")
    hand.tap("设备和电话")
    hand.wait_screen("staff_devices")


def warns_after(hand, clock, seconds):
    """Whether a visit is warned then, and not before."""
    hand.tap("找活干")
    hand.wait_screen("trades")
    idle, warned = hand.window.ctx.gate.idle, []
    for passed in (seconds - 1, 1):
        clock.advance(passed)
        idle.check()
        warned.append(idle.warning)
    hand.tap("我还在，继续")
    hand.window.ctx.navigator.leave_all()
    hand.wait_screen("welcome")
    return warned == [False, True]


def type_anew(hand, field, text):
    hand.clear(field)
    hand.type(field, text)


def test_another_scanner_is_heard_at_once_and_after_a_restart(qapp, tmp_path, ports):
    old, new = ports
    open_kiosk(tmp_path, FakeClock(), form=setup_form(scanner=old.port)).close()
    with program(tmp_path) as running:
        hand = running.start()
        hand.wait_screen("welcome")
        to_devices(hand)
        form = hand.window.current_screen.fields
        assert form["scanner"].text == old.port
        type_anew(hand, "scanner", new.port)
        hand.type("station_phone", "0631-5200000")
        before = running.running.shell
        hand.tap("保存")
        hand.wait(lambda: running.running.shell is not before, "the kiosk is not put together again")
        hand = running.wait_for("staff_machine")  # still signed in, and told that it is saved
        assert running.running.shell is not before
        hand.wait_text(running.strings.text("staff.devices_saved"))
        assert hand.window.ctx.navigator.staff.number == 1
        hand.tap("首页")
        hand.wait_screen("staff")
        hand.tap(running.strings.text("staff.sign_out"))
        hand.wait_screen("welcome")
        hand.tap("我的")
        hand.wait_screen("identify")
        new.say(FOREIGN)
        hand.wait_text(running.strings.text("refusal.qr_foreign"))
    again = Kiosk(
        settings_in(tmp_path), Outside(clock=FakeClock(), entropy=SystemEntropy()), Strings(strict=True)
    )
    again.open()
    assert again.config is not None
    assert (again.config.scanner, again.config.phone) == (new.port, "0631-5200000")
    assert again.config.printer is PrinterKind.FOLDER
    with again.storage.database.reader() as connection:
        audited = connection.execute("SELECT actor FROM audit WHERE action = 'station.devices'").fetchall()
    assert [actor.partition(":")[0] for (actor,) in audited] == ["staff"]
    again.close()


def test_how_long_nobody_may_be_there_holds_at_once_and_after_a_restart(qapp, tmp_path, clock):
    open_kiosk(tmp_path, clock).close()
    with program(tmp_path, clock=clock) as running:
        hand = running.start()
        hand.wait_screen("welcome")
        assert warns_after(hand, clock, 120)
        to_devices(hand)
        before = running.running.shell
        hand.tap("180 秒")
        hand.tap("保存")
        hand.wait(lambda: running.running.shell is not before, "the kiosk is not put together again")
        hand = running.wait_for("staff_machine")
        hand.tap("设备和电话")
        hand.wait_screen("staff_devices")
        assert hand.window.current_screen.devices.idle.value == 180
        hand.window.ctx.navigator.leave_all()
        hand.wait_screen("welcome")
        assert warns_after(hand, clock, 180)
    with program(tmp_path, clock=clock) as running:
        hand = running.start()
        hand.wait_screen("welcome")
        assert warns_after(hand, clock, 180)


@pytest.mark.parametrize(("said", "used"), [(0, 60), (59, 60), (60, 60), (300, 300)])
def test_nobody_is_hurried_whatever_the_database_says(tmp_path, said, used):
    kiosk = open_kiosk(tmp_path, FakeClock())
    config = replace(kiosk.config, idle_seconds=said)
    with kiosk.storage.unit_of_work() as uow:
        uow.put_setting(SETTING, msgspec.json.encode(config))
        uow.commit()
    kiosk.reload()
    assert kiosk.config.idle_seconds == used
    kiosk.close()


@pytest.mark.parametrize(
    ("field", "text", "refusal"),
    [
        ("card_reader", "/dev/ttyS7", "refusal.port_taken"),
        ("station_phone", "abc", "refusal.station_phone"),
        ("panel_inch", "3", "refusal.panel_inch"),
    ],
)
def test_what_cannot_be_is_said_beside_its_field_and_changes_nothing(qapp, tmp_path, field, text, refusal):
    open_kiosk(tmp_path, FakeClock(), form=setup_form(scanner="/dev/ttyS7")).close()
    with program(tmp_path) as running:
        hand = running.start()
        hand.wait_screen("welcome")
        to_devices(hand)
        before = running.kiosk.config
        type_anew(hand, field, text)
        hand.tap("保存")
        said = running.strings.text(refusal, minimum=7, limit=98)
        page = hand.window.current_screen
        hand.wait(lambda: any(said in str(each.property("error")) for each in page.fields.values()), said)
        assert page.fields[field].text == text
        running.kiosk.reload()
        assert running.kiosk.config == before
