"""Scanner and card reader on serial lines of their own, at the far end of a pty, in front of a real kiosk."""

from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest
from PySide6.QtWidgets import QApplication

from kiosk.bootstrap.kiosk import Kiosk
from kiosk.bootstrap.readers import make_card_reader, scanner_fault
from kiosk.domain.refusal import Refusal
from kiosk.services.context import SELF
from kiosk.services.workers import WorkerForm
from kiosk.ui.screens.people import IdentifyParams
from kiosk.ui.screens.register.draft import RegisterDraft
from kiosk.ui.strings import Strings
from tests.devices.fakes import SdtReader, SerialDevice, card_text
from tests.e2e.forms import say_who
from tests.e2e.stage import PORTRAIT, Stage
from tests.fakes import FakeClock
from tests.kiosk_fixture import open_kiosk, setup_form

NAME, ID_NUMBER, PHONE = "王建国", "371002197003031232", "13806311234"
CHILD_ID = "371002201301014325"


@pytest.fixture
def reader() -> Iterator[SdtReader]:
    simulated = SdtReader()
    yield simulated
    simulated.close()


@pytest.fixture
def scanner() -> Iterator[SerialDevice]:
    device = SerialDevice()
    yield device
    device.close()


@pytest.fixture
def kiosk(tmp_path: Path, reader: SdtReader, scanner: SerialDevice) -> Iterator[Kiosk]:
    form = setup_form(scanner=scanner.port, card_reader=f"{reader.port}@115200")
    opened = open_kiosk(tmp_path, FakeClock(), Strings(strict=True), form=form)
    yield opened
    opened.close()


@pytest.fixture
def stage(qapp: QApplication, kiosk: Kiosk) -> Iterator[Stage]:
    stood = Stage(kiosk, FakeClock(), Strings(strict=True), PORTRAIT)
    yield stood
    stood.window.stop()
    qapp.processEvents()


def to_who(stage: Stage) -> None:
    stage.begin()
    stage.tap("welcome.register")
    stage.hand.wait_screen("register_consent")
    stage.tap("consent.agree")
    stage.hand.wait_screen("register_who")


def read_in(stage: Stage, field: str, text: str) -> None:
    page = stage.shell.current_screen
    stage.hand.wait(lambda: page.fields[field].text == text, f"{field} is not filled")


def said(stage: Stage) -> tuple[str, str, str]:
    """Name, phone and ID number that the registration has."""
    form = stage.shell.ctx.visit.draft(RegisterDraft).form
    return form.name, form.phone, form.id_number


def test_a_card_fills_name_and_number_and_the_phone_alone_is_asked_for(
    stage: Stage, reader: SdtReader
) -> None:
    to_who(stage)
    reader.card = card_text(NAME, ID_NUMBER)
    stage.hand.wait_screen("register_phone")
    reader.card = None
    assert stage.dock.field is stage.shell.current_screen.fields["phone"].line
    stage.hand.type("phone", PHONE)
    stage.tap("common.next")
    stage.hand.wait_screen("register_trades")
    assert said(stage) == (NAME, PHONE, ID_NUMBER)


def test_a_card_is_taken_where_the_phone_is_asked(stage: Stage, reader: SdtReader) -> None:
    to_who(stage)
    say_who(stage.hand, "王健国", to="register_phone")
    reader.card = card_text(NAME, ID_NUMBER)
    stage.hand.wait_text(stage.word("register.card_read", name=NAME))
    assert stage.hand.screen == "register_phone"
    stage.hand.type("phone", PHONE)
    stage.tap("common.next")
    stage.hand.wait_screen("register_trades")
    assert said(stage) == (NAME, PHONE, ID_NUMBER)


def test_a_card_is_taken_where_its_number_is_asked(stage: Stage, reader: SdtReader) -> None:
    to_who(stage)
    say_who(stage.hand, NAME, PHONE, to="register_id")
    reader.card = card_text(NAME, ID_NUMBER)
    stage.hand.wait_screen("register_trades")
    stage.hand.back()
    stage.hand.wait_screen("register_id")
    read_in(stage, "id_number", ID_NUMBER)


