"""The words of what a worker offers and wishes, said the same while registering and afterwards."""

from collections.abc import Iterable

from kiosk.domain.records import Worker, WorkerTrade
from kiosk.services.catalogue import Catalogue
from kiosk.services.workers import WorkerForm
from kiosk.ui.strings import Strings

#: Yes-or-no answers; the words are ``register.<name>``.
ANSWERS = ("night_work", "needs_lodging", "own_tools", "own_vehicle", "wants_sms")


def trade_names(strings: Strings, catalogue: Catalogue, trades: Iterable[WorkerTrade]) -> str:
    """Names of trades, with commas."""
    return strings.text("common.list_comma").join(
        catalogue.trade_name(each.trade, strings.language) for each in trades
    )


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
