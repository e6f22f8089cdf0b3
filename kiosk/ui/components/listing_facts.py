"""Everything that a listing says, as rows of label and value."""

from kiosk.domain.records import Listing
from kiosk.ui.components import say
from kiosk.ui.context import UiContext


def fact_rows(ctx: UiContext, listing: Listing, *, contact: bool = False) -> list[tuple[str, str]]:
    """Rows in the order in which people ask; the contact only for those who may call."""
    strings, catalogue, terms = ctx.strings, ctx.services.catalogue, listing.terms
    text, today = strings.text, ctx.services.context.today()
    trade = catalogue.trade_name(terms.trade, strings.language)
    hours = strings.money(terms.minutes_per_day * 100 // 60)
    kind = text(f"words.employer_kind.{listing.employer_kind}")
    rows = [
        (text("listing.pay"), f"{say.pay(strings, terms)}  {text(f'words.settlement.{terms.settlement}')}"),
        (text("listing.what"), text("listing.trade_headcount", trade=trade, n=terms.headcount)),
        (text("listing.when"), say.days(strings, terms, today)),
        (text("listing.hours"), text("listing.hours_a_day", span=say.hours(strings, terms), hours=hours)),
        (text("listing.where"), say.place(strings, catalogue, terms)),
        (text("listing.meeting"), terms.meeting_place),
        (text("listing.with"), say.extras(strings, terms)),
        (text("listing.strength"), text(f"words.strength.{terms.strength}")),
        (text("listing.requirements"), terms.requirements),
        (text("listing.employer"), text("listing.employer_kind", name=listing.employer_name, kind=kind)),
    ]
    if contact:
        rows.append((text("listing.contact"), f"{terms.contact_name} {terms.contact_phone}"))
    return rows
