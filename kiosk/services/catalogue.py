"""The reference data as the screens ask for it: trades, regions and what they are called. Pure, safe on any thread."""

from collections.abc import Sequence

from kiosk.domain.reference import Level, Reference, Region, Trade, TradeCategory

ENGLISH = "en"


class Catalogue:
    """Names and groups of the city's reference data."""

    def __init__(self, reference: Reference, city: str) -> None:
        """Take the reference data and the city's region code (6 digits)."""
        self._reference = reference
        self._city = city

    @property
    def reference(self) -> Reference:
        """The reference data itself."""
        return self._reference

    @property
    def city(self) -> str:
        """Region code of this city."""
        return self._city

    def categories(self) -> Sequence[TradeCategory]:
        """Trade categories in their order."""
        return self._reference.categories

    def trades(self, category: str) -> Sequence[Trade]:
        """Trades of a category in their order."""
        return self._reference.trades_of(category)

    def trade(self, code: str) -> Trade | None:
        """One trade."""
        return self._reference.trade(code)

    def find_trades(self, text: str) -> Sequence[Trade]:
        """Trades by a part of their name or of what people call them; empty for an empty text."""
        wanted = "".join(text.split()).casefold()
        if not wanted:
            return ()
        return tuple(
            trade
            for category in self._reference.categories
            for trade in self._reference.trades_of(category.code)
            if any(wanted in said.casefold() for said in (trade.name, trade.name_en, *trade.search_words))
        )

    def trade_name(self, code: str, language: str) -> str:
        """What a trade or category is called in a language; the code itself when it is not known here."""
        named = self._reference.trade(code) or self._reference.category(code)
        if named is None:
            return code
        return named.name_en if language == ENGLISH else named.name

    def districts(self) -> Sequence[Region]:
        """Districts of this city."""
        return self._reference.children(self._city)

    def streets(self, district: str) -> Sequence[Region]:
        """Streets of a district."""
        return self._reference.children(district)

    def region_name(self, code: str, language: str) -> str:
        """District and street, without the city: ``环翠区竹岛街道``; empty for an unknown code."""
        district = self._reference.district_of(code)
        region = self._reference.region(code)
        if district is None or region is None:
            return ""
        chain = (district,) if region.level is Level.DISTRICT else (district, region)
        if language == ENGLISH:
            return ", ".join(each.name_en for each in reversed(chain))
        return "".join(each.name for each in chain)
