"""The city's reference data: regions, trades, minimum wages and policies, all dated and replaceable.

The defaults ship in ``assets/reference``; the city may send a newer bundle. This module only looks things up;
the texts are read by ``kiosk.domain.reference_files``.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from kiosk.domain.values import PayUnit


class BadReference(ValueError):
    """The reference data cannot be read: which file, which line where known, and why."""


class Level(StrEnum):
    """Levels of the national statistical division."""

    PROVINCE = "province"
    CITY = "city"
    DISTRICT = "district"
    STREET = "street"


class Certainty(StrEnum):
    """How sure the data are: reported by an office, or still to be checked there."""

    REPORTED = "reported"
    TO_CHECK = "to_check"


@dataclass(frozen=True, slots=True, kw_only=True)
class Region:
    """A region; ``short_name`` is for narrow places, ``name_en`` the usual English or pinyin name."""

    code: str
    parent: str
    level: Level
    name: str
    short_name: str
    name_en: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Neighbours:
    """Two districts that share a border, in either order, and since when the data say so."""

    one: str
    other: str
    effective_from: date
    certainty: Certainty


@dataclass(frozen=True, slots=True, kw_only=True)
class TradeCategory:
    """A group of trades. ``icon`` is the name of an icon in ``assets/icons``."""

    code: str
    name: str
    name_en: str
    icon: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Trade:
    """A trade 工种.

    Attributes:
        unit: what it is usually paid by.
        adults_only: heavy or hazardous by nature, not for people of 16 and 17 (劳动法 art. 64).
        search_words: what people call it.
    """

    code: str
    category: str
    name: str
    name_en: str
    icon: str
    unit: PayUnit
    adults_only: bool
    search_words: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class MinimumWage:
    """The province's minimum wages of one tier from a day on, in fen."""

    effective_from: date
    tier: int
    monthly_fen: int
    hourly_fen: int
    document: str
    certainty: Certainty


@dataclass(frozen=True, slots=True, kw_only=True)
class WageTier:
    """The wage tier of a district from a day on."""

    region: str
    tier: int
    effective_from: date
    certainty: Certainty
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WageFloor:
    """The minimum wages that hold in a region on a day, in fen, and how sure we are."""

    hourly_fen: int
    monthly_fen: int
    since: date
    tier: int
    document: str
    certainty: Certainty