def test_a_card_takes_no_place_without_a_touch(stage: Stage, reader: SdtReader) -> None:
    stage.begin()
    stage.shell.ctx.navigator.show("identify", IdentifyParams(listing_id=uuid4()))
    stage.hand.wait_screen("identify")
    stage.hand.type("phone", PHONE)
    stage.tap("identify.first_time")
    stage.hand.wait_screen("register_consent")
    stage.tap("consent.agree")
    stage.hand.wait_screen("register_who")
    reader.card = card_text(NAME, ID_NUMBER)
    read_in(stage, "name", NAME)
    stage.hand.settle()
    assert stage.hand.screen == "register_who"
    assert stage.hand.has(stage.word("register.quick"))


def test_a_card_of_somebody_too_young_is_said_where_its_number_is_asked(
    stage: Stage, reader: SdtReader
) -> None:
    to_who(stage)
    reader.card = card_text(NAME, CHILD_ID)
    stage.hand.wait_screen("register_id")
    stage.hand.wait_text(stage.word("refusal.under_age", minimum=16))


def test_nobody_reads_a_card_that_nobody_asked_for(stage: Stage, reader: SdtReader) -> None:
    reader.card = card_text(NAME, ID_NUMBER)
    stage.begin()
    stage.tap("welcome.find")
    stage.hand.wait_screen("trades")
    assert b"\x30" not in {asked[:1] for asked in reader.asked}


def test_a_card_says_who_somebody_is_and_a_new_one_begins_the_registration(
    stage: Stage, reader: SdtReader
) -> None:
    stage.begin()
    stage.tap("welcome.mine")
    stage.hand.wait_screen("identify")
    reader.card = card_text(NAME, ID_NUMBER)
    stage.hand.wait_screen("register_consent")
    reader.card = None
    stage.tap("consent.agree")
    stage.hand.wait_screen("register_phone")
    assert said(stage) == (NAME, "", ID_NUMBER)
    stage.hand.back()
    stage.hand.wait_screen("register_consent")
    stage.services.workers.register(
        WorkerForm(name=NAME, phone=PHONE, id_number=ID_NUMBER, consent=True), SELF
    )
    stage.begin()
    stage.tap("welcome.mine")
    stage.hand.wait_screen("identify")
    reader.card = card_text(NAME, ID_NUMBER)
    stage.hand.wait_screen("mine")


def test_an_unreadable_card_is_said_and_the_fields_stay(stage: Stage, reader: SdtReader) -> None:
    to_who(stage)
    stage.hand.type("name", NAME)
    reader.fails_at = 0x30
    reader.card = card_text(NAME, ID_NUMBER)
    stage.hand.wait_text(stage.word("device.card_unreadable"))
    assert stage.shell.current_screen.fields["name"].text == NAME


def test_a_serial_scanner_is_heard_on_the_screen(stage: Stage, scanner: SerialDevice) -> None:
    stage.begin()
    stage.tap("welcome.mine")
    stage.hand.wait_screen("identify")
    scanner.say(b"nothing of ours\r\n")
    stage.hand.wait_text(stage.word("refusal.qr_foreign"))


def test_the_doctor_sees_both(kiosk: Kiosk, reader: SdtReader, scanner: SerialDevice) -> None:
    assert kiosk.config is not None
    driver = make_card_reader(kiosk.config)
    assert driver is not None
    assert driver.status() is None
    assert scanner_fault(kiosk.config) is None
    driver.close()


def test_two_devices_on_one_port_are_refused(tmp_path: Path) -> None:
    with pytest.raises(Refusal, match="port_taken"):
        open_kiosk(tmp_path, FakeClock(), form=setup_form(scanner="/dev/ttyS0", card_reader="/dev/ttyS0"))
