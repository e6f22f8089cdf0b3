"""Pages of a stream that came on a stick: taken where the stream stands just there, and left alone otherwise.

So a file may be read twice, late, or in the middle of what the network has begun. None of it moves a stream back.
"""

from kiosk.protocol.messages import PullResponse, SnapshotResponse
from kiosk.protocol.progress import SnapshotKey, StreamCursor
from kiosk.sync.client import CityClient
from kiosk.sync.ports import Inbox, Outbox
from kiosk.sync.reader import InPlace, StreamReader


class CarriedPages:
    """Applies them as the pump applies its own. Every method says how many records were brought."""

    def __init__(self, client: CityClient, outbox: Outbox, inbox: Inbox) -> None:
        self._reader = StreamReader(client, inbox, InPlace())
        self._outbox = outbox
        self._inbox = inbox

    def changes(self, answer: PullResponse, after: int) -> int:
        """What has changed after ``after``; only where the cursor stands there."""
        cursor = self._inbox.cursor(answer.stream)
        page = self._reader.changed(answer, after)
        # In the middle of a snapshot nothing else can be told where it belongs.
        if cursor.seq != after or page.lost or cursor.after is not None:
            return 0
        if not page.items and not page.verdicts and page.to_seq == cursor.seq and not cursor.replacing:
            return 0
        self._outbox.settle(page.verdicts)
        self._inbox.apply(answer.stream, page.items, page.to_seq, complete=not page.more)
        return len(page.items)

    def held(self, answer: SnapshotResponse, start: SnapshotKey | None, *, anew: bool) -> int:
        """What the stream holds after ``start``.

        Args:
            answer: the page.
            start: key of the last item of the page before; None for the first page.
            anew: staff have asked for everything anew, also where nothing has changed since.
        """
        cursor = self._inbox.cursor(answer.stream)
        if start is not None:
            # A page that is older than where this reading began would bring back what has changed in between.
            fits = cursor.reading and cursor.after == start and answer.head >= cursor.seq
        else:
            fits = _begins(cursor, answer.head, anew=anew)
            if fits and (cursor.after is not None or not cursor.reading):
                self._inbox.restart(answer.stream)
        if not fits:
            return 0
        page = self._reader.held(answer)
        self._outbox.settle(page.verdicts)
        self._inbox.apply_snapshot(answer.stream, page.items, page.head, page.after, last=not page.more)
        return len(page.items)


def _begins(cursor: StreamCursor, head: int, *, anew: bool) -> bool:
    """Whether a stream is to be read from the first page on.

    In the middle of a snapshot that was begun at the same head, this very page has been taken before: the next one
    goes on. A page that knows no more than the kiosk brings nothing, unless it was asked for.
    """
    if cursor.reading and cursor.after is None:
        return True
    return head > cursor.seq or (anew and head == cursor.seq and not cursor.replacing)