@dataclass(frozen=True, slots=True, kw_only=True)
class PolicyWords:
    """What a policy says, in one language.

    Attributes:
        title, office: what it is called, and who decides.
        brief: what one gets, in a sentence.
        who: it is for people who are one of these; empty for everybody.
        conditions: all of them must be so.
        notes: to know, nothing to ask.
        source: the notice that has it.
    """

    title: str
    office: str
    brief: str = ""
    who: tuple[str, ...] = ()
    conditions: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    source: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PolicyRule:
    """A policy as one city's notice has it.

    Attributes:
        applies: region code of the city.
        item: of its notice, with the city's letter: ``W13``, ``Y12, Y13``.
        said, said_en: the words; ``who`` and ``conditions`` are as many in both.
        facts: amounts in yuan and shares, by name.
    """

    applies: str
    item: str
    said: PolicyWords
    said_en: PolicyWords
    facts: tuple[tuple[str, str | int], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """A policy item 政策 with the rule of each city that has it."""

    key: str
    rules: tuple[PolicyRule, ...]

    def rule_for(self, city: str) -> PolicyRule | None:
        """The rule of a city (by its region code), or None."""
        return next((rule for rule in self.rules if rule.applies == city), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """All reference data of the market, with its look-ups. Equal when the data are equal."""

    regions: tuple[Region, ...]
    categories: tuple[TradeCategory, ...]
    trades: tuple[Trade, ...]
    wages: tuple[MinimumWage, ...]
    tiers: tuple[WageTier, ...]
    policies: tuple[Policy, ...]
    neighbours: tuple[Neighbours, ...] = ()
    _regions: Mapping[str, Region] = field(init=False, repr=False, compare=False)
    _children: Mapping[str, tuple[Region, ...]] = field(init=False, repr=False, compare=False)
    _trades: Mapping[str, Trade] = field(init=False, repr=False, compare=False)
    _categories: Mapping[str, TradeCategory] = field(init=False, repr=False, compare=False)
    _near: Mapping[str, tuple[str, ...]] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Index the rows once."""
        # The only way to fill derived fields of a frozen dataclass.
        object.__setattr__(self, "_regions", {region.code: region for region in self.regions})
        object.__setattr__(self, "_children", _by_parent(self.regions))
        object.__setattr__(self, "_trades", {trade.code: trade for trade in self.trades})
        object.__setattr__(self, "_categories", {group.code: group for group in self.categories})
        object.__setattr__(self, "_near", _by_border(self.neighbours))

    def region(self, code: str) -> Region | None:
        """The region of a code, or None."""
        return self._regions.get(code)

    def children(self, code: str) -> tuple[Region, ...]:
        """The regions directly below: districts of a city, streets of a district; in the data's order."""
        return self._children.get(code, ())

    def cities(self) -> tuple[Region, ...]:
        """All cities."""
        return tuple(region for region in self.regions if region.level is Level.CITY)

    def ancestor(self, code: str, level: Level) -> Region | None:
        """The region itself or the one above it that has this level, or None."""
        region = self._regions.get(code)
        while region is not None and region.level is not level:
            region = self._regions.get(region.parent)
        return region

    def district_of(self, code: str) -> Region | None:
        """The district of a street (or the district itself), or None."""
        return self.ancestor(code, Level.DISTRICT)

    def city_of(self, code: str) -> Region | None:
        """The city of a street or district, or None."""
        return self.ancestor(code, Level.CITY)

    def near(self, district: str) -> tuple[str, ...]:
        """Codes of the districts that share a border with a district, in any city; in order."""
        return self._near.get(district, ())

    def trade(self, code: str) -> Trade | None:
        """The trade of a code (not of a category), or None."""
        return self._trades.get(code)

    def category(self, code: str) -> TradeCategory | None:
        """The category of a code, or None."""
        return self._categories.get(code)

    def trades_of(self, category: str) -> tuple[Trade, ...]:
        """The trades of a category, in the order of the data."""
        return tuple(trade for trade in self.trades if trade.category == category)

    def wage_floor(self, region: str, on: date) -> WageFloor | None:
        """The minimum wages of a street or district on a day.

        None when the district has no tier, or the day lies before the first wages. The certainty is the lower
        one of tier and wages; a tier from an older notice than the wages has to be checked as well.
        """
        district = self.district_of(region)
        if district is None:
            return None
        rows = [tier for tier in self.tiers if tier.region == district.code]
        # Before its first known tier a district is taken to have had that one.
        past = [tier for tier in rows if tier.effective_from <= on] or sorted(
            rows, key=lambda tier: tier.effective_from
        )[:1]
        if not past:
            return None
        tier = max(past, key=lambda row: row.effective_from)
        wages = [row for row in self.wages if row.tier == tier.tier and row.effective_from <= on]
        if not wages:
            return None
        wage = max(wages, key=lambda row: row.effective_from)
        sure = (
            tier.certainty is Certainty.REPORTED
            and wage.certainty is Certainty.REPORTED
            and tier.effective_from == wage.effective_from
        )
        return WageFloor(
            hourly_fen=wage.hourly_fen,
            monthly_fen=wage.monthly_fen,
            since=wage.effective_from,
            tier=wage.tier,
            document=wage.document,
            certainty=Certainty.REPORTED if sure else Certainty.TO_CHECK,
        )

    def policies_of(self, city: str) -> tuple[tuple[Policy, PolicyRule], ...]:
        """The policies that a city has, each with that city's rule."""
        found = ((policy, policy.rule_for(city)) for policy in self.policies)
        return tuple((policy, rule) for policy, rule in found if rule is not None)


def _by_border(pairs: Iterable[Neighbours]) -> Mapping[str, tuple[str, ...]]:
    near: dict[str, set[str]] = {}
    for pair in pairs:
        near.setdefault(pair.one, set()).add(pair.other)
        near.setdefault(pair.other, set()).add(pair.one)
    return {code: tuple(sorted(others)) for code, others in near.items()}


def _by_parent(regions: Iterable[Region]) -> dict[str, tuple[Region, ...]]:
    children: dict[str, list[Region]] = {}
    for region in regions:
        children.setdefault(region.parent, []).append(region)
    return {parent: tuple(below) for parent, below in children.items()}
