"""Paper about nobody in particular: numbered in a series of its own, queued for the printer, and in no stream."""

from collections.abc import Mapping

from kiosk.services.context import Context
from kiosk.services.ports import UnitOfWork
from kiosk.services.slip_content import SlipContent
from kiosk.services.slip_issue import Issued, queued


def queue_notice(
    context: Context,
    uow: UnitOfWork,
    station: str,
    kind: str,
    number: str,
    values: Mapping[str, str],
    *,
    state: str = "",
    tables: Mapping[str, tuple[tuple[str, ...], ...]] | None = None,
) -> Issued:
    """Put a print job into the transaction.

    Args:
        context: clock, words and ids.
        uow: the transaction; the caller commits.
        station: its name, for the head.
        kind: name of the layout.
        number: as people read it.
        values: finished words; head and foot are added.
        state: what must not be mistaken, if the kind has it.
        tables: rows of cells by name.
    """
    words, now, slip_id = context.words, context.now(), context.new_id()
    content = SlipContent(
        kind=kind,
        number=number,
        language=words.language,
        state=state,
        values={
            **values,
            "market": words.text("posting.market"),
            "station": station,
            "printed_at": f"{words.date(now)} {words.time(now)}",
        },
        tables=tables or {},
    )
    return queued(uow, slip_id, slip_id, content, now)  # its subject is itself
