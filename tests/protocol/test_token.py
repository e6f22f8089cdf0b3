"""The token in a slip's QR code: what is accepted, and that nothing else ever is."""

import base64
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.domain.refusal import Refusal
from kiosk.protocol.signing import KeyRing, RingKey, SigningKey, verify
from kiosk.protocol.token import (
    CONTEXT,
    LIFETIME,
    WIRE,
    City,
    SlipToken,
    TokenKind,
    issue,
    pack,
    read,
    unpack,
    url,
)

NOW = datetime(2026, 3, 2, 5, 12, 30, tzinfo=UTC)
WEIHAI = City(code="371000", host="gig.weihai.example")
YANTAI = City(code="370600", host="gig.yantai.example")
KEY = SigningKey(bytes(range(32)))
SUBJECT = UUID("0195555a-1d2e-7abc-8def-0123456789ab")
RING = KeyRing.of([RingKey(public=KEY.public, station="WHHC01", valid_from=NOW - timedelta(days=30))])
KEYS_OF_REFUSALS = {
    "refusal.qr_foreign",
    "refusal.qr_damaged",
    "refusal.qr_forged",
    "refusal.qr_unknown_key",
    "refusal.qr_revoked_key",
    "refusal.qr_expired",
    "refusal.qr_other_city",
    "refusal.qr_newer_version",
}


def made(
    kind: TokenKind = TokenKind.JOB_SLIP,
    *,
    number: int = 128,
    station: str = "WHHC01",
    issued_at: datetime = NOW,
    key: SigningKey = KEY,
    city: City = WEIHAI,
) -> str:
    token = issue(
        kind=kind, subject=SUBJECT, number=number, station=station, issued_at=issued_at, key=key, city=city
    )
    return url(token, city)


def refused(text: str, *, ring: KeyRing = RING, now: datetime = NOW, city: City = WEIHAI) -> Refusal:
    with pytest.raises(Refusal) as caught:
        read(text, ring, now, city)
    assert caught.value.key in KEYS_OF_REFUSALS
    return caught.value


def signed(head: bytes) -> str:
    """A token over any bytes at all, rightly signed: what a faulty or future program of ours might print."""
    return f"https://{WEIHAI.host}/s/{pack(head + KEY.sign(CONTEXT, head))}"


def payload(text: str) -> bytes:
    return unpack(text.rsplit("/", 1)[1])


@given(
    kind=st.sampled_from(TokenKind),
    subject=st.uuids(),
    number=st.integers(0, 2**32 - 1),
    station=st.from_regex(r"[A-Z0-9\-]{1,16}", fullmatch=True),
    issued=st.datetimes(datetime(1970, 1, 1), datetime(2100, 1, 1)),  # noqa: DTZ001 - made aware below
)
def test_what_was_issued_is_read_back(
    kind: TokenKind, subject: UUID, number: int, station: str, issued: datetime
) -> None:
    at = issued.replace(tzinfo=UTC, microsecond=0)
    ring = KeyRing.of([RingKey(public=KEY.public, station=station, valid_from=at)])
    text = issue(
        kind=kind, subject=subject, number=number, station=station, issued_at=at, key=KEY, city=WEIHAI
    )
    assert read(url(text, WEIHAI), ring, at, WEIHAI) == SlipToken(
        kind=kind,
        city="371000",
        subject=subject,
        number=number,
        station=station,
        issued_at=at,
        key_id=KEY.key_id,
    )


def test_it_fits_a_small_code() -> None:
    assert len(made()) < 200


@pytest.mark.parametrize(
    "bent",
    [
        "{0}\r\n",
        "{0}\n",
        "\t {0} ",
        "]Q1{0}",
        "QR:{0}",
        "\x02{0}\x03",
        "\ufeff{0}",
        "{0}/",
        "{0}?from=singlemessage",
        "{0}#top",
    ],
)
def test_scanners_may_wrap_the_text(bent: str) -> None:
    assert read(bent.format(made()), RING, NOW, WEIHAI).number == 128


def test_scanners_may_change_the_case() -> None:
    assert read(made().upper(), RING, NOW, WEIHAI) == read(made().lower(), RING, NOW, WEIHAI)


