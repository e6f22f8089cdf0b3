"""What a worker has been told about one application, on the telephone or at the screen."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class CallNote:
    """The state of the calls about a placement's news; other news of the same placement begin anew.

    Attributes:
        news: kind of the news that the calls were about.
        tries: how often staff have called.
        told_at: when the worker was reached, or None.
        last_at: when staff last called; staff_id: who did.
        on_screen: the worker has read it here.
    """

    placement_id: UUID
    worker_id: UUID
    news: str
    tries: int
    told_at: datetime | None
    last_at: datetime
    staff_id: UUID | None
    on_screen: bool = False
