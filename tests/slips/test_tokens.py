"""The station's tokens behind the services' port."""

from datetime import timedelta

import pytest

from kiosk.domain.refusal import Refusal
from kiosk.domain.values import SlipKind
from kiosk.protocol.signing import KeyRing, RingKey
from kiosk.slips.tokens import StationTokens
from tests.slips.samples import CITY, KEY, NOW, RING, SUBJECT


@pytest.mark.parametrize("kind", SlipKind)
def test_what_the_station_issues_it_reads(kind: SlipKind) -> None:
    tokens = StationTokens(KEY, "WHHC01", CITY, lambda: RING)
    scanned = tokens.read(tokens.url(tokens.issue(kind.value, SUBJECT, 7, NOW)) + "\r\n", NOW)
    assert (scanned.kind, scanned.subject_id, scanned.number) == (kind.value, SUBJECT, 7)
    assert (scanned.kiosk, scanned.issued_at) == ("WHHC01", NOW)


def test_a_key_revoked_since_then_is_noticed() -> None:
    rings = [RING]
    tokens = StationTokens(KEY, "WHHC01", CITY, lambda: rings[-1])
    text = tokens.url(tokens.issue("job_slip", SUBJECT, 7, NOW))
    assert tokens.read(text, NOW).number == 7
    key = RingKey(public=KEY.public, station="WHHC01", valid_from=NOW - timedelta(days=1), revoked=True)
    rings.append(KeyRing.of([key]))
    with pytest.raises(Refusal) as caught:
        tokens.read(text, NOW)
    assert caught.value.key == "refusal.qr_revoked_key"


def test_an_unknown_kind_is_a_bug() -> None:
    with pytest.raises(ValueError, match="ticket"):
        StationTokens(KEY, "WHHC01", CITY, lambda: RING).issue("ticket", SUBJECT, 7, NOW)