def test_an_input_method_may_make_it_full_width() -> None:
    wide = "".join(chr(ord(char) + 0xFEE0) if "!" <= char <= "~" else char for char in made())
    assert read(wide, RING, NOW, WEIHAI).number == 128
    chinese = made().replace("/", "、").replace(".", "。").replace(":", "：")
    assert read(chinese, RING, NOW, WEIHAI).number == 128


def test_a_moved_host_keeps_the_slips() -> None:
    moved = City(code="371000", host="127.0.0.1:8443")
    assert read(made(), RING, NOW, moved).number == 128


@pytest.mark.parametrize(
    "text",
    [
        "",
        "\r\n",
        "6901028075831",
        "https://u.wechat.com/EAAAAB",
        "https://other.example/s/abc",
        "https://gig.weihai.example/jobs",
        "WIFI:T:WPA;S:market;P:12345678;;",
        "张三 13800138000",
        "x" * 100_000,
        "https://gig.weihai.example/s/" + "A" * 5000,
    ],
)
def test_codes_of_others_are_foreign(text: str) -> None:
    assert refused(text).key == "refusal.qr_foreign"


@pytest.mark.parametrize("cut", [1, 5, 40, 120])
def test_a_code_cut_short_is_damaged(cut: int) -> None:
    assert refused(made()[:-cut]).key == "refusal.qr_damaged"


def test_a_stranger_with_our_form_is_unknown_and_with_our_key_name_forged() -> None:
    stranger = SigningKey(b"s" * 32)
    assert refused(made(key=stranger)).key == "refusal.qr_unknown_key"
    head = payload(made())[:-64]
    forged = f"https://{WEIHAI.host}/s/{pack(head + stranger.sign(CONTEXT, head))}"
    assert refused(forged).key == "refusal.qr_forged"


def test_a_signature_for_something_else_is_forged() -> None:
    head = payload(made())[:-64]
    text = f"https://{WEIHAI.host}/s/{pack(head + KEY.sign(b'push-batch/1', head))}"
    assert refused(text).key == "refusal.qr_forged"


def test_one_station_cannot_sign_for_another() -> None:
    assert refused(made(station="WHHC02")).key == "refusal.qr_forged"
    city_key = KeyRing.of([RingKey(public=KEY.public, station=None, valid_from=NOW)])
    assert read(made(station="WHHC02"), city_key, NOW, WEIHAI).station == "WHHC02"


def test_a_revoked_key_spoils_all_its_slips() -> None:
    old = made(issued_at=NOW - timedelta(days=20))
    ring = RING.with_key(
        RingKey(public=KEY.public, station="WHHC01", valid_from=NOW - timedelta(days=30), revoked=True)
    )
    assert len(ring.keys) == 1
    assert refused(old, ring=ring).key == "refusal.qr_revoked_key"


def test_a_retired_key_keeps_its_old_slips_and_signs_no_new_ones() -> None:
    ring = KeyRing.of(
        [RingKey(public=KEY.public, station=None, valid_from=NOW - timedelta(days=9), valid_until=NOW)]
    )
    assert read(made(issued_at=NOW - timedelta(days=1)), ring, NOW, WEIHAI).number == 128
    assert refused(made(issued_at=NOW), ring=ring).key == "refusal.qr_revoked_key"
    assert refused(made(issued_at=NOW - timedelta(days=10)), ring=ring).key == "refusal.qr_revoked_key"


def test_another_city_is_named() -> None:
    refusal = refused(made(city=YANTAI))
    assert (refusal.key, refusal.params) == ("refusal.qr_other_city", {"city": "370600"})


@pytest.mark.parametrize("kind", LIFETIME)
def test_tokens_expire(kind: TokenKind) -> None:
    text = made(kind)
    last = NOW + LIFETIME[kind]
    assert read(text, RING, last, WEIHAI).kind is kind
    assert refused(text, now=last + timedelta(seconds=1)).key == "refusal.qr_expired"


def test_evidence_never_expires() -> None:
    later = NOW + timedelta(days=365 * 30)
    assert read(made(TokenKind.WAGE_RECORD), RING, later, WEIHAI).kind is TokenKind.WAGE_RECORD


