"""Lean pages: the same items in fewer bytes. What a listing costs on the wire is fixed here, on seeded listings."""

from dataclasses import replace
from uuid import UUID

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.protocol.codec import Malformed, decode, encode
from kiosk.protocol.compression import pack
from kiosk.protocol.lean import LeanPage, LeanRow, items_of, lean_of
from kiosk.protocol.messages import PULL_LIMIT, Item
from tests.storage.market import Market

#: The aim for a record on the wire, either way (docs/sync.md).
MOST_BYTES = 90


def listings(count):
    """As the benchmark has them: a market of a hundred thousand, a page out of its middle."""
    found = [replace(each, version=1) for each in Market().listings(count)]
    return [
        Item(entity="listing", id=each.id, seq=n, ver=1, body=msgspec.Raw(encode(each)))
        for n, each in enumerate(found, 40_001)
    ]


@pytest.mark.parametrize("numbered", [True, False])
def test_a_listing_takes_at_most_90_bytes_on_the_wire_and_more_as_an_item(numbered):
    items = tuple(listings(PULL_LIMIT))
    lean = pack(encode(lean_of(items, numbered=numbered)))
    assert len(lean) / PULL_LIMIT <= MOST_BYTES
    assert len(pack(encode(items))) > 1.1 * len(lean)


def test_changes_of_old_and_new_listings_with_gaps_between_take_at_most_90_bytes_too():
    items = listings(PULL_LIMIT)
    mixed = tuple(
        msgspec.structs.replace(items[(n * 1237) % PULL_LIMIT], seq=50_000 + 3 * n + n % 2)
        for n in range(PULL_LIMIT)
    )
    assert len(pack(encode(lean_of(mixed, numbered=True)))) / PULL_LIMIT <= MOST_BYTES


IDS = st.uuids(allow_nil=True)
OTHERS = st.sampled_from([b"{}", b"[]", b"[1]", b'"x"', b"0", b'{"seq":3}', '{"名":"王"}'.encode()])


@st.composite
def any_items(draw):
    items = []
    for n in range(draw(st.integers(0, 12))):
        own = draw(IDS)
        first = encode({"id": own, "of": draw(IDS), "words": draw(st.text(max_size=5))})
        only = encode({"id": own})
        foreign = encode({"id": draw(IDS), "x": 1})
        body = draw(st.sampled_from([first, only, foreign, draw(OTHERS), None]))
        items.append(
            Item(
                entity=draw(st.sampled_from(["listing", "lease", "verdict"])),
                id=own,
                seq=10 * n + draw(st.integers(1, 9)),
                ver=draw(st.integers(0, 2**62)),
                deleted=body is None,
                body=msgspec.Raw(b"null" if body is None else body),
            )
        )
    return tuple(items)


@given(any_items())
def test_the_same_items_come_out_byte_for_byte(items):
    for numbered in (True, False):
        page = decode(LeanPage, encode(lean_of(items, numbered=numbered)))
        wanted = items if numbered else [msgspec.structs.replace(each, seq=0) for each in items]
        found = items_of(page)
        assert [bytes(each.body) for each in found] == [bytes(each.body) for each in items]
        assert encode(found) == encode(wanted)


ROW = LeanRow("listing", 1, msgspec.Raw(b'{"a":1}'))
GOOD = LeanPage(times="0" * 12, chances="0" * 20, steps=(1,), rows=(ROW,))


def test_the_page_that_is_broken_below_is_a_good_one():
    assert items_of(GOOD)[0].id == UUID(int=0)


@pytest.mark.parametrize(
    "changes",
    [
        {"times": "0" * 11},
        {"times": "0" * 24},
        {"chances": ""},
        {"chances": "0" * 21},
        {"times": "g" * 12},
        {"times": "零" * 12},
        {"chances": '"' * 20},
        {"steps": (1, 1)},
        {"rows": ()},
        {"rows": (ROW, ROW)},
        {"rows": (LeanRow("listing", 1, msgspec.Raw(b"7")),)},
        {"rows": (LeanRow("listing", 1, msgspec.Raw(b"true")),)},
    ],
)
def test_parts_that_do_not_fit_are_no_page(changes):
    with pytest.raises(Malformed):
        items_of(msgspec.structs.replace(GOOD, **changes))
