"""The facts of a piece of work, in the order in which a worker asks for them."""

from kiosk.domain.phone import grouped
from kiosk.domain.records import Terms
from kiosk.ui.components import say
from kiosk.ui.screen import Screen

NO_BREAK = "\u00a0"


def work_rows(screen: Screen, terms: Terms) -> tuple[tuple[str, str], ...]:
    """What, pay, days, hours, where, where to meet: label and value."""
    ctx, text = screen.ctx, screen.text
    strings = ctx.strings
    return (
        (text("listing.what"), terms.title),
        (text("listing.pay"), say.pay(strings, terms)),
        (text("listing.when"), say.days(strings, terms, ctx.services.context.today())),
        (text("listing.hours"), say.hours(strings, terms)),
        (text("listing.where"), say.place(strings, ctx.services.catalogue, terms)),
        (text("listing.meeting"), terms.meeting_place),
    )


def contact(terms: Terms) -> str:
    """Whom to call: name, and the number in groups that stay on one line."""
    phone = grouped(terms.contact_phone).replace(" ", NO_BREAK)
    return f"{terms.contact_name} {phone}"
