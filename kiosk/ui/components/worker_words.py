"""The words of what a worker offers and wishes, said the same while registering and afterwards."""

from collections.abc import Iterable
from typing import Protocol

from kiosk.domain.records import Worker, WorkerTrade
from kiosk.domain.values import PayUnit
from kiosk.services.catalogue import Catalogue
from kiosk.services.workers import WorkerForm
from kiosk.ui.strings import Strings


class WorkForm(Protocol):
    """What the forms of a registration and of a job-wanted entry have in common."""

    @property
    def trades(self) -> tuple[WorkerTrade, ...]:
        """What somebody can do."""

    @property
    def wage(self) -> str:
        """What they would like to earn, as typed, for one ``wage_unit``."""

    @property
    def wage_unit(self) -> PayUnit:
        """For how long or how much."""

    @property
    def districts(self) -> tuple[str, ...]:
        """Where they would go."""


#: Yes-or-no answers; the words are ``register.<name>``.
ANSWERS = ("night_work", "needs_lodging", "own_tools", "own_vehicle", "wants_sms")
#: Of so many trades the years are said beside their names, and of so many the names; more would fill the page.
FEW_TRADES, MOST_TRADES = 4, 6


def trade_names(
    strings: Strings, catalogue: Catalogue, trades: Iterable[WorkerTrade], most: int = MOST_TRADES
) -> str:
    """Names of trades, with commas; of a few also the years in them, where they were said; of many only the first."""
    chosen = tuple(trades)
    few = len(chosen) <= FEW_TRADES

    def words(each: WorkerTrade) -> str:
        name = catalogue.trade_name(each.trade, strings.language)
        said = few and each.years
        return strings.text("register.trade_years", trade=name, n=each.years) if said else name

    names = strings.text("common.list_comma").join(words(each) for each in chosen[:most])
    return strings.text("register.trades_more", names=names, n=len(chosen)) if len(chosen) > most else names


def region_names(strings: Strings, catalogue: Catalogue, codes: Iterable[str]) -> str:
    """Names of districts, with commas."""
    return strings.text("common.list_comma").join(
        catalogue.region_name(code, strings.language) for code in codes
    )


def yes_words(strings: Strings, person: Worker | WorkerForm) -> str:
    """What the worker said yes to, with commas."""
    return strings.text("common.list_comma").join(
        strings.text(f"register.{name}") for name in ANSWERS if getattr(person, name)
    )