def test_a_kiosk_whose_clock_says_1970_still_reads_slips() -> None:
    assert read(made(), RING, datetime(1970, 1, 1, tzinfo=UTC), WEIHAI).number == 128


def test_a_newer_program_is_told_from_a_forger() -> None:
    head = payload(made())[:-64]
    assert refused(signed(bytes((2,)) + head[1:])).key == "refusal.qr_newer_version"
    assert refused(signed(bytes((1, 200)) + head[2:])).key == "refusal.qr_newer_version"
    assert refused(signed(bytes((0,)) + head[1:])).key == "refusal.qr_forged"


@pytest.mark.parametrize(
    ("number", "station", "city", "at"),
    [
        (-1, "WH01", WEIHAI, NOW),
        (2**32, "WH01", WEIHAI, NOW),
        (1, "", WEIHAI, NOW),
        (1, "wh01", WEIHAI, NOW),
        (1, "W" * 17, WEIHAI, NOW),
        (1, "WH01", City(code="3710", host="h"), NOW),
        (1, "WH01", WEIHAI, datetime(1969, 12, 31, tzinfo=UTC)),
        (1, "WH01", WEIHAI, datetime(2200, 1, 1, tzinfo=UTC)),
    ],
)
def test_the_caller_cannot_issue_nonsense(number: int, station: str, city: City, at: datetime) -> None:
    with pytest.raises(ValueError, match=r"."):
        made(number=number, station=station, city=city, issued_at=at)


def test_every_kind_has_a_number_of_its_own() -> None:
    assert set(WIRE) == set(TokenKind)
    assert len(set(WIRE.values())) == len(WIRE)


@given(st.text())
def test_any_text_is_refused(text: str) -> None:
    refused(text)


@given(st.binary(max_size=300))
def test_any_bytes_in_our_form_are_refused(data: bytes) -> None:
    refused(f"https://{WEIHAI.host}/s/{pack(data)}")


@given(st.binary(max_size=120))
def test_any_head_that_we_did_sign_never_crashes(head: bytes) -> None:
    refused(signed(head))


@given(st.integers(min_value=0), st.booleans())
def test_a_flipped_bit_is_never_accepted(at: int, checksum_too: bool) -> None:
    data = bytearray(payload(made()) if checksum_too else raw(made()))
    data[at // 8 % len(data)] ^= 1 << at % 8
    letters = pack(bytes(data)) if checksum_too else base64.b32encode(data).decode().rstrip("=")
    refused(f"https://{WEIHAI.host}/s/{letters}")


@given(st.integers(0), st.characters())
def test_a_changed_letter_is_refused_or_means_the_same(at: int, char: str) -> None:
    text = made()
    place = at % len(text)
    bent = text[:place] + char + text[place + 1 :]
    try:
        token = read(bent, RING, NOW, WEIHAI)
    except Refusal:
        return
    assert token == read(text, RING, NOW, WEIHAI)


def test_one_token_has_one_spelling() -> None:
    letters = made().rsplit("/", 1)[1]
    alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"
    spellings = [letters[:-1] + last for last in alphabet if last != letters[-1]]
    for spelling in spellings:
        refused(f"https://{WEIHAI.host}/s/{spelling}")


def test_a_signing_key_does_not_show_itself() -> None:
    assert "seed" not in repr(KEY)
    assert repr(bytes(range(32)))[2:20] not in repr(KEY)


def test_a_signature_holds_for_its_message_key_and_context_only() -> None:
    signature = KEY.sign(b"a", b"bc")
    assert verify(KEY.public, b"a", b"bc", signature)
    assert not verify(KEY.public, b"ab", b"c", signature)
    assert not verify(KEY.public, b"a", b"bd", signature)
    assert not verify(SigningKey(b"o" * 32).public, b"a", b"bc", signature)
    assert not verify(b"short", b"a", b"bc", signature)


def raw(text: str) -> bytes:
    letters = text.rsplit("/", 1)[1]
    return base64.b32decode(letters + "=" * (-len(letters) % 8))
