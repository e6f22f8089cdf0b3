"""The words of a job-wanted entry, said the same to the worker, to employers and to staff."""

from collections.abc import Sequence

from kiosk.domain.records import JobWanted, Offer
from kiosk.domain.values import DayPart, PlacementStatus
from kiosk.services.app import Services
from kiosk.services.wanted import WantedForm
from kiosk.ui.components.card_words import trade_icon
from kiosk.ui.components.placement_card import PlacementWords
from kiosk.ui.components.placement_look import BUSY, Look
from kiosk.ui.components.worker_words import region_names, trade_names
from kiosk.ui.strings import Strings

EVERY_DAY, WORKDAYS, WEEKEND = tuple(range(1, 8)), tuple(range(1, 6)), (6, 7)
#: Runs of days that have a word of their own.
NAMED = {EVERY_DAY: "every_day", WORKDAYS: "workdays", WEEKEND: "weekend"}
#: Yes-or-no answers; the words are ``register.<name>``.
ANSWERS = ("own_tools", "own_vehicle", "needs_lodging")
PERSON = Look("person", *BUSY)
#: A card has room for so many trades.
FEW = 3


def person(strings: Strings, surname: str) -> str:
    """What a stranger calls them: 王师傅."""
    return strings.text("wanted.person", surname=surname)


def days(strings: Strings, chosen: Sequence[int]) -> str:
    """On which days."""
    named = NAMED.get(tuple(chosen))
    if named is not None:
        return strings.text(f"wanted.{named}")
    return strings.text("common.list_comma").join(strings.text(f"common.weekday.{day}") for day in chosen)


def parts(strings: Strings, chosen: Sequence[DayPart]) -> str:
    """At what times of those days."""
    if len(chosen) == len(DayPart):
        return strings.text("wanted.any_time")
    return strings.text("common.list_comma").join(strings.text(f"words.day_part.{part}") for part in chosen)


def when(strings: Strings, offer: Offer | WantedForm) -> str:
    """Days and times in one line; "" while nothing was said."""
    return f"{days(strings, offer.days)}  {parts(strings, offer.parts)}".strip()


def wage(strings: Strings, offer: Offer) -> str:
    """The wish, or that it is to be agreed upon."""
    fen = offer.wage_wish_fen
    return strings.text("wanted.wage_open") if fen is None else strings.pay(fen, offer.wage_wish_unit)


def also(strings: Strings, offer: Offer | WantedForm) -> str:
    """What they said yes to."""
    return strings.text("common.list_comma").join(
        strings.text(f"register.{name}") for name in ANSWERS if getattr(offer, name)
    )


def card_words(strings: Strings, services: Services, entry: JobWanted) -> PlacementWords:
    """The words of one card."""
    offer, catalogue = entry.offer, services.catalogue
    return PlacementWords(
        status=PlacementStatus.CONFIRMED,
        look=PERSON,
        state=person(strings, entry.surname),
        pay=wage(strings, offer),
        what=trade_names(strings, catalogue, offer.trades, FEW),
        when=when(strings, offer),
        where=region_names(strings, catalogue, offer.districts),
        icon_name=trade_icon(services, offer.trades[0].trade),
    )


def rows(strings: Strings, services: Services, entry: JobWanted) -> list[tuple[str, str]]:
    """Everything that an entry says, as facts."""
    offer, catalogue, text = entry.offer, services.catalogue, strings.text
    return [
        (text("register.trades"), trade_names(strings, catalogue, offer.trades)),
        (text("wanted.when"), when(strings, offer)),
        (text("register.wage"), wage(strings, offer)),
        (text("wanted.where"), region_names(strings, catalogue, offer.districts)),
        (text("register.also"), also(strings, offer)),
        (text("wanted.note"), offer.note),
        (text("register.phone"), entry.phone_masked),
    ]
