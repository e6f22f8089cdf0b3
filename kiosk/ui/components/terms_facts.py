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
        (text("listing.when"), days(screen, terms)),
        (text("listing.hours"), say.hours(strings, terms)),
        (text("listing.where"), say.place(strings, ctx.services.catalogue, terms)),
        (text("listing.meeting"), terms.meeting_place),
    )


def days(screen: Screen, terms: Terms) -> str:
    """One day as people say it, or first and last: a line may end between them, a date is not broken in two."""
    ctx = screen.ctx
    if terms.date_from == terms.date_to:
        return ctx.strings.day(terms.date_from, ctx.services.context.today())
    first, last = (ctx.strings.date(day).replace(" ", NO_BREAK) for day in (terms.date_from, terms.date_to))
    return screen.text("listing.day_range", first=first, last=last)


def contact(terms: Terms) -> str:
    """Whom to call: name, and the number in groups that stay on one line."""
    phone = grouped(terms.contact_phone).replace(" ", NO_BREAK)
    return f"{terms.contact_name} {phone}"
