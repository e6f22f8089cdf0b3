"""Invented people and firms: names, phones, ID numbers and credit codes that are valid in form and belong to nobody.

Phone numbers carry 0000 where an operator's area code stands, which is given to no subscriber; ID numbers carry real
district codes of the two cities, any birth date and a correct check digit.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

import msgspec
from stdnum.cn import ric, uscc

OLDEST, YOUNGEST = 66, 18
YOUNG = 38
#: Digits and letters of a credit code (GB 32100 leaves out I, O, S, V, Z).
CREDIT_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"


class TradeStuff(msgspec.Struct, frozen=True):
    """What listings of a trade look like: titles, pay range in yuan, hours (length, first and last start)."""

    titles: list[str]
    pay: tuple[int, int]
    unit: str
    hours: tuple[int, int, int]
    strength: str = "medium"


class Stuff(msgspec.Struct, frozen=True):
    """The material in ``assets/demo/market.toml``."""

    surnames: str
    rare_names: list[str]
    given: dict[str, list[str]]
    firms: dict[str, object]
    places: dict[str, list[str]]
    trades: dict[str, TradeStuff]
    notes: list[str]


@dataclass(frozen=True, slots=True)
class Person:
    """An invented person; ``id_number`` has 18 characters."""

    name: str
    phone: str
    id_number: str
    birth: date


class People:
    """Makes people and firms from a seeded random generator."""

    def __init__(self, random: Random, stuff: Stuff, districts: Sequence[str], today: date) -> None:
        self._random = random
        self._stuff = stuff
        self._districts = districts
        self._today = today
        self._phones = iter(random.sample(range(10_000), 10_000))

    def person(self) -> Person:
        """Somebody of 18 to 66 years."""
        days = self._random.randint(YOUNGEST * 366, OLDEST * 365)
        birth = self._today - timedelta(days=days)
        return Person(self._name(days // 365), self.phone(), self._id_number(birth), birth)

    def phone(self) -> str:
        """A mobile number that belongs to nobody; no two alike within one run."""
        return f"1{self._random.choice('3578')}{self._random.randint(0, 9)}0000{next(self._phones):04d}"

    def firm(self, kind: str) -> str:
        """A firm's name."""
        suffixes = self._stuff.firms["suffix"]
        assert isinstance(suffixes, dict), "the data file has a table of suffixes"
        brands = self._stuff.firms["brands"]
        assert isinstance(brands, list), "the data file has a list of brands"
        return f"{self._random.choice(brands)}{self._random.choice(suffixes[kind])}"

    def credit_code(self) -> str:
        """A Unified Social Credit Code with a correct check character."""
        body = "".join(self._random.choice(CREDIT_ALPHABET) for _ in range(9))
        head = f"91{self._random.choice(self._districts)}{body}"
        return head + str(uscc.calc_check_digit(head))

    def _name(self, age: int) -> str:
        if self._random.random() < 0.01:  # noqa: PLR2004 - one in a hundred has a rare character
            return self._random.choice(self._stuff.rare_names)
        given = self._stuff.given["older" if age > YOUNG else "younger"]
        return self._random.choice(self._stuff.surnames) + self._random.choice(given)

    def _id_number(self, birth: date) -> str:
        head = f"{self._random.choice(self._districts)}{birth:%Y%m%d}{self._random.randint(1, 999):03d}"
        return head + str(ric.calc_check_digit(head + "0"))
