"""The ID-card reader over a pty, and its frames against noise."""

from collections.abc import Iterator
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.devices import sdt
from kiosk.devices.id_card_reader import SdtCardReader
from kiosk.devices.lines import SerialLine
from kiosk.services.device_ports import DeviceFault, Fault, IdCard
from tests.devices.fakes import PHOTO, SdtReader, card_text

SIZES = (256).to_bytes(2, "big") + len(PHOTO).to_bytes(2, "big")
WANG = IdCard(name="王建国", id_number="371002197003031239", valid_until=date(2036, 3, 3))


@pytest.fixture
def simulated() -> Iterator[SdtReader]:
    reader = SdtReader(card=card_text())
    yield reader
    reader.close()


@pytest.fixture
def reader(simulated: SdtReader) -> Iterator[SdtCardReader]:
    driver = SdtCardReader(SerialLine(simulated.port, 115200), answer_seconds=10.0)
    yield driver
    driver.close()


def fault_of(reader: SdtCardReader) -> Fault:
    with pytest.raises(DeviceFault) as caught:
        reader.read()
    return next(each for each in Fault if caught.value.key == f"device.{each.value}")


def test_a_card_is_read(reader: SdtCardReader, simulated: SdtReader) -> None:
    assert reader.read() == WANG
    assert simulated.asked == [sdt.FIND, sdt.SELECT, sdt.READ_TEXT_AND_PHOTO]
    assert reader.read() == WANG


def test_the_command_is_what_the_makers_print_in_their_tables() -> None:
    assert sdt.command(sdt.FIND).hex() == "aaaaaa96690003200122"
    assert sdt.command(sdt.SELECT).hex() == "aaaaaa96690003200221"
    assert sdt.command(sdt.READ_TEXT_AND_PHOTO).hex() == "aaaaaa96690003300132"


def test_no_card_is_no_fault(reader: SdtCardReader, simulated: SdtReader) -> None:
    simulated.card = None
    assert reader.read() is None
    simulated.card = card_text()
    assert reader.read() == WANG


def test_noise_before_the_answer_is_passed_over(reader: SdtCardReader, simulated: SdtReader) -> None:
    simulated.noise = b"\x00\xaa\xaa\xaa\xaa\xff"
    assert reader.read() == WANG


@pytest.mark.parametrize("command", [0x20, 0x30])
def test_a_card_lifted_too_early(reader: SdtCardReader, simulated: SdtReader, command: int) -> None:
    simulated.fails_at = command
    if command == 0x20:
        assert reader.read() is None
    else:
        assert fault_of(reader) is Fault.CARD_UNREADABLE


def test_garbled_answers_are_told_and_recovered_from(reader: SdtCardReader, simulated: SdtReader) -> None:
    simulated.spoil = 1
    assert fault_of(reader) is Fault.CARD_READER_NOISE
    simulated.spoil = 0
    assert reader.read() == WANG


def test_an_answer_that_ends_in_the_middle(simulated: SdtReader) -> None:
    simulated.cut = 3
    reader = SdtCardReader(SerialLine(simulated.port, 115200), answer_seconds=0.3)
    assert fault_of(reader) is Fault.CARD_READER_NOISE
    reader.close()


def test_a_reader_that_does_not_answer(reader: SdtCardReader, simulated: SdtReader) -> None:
    assert reader.status() is None
    reader.close()
    simulated.deaf = True
    hasty = SdtCardReader(SerialLine(simulated.port, 115200), answer_seconds=0.1)
    assert fault_of(hasty) is Fault.CARD_READER_UNREACHABLE
    status = hasty.status()
    assert status is not None
    assert status.key == "device.card_reader_unreachable"


def test_a_reader_that_is_not_there() -> None:
    reader = SdtCardReader(SerialLine("/dev/no-such-reader", 115200))
    assert fault_of(reader) is Fault.CARD_READER_UNREACHABLE


@pytest.mark.parametrize(
    ("card", "expected"),
    [
        (card_text(until="长期"), IdCard(name="王建国", id_number=WANG.id_number, valid_until=None)),
        (card_text(name="𪚥𬭬"), IdCard(name="𪚥𬭬", id_number=WANG.id_number, valid_until=WANG.valid_until)),
        (card_text(kind="J"), WANG),
        (
            card_text(name="买买提·吐尔逊江", number="65010119800101123X"),
            IdCard(name="买买提·吐尔逊江", id_number="65010119800101123X", valid_until=WANG.valid_until),
        ),
    ],
)
def test_unusual_cards(card: bytes, expected: IdCard) -> None:
    assert sdt.card_of(data(card)) == expected


def test_a_foreigners_card_is_of_another_kind(reader: SdtCardReader, simulated: SdtReader) -> None:
    simulated.card = card_text(kind="I")
    assert fault_of(reader) is Fault.CARD_KIND


@pytest.mark.parametrize(
    "card",
    [card_text(name=""), card_text(number="12345"), card_text(until="20361303"), card_text(number="３" * 18)],
)
def test_cards_that_cannot_be(reader: SdtCardReader, simulated: SdtReader, card: bytes) -> None:
    simulated.card = card
    assert fault_of(reader) is Fault.CARD_READER_NOISE


def test_neither_photo_nor_person_shows_in_a_log(reader: SdtCardReader) -> None:
    card = reader.read()
    assert repr(card) == "IdCard(...)"
    answer = sdt.Answer(0x90, data(card_text()))
    assert "1284 bytes" in repr(answer)
    assert not any(isinstance(value, bytes) for value in (getattr(card, name) for name in IdCard.__slots__))
    assert PHOTO[:5].decode() not in repr(vars(reader))


@given(st.binary(max_size=400))
def test_any_bytes_are_an_answer_or_not_one(received: bytes) -> None:
    try:
        answer = sdt.take_answer(received)
    except sdt.FrameError:
        return
    assert answer is None or sdt.PREAMBLE in received


@given(st.binary(max_size=300), st.binary(max_size=20))
def test_a_whole_answer_is_found_behind_any_noise(content: bytes, noise: bytes) -> None:
    whole = sdt.command(b"\x00\x00\x90" + content)
    if sdt.PREAMBLE in noise + whole[:4]:
        return
    assert sdt.take_answer(noise + whole) == sdt.Answer(0x90, content)
    assert sdt.take_answer(noise + whole[:-1]) is None


@given(st.binary(max_size=300), st.integers(0), st.integers(1, 255))
def test_a_changed_byte_is_never_taken_for_the_answer(content: bytes, at: int, turn: int) -> None:
    whole = bytearray(sdt.command(b"\x00\x00\x90" + content))
    place = 7 + at % (len(whole) - 7)
    whole[place] ^= turn
    with pytest.raises(sdt.FrameError):
        sdt.take_answer(bytes(whole))


@given(
    st.one_of(
        st.binary(max_size=300), st.binary(min_size=256, max_size=256).map(lambda text: SIZES + text + PHOTO)
    )
)
def test_any_card_data_is_a_card_or_a_typed_error(content: bytes) -> None:
    try:
        card = sdt.card_of(content)
    except (sdt.FrameError, sdt.OtherKindError):
        return
    assert len(card.id_number) == 18


def data(text: bytes) -> bytes:
    return SIZES + text + PHOTO
