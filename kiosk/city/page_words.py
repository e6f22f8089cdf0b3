"""The words of the public pages, from ``assets/pages``, and how values are said with them."""

import tomllib
from collections.abc import Mapping
from datetime import date, datetime
from functools import cache
from typing import Any

from kiosk.assets import asset_path
from kiosk.domain.calendar import MINUTES_PER_DAY, SHANGHAI
from kiosk.domain.records import Terms

_EXTRAS = ("meals", "lodging", "transport", "own_tools")


@cache
def _words() -> Mapping[str, Any]:
    return tomllib.loads(asset_path("pages", "zh_CN.toml").read_text(encoding="utf-8"))


@cache
def template() -> str:
    """The page, with ``$name`` for what goes in."""
    return asset_path("pages", "slip.html").read_text(encoding="utf-8")


def word(*path: str, **params: str | int) -> str:
    """One phrase, filled in."""
    found: Any = _words()
    for name in path:
        found = found[name]
    return str(found).format(**params) if params else str(found)


def lines(name: str) -> list[str]:
    """A list of phrases."""
    return [str(each) for each in _words()[name]]


def state(group: str, name: str) -> tuple[str, str, str]:
    """Big words, tone (``good``, ``wait``, ``bad``) and advice of a state."""
    words, tone, advice = _words()[group][name]
    return str(words), str(tone), str(advice)


def pay(terms: Terms) -> str:
    """The wage with its unit; fen only when there are any."""
    yuan, fen = divmod(terms.pay_fen, 100)
    return word("pay", terms.pay_unit, money=f"{yuan}.{fen:02d}" if fen else f"{yuan}")


def day(value: date) -> str:
    """Month and day."""
    return word("date", month=value.month, day=value.day)


def moment(value: datetime) -> str:
    """Local day and time."""
    local = value.astimezone(SHANGHAI)
    return word("time", month=local.month, day=local.day, hour=local.hour, minute=local.minute)


def days(terms: Terms) -> str:
    """First day, or first and last."""
    if terms.date_from == terms.date_to:
        return day(terms.date_from)
    return word("range", first=day(terms.date_from), last=day(terms.date_to))


def hours(terms: Terms) -> str:
    """Start and end of a working day."""
    end = _clock(terms.end_minute)
    if terms.end_minute <= terms.start_minute:
        end = word("next_day", time=end)
    return word("hours", start=_clock(terms.start_minute), end=end)


def extras(terms: Terms) -> str:
    """Meals, lodging, transport, own tools, as far as they are there."""
    return word("separator").join(word("extra", name) for name in _EXTRAS if getattr(terms, name))


def _clock(minute: int) -> str:
    hour, rest = divmod(minute % MINUTES_PER_DAY, 60)
    return f"{hour}:{rest:02d}"
