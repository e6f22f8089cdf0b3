"""How far the exchange has got, as the kiosk's database and its pump tell each other."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class OutboxCounts:
    """How far this kiosk's own operations have got.

    Attributes:
        unsent: operations without a verdict of the city.
        issued: the highest op_seq ever given out here; 0 when there is none.
        rejected: settled as rejected; quarantined: set aside by the city.
    """

    unsent: int
    issued: int
    rejected: int = 0
    quarantined: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class StreamCursor:
    """How far a stream has been applied.

    Attributes:
        seq: the last applied seq; 0 = from the beginning.
        replacing: a snapshot is under way: rows of this stream that it does not bring are to go at its end.
    """

    seq: int
    replacing: bool
