"""``gig-kiosk city quarantine``: what was set aside, in plain words; take it up again, or give it up."""

import argparse
from collections.abc import Callable, Sequence
from uuid import UUID

import msgspec

from kiosk.city import quarantine
from kiosk.city.context import CityContext
from kiosk.city.store import CityTransaction
from kiosk.city.stored import SetAside
from kiosk.domain.records import Employer, Listing, Placement, Worker
from kiosk.protocol.messages import Action, Outcome, Verdict

Say = Callable[[str], None]
REASONS = {
    "quarantine.malformed": "damaged, or not an operation at all",
    "quarantine.unknown_kind": "of a kind that this program does not know; it is taken up by itself after an upgrade",
    "quarantine.not_yours": "made in another kiosk's or the city's name",
    "quarantine.follows": "waits behind an earlier one of the same record",
    "quarantine.database": "the database refuses a value in it",
    "quarantine.bug": "a rule's code failed on it; the log has the traceback",
}
_BY = "city"
_ENTITIES = frozenset({"worker", "employer", "listing", "placement", "slip"})


def quarantine_tool(city: CityContext, options: argparse.Namespace, say: Say) -> int:
    """Run one of the four.

    Returns:
        Exit status: 0 done, 1 there is no such operation, or it still waits.
    """
    if options.what == "list":
        return _list(city, say, everything=options.all)
    row = _find(city, options.operation)
    if row is None:
        say("no operation in quarantine has this id; see: gig-kiosk city quarantine list")
        return 1
    if options.what == "show":
        return _show(city, row, say)
    if options.what == "retry":
        return _said(quarantine.retry(city, row, _BY), say)
    return _discard(city, row, options.reason, say)


def _list(city: CityContext, say: Say, *, everything: bool) -> int:
    rows = city.store.run(lambda tx: tx.set_aside(waiting=not everything))
    for row in rows:
        state = row.outcome.value if row.outcome is not None else "waits"
        since = f"{row.since:%Y-%m-%d %H:%M}"
        say(f"{row.op_id}  {row.kiosk:<8} {since} UTC  {state:<9} {what_and_whose(city, row)}")
        say(f"    {reason_of(row)}")
    if not rows:
        say("nothing is in quarantine")
    return 0


def _show(city: CityContext, row: SetAside, say: Say) -> int:
    say(f"operation   {row.op_id}")
    say(f"what        {what_and_whose(city, row)}")
    say(f"kiosk       {row.kiosk}, number {row.seq} of its enrolment {row.incarnation}")
    say(f"since       {row.since:%Y-%m-%d %H:%M} UTC")
    say(f"why         {reason_of(row)}")
    if row.outcome is not None:
        said = f" ({row.settled_reason})" if row.settled_reason else ""
        say(f"settled     {row.outcome.value}{said} by {row.settled_by}, {row.settled_at:%Y-%m-%d %H:%M} UTC")
    say(f"as it came  {row.op.decode()}")
    return 0


def _discard(city: CityContext, row: SetAside, reason: str, say: Say) -> int:
    words = city.store.run(
        lambda tx: quarantine.settle(city, tx, row.device, row.op_id, Action.DISCARD, reason, _BY)
    )
    for word in words[1:]:
        say(f"{word.op_id}, which waited behind it: {word.outcome.value}")
    say("given up; its kiosk undoes it and hears of it at its next contact")
    return 0 if words else 1


def _said(word: Verdict, say: Say) -> int:
    if word.outcome is Outcome.QUARANTINED:
        say(f"it still waits: {REASONS.get(word.reason, word.reason)}")
        return 1
    say(
        f"{word.outcome.value}{f' ({word.reason})' if word.reason else ''}; its kiosk hears of it at its next contact"
    )
    return 0


def _find(city: CityContext, text: str) -> SetAside | None:
    try:
        op_id = UUID(text)
    except ValueError:
        return None
    found: Sequence[SetAside] = city.store.run(lambda tx: tx.set_aside(op_id=op_id, waiting=False))
    return found[0] if found else None


def reason_of(row: SetAside) -> str:
    """Why it waits, in words."""
    return REASONS.get(row.reason, row.reason)


def what_and_whose(city: CityContext, row: SetAside) -> str:
    """The operation's kind, and the name of the record it is about, as far as the city knows it."""
    kind = row.kind.partition("/")[0].replace(".", " ").replace("_", " ") or "unreadable"
    name = city.store.run(lambda tx: _name(tx, row))
    return f"{kind}: {name}" if name else kind


class _Named(msgspec.Struct):
    name: str = ""
    title: str = ""


class _Body(msgspec.Struct):
    name: str = ""
    terms: _Named = msgspec.field(default_factory=_Named)


class _Shape(msgspec.Struct):
    body: _Body


def _name(tx: CityTransaction, row: SetAside) -> str:
    entity = row.kind.partition(".")[0]
    for subject in row.subjects if entity in _ENTITIES else ():
        match tx.peek(entity, subject):
            case Worker() | Employer() as person:
                return person.name
            case Listing() as listing:
                return f"{listing.terms.title} ({listing.employer_name})"
            case Placement() as placement:
                worker = tx.peek("worker", placement.worker_id)
                name = worker.name if isinstance(worker, Worker) else "?"
                return f"{name}, {placement.terms.title}"
            case _:
                continue
    try:
        body = msgspec.json.decode(row.op, type=_Shape).body
    except msgspec.DecodeError:
        return ""
    return body.name or body.terms.title
