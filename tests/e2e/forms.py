"""The pages of 我要登记 that ask who somebody is, filled in by a hand."""

from tests.e2e.driver import Driver

#: The pages in their order, and the field of each.
WHO = (("register_who", "name"), ("register_phone", "phone"), ("register_id", "id_number"))
#: The pages after them, each gone on from by one touch.
LATER = ("register_trades", "register_wish", "register_where", "register_extras")


def say_who(
    hand: Driver, name: str = "", phone: str = "", id_number: str = "", *, to: str = "register_trades"
) -> None:
    """From the question for the name to the page ``to``; what is "" stays as it stands there."""
    typed = {"name": name, "phone": phone, "id_number": id_number}
    for screen, field in WHO:
        hand.wait_screen(screen)
        if screen == to:
            return
        hand.type(field, typed[field])
        on(hand)
    hand.wait_screen(to)


def on(hand: Driver) -> None:
    """The way on from such a page; an ID number that is left out has a word of its own."""
    words = (hand.window.ctx.strings.text(key) for key in ("common.next", "register.id_skip"))
    hand.tap(next(word for word in words if hand.has(word)))


def read_who(hand: Driver) -> list[str]:
    """Name, phone and ID number as they stand on their pages, from the first to the last of these."""
    said = []
    for screen, field in WHO:
        hand.wait_screen(screen)
        said.append(hand.value(field))
        if screen != WHO[-1][0]:
            on(hand)
    return said


def skip_to_summary(hand: Driver) -> None:
    """From the trades on, as everything stands."""
    for screen in LATER:
        hand.wait_screen(screen)
        on(hand)
    hand.wait_screen("register_summary")
