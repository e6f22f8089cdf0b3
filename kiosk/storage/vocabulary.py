"""What people call trades and places: words that a listing is found by though it does not contain them."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import msgspec

from kiosk.domain.normalise import Simplified
from kiosk.domain.records import Listing
from kiosk.domain.reference import Level, Reference
from kiosk.storage.tokens import Folder


class SearchedTerms(msgspec.Struct, frozen=True, gc=False):
    """What a listing's terms are found by."""

    trade: str
    title: str
    region: str
    address: str
    meeting_place: str
    requirements: str


class SearchedListing(msgspec.Struct, frozen=True, gc=False):
    """What a listing is found by: read from its bytes, all the rest of them is skipped."""

    employer_name: str
    terms: SearchedTerms


Searched = Listing | SearchedListing


@dataclass(frozen=True, slots=True, kw_only=True)
class Vocabulary:
    """Search words by code, and the table of simplified characters. The empty one finds what the listing says.

    A changed vocabulary takes effect on listings written from then on; ``Storage.rebuild_search`` makes it true
    for all.
    """

    simplified: Simplified = field(default_factory=dict)
    trade_words: Mapping[str, str] = field(default_factory=dict)
    region_words: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, reference: Reference, simplified: Simplified) -> "Vocabulary":
        """The vocabulary of the city's reference data."""
        return cls(
            simplified=simplified,
            trade_words={
                trade.code: " ".join((trade.name, *trade.search_words)) for trade in reference.trades
            },
            region_words={region.code: _region_words(reference, region.code) for region in reference.regions},
        )

    def searched_text(self, listing: Searched, folder: Folder) -> str:
        """Everything a listing is found by, folded; its parts are divided by a space."""
        terms = listing.terms
        return folder.fold(
            " ".join(
                (
                    terms.title,
                    self.trade_words.get(terms.trade, ""),
                    self.region_words.get(terms.region, "") + terms.address,
                    terms.meeting_place,
                    listing.employer_name,
                    terms.requirements,
                )
            )
        )


def _region_words(reference: Reference, code: str) -> str:
    """District and street as they stand in an address."""
    above = (reference.ancestor(code, level) for level in (Level.DISTRICT, Level.STREET))
    return "".join(region.name for region in above if region is not None)
