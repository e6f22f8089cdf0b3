"""Operations that the city set aside or rejected, and what staff decided about them until the city has heard of it."""

from collections.abc import Sequence
from typing import Final
from uuid import UUID

import msgspec

from kiosk.domain.operations import Body
from kiosk.protocol.codec import Malformed, UnknownKind, decode, decode_operation, encode
from kiosk.protocol.messages import Action, SettleRequest
from kiosk.services.ports import AsideOp
from kiosk.storage import schema
from kiosk.storage import statements as make
from kiosk.storage.connection import Connection
from kiosk.storage.engine import Database
from kiosk.storage.faults import translated
from kiosk.storage.rows import instant

#: Settings under this prefix are decisions on their way: what follows is the operation's id, in hex.
DECISION: Final = "aside/"
_ROW: Final = (
    "SELECT op_id, kind, entity, entity_id, body, reason, settled_at, t_wall, state FROM outbox WHERE "
)
_ASIDE: Final = (
    f"SELECT * FROM ({_ROW} state = 'quarantined' ORDER BY op_seq DESC LIMIT ?) UNION ALL "  # noqa: S608 - our own words
    f"SELECT * FROM ({_ROW} outcome = 'rejected' ORDER BY op_seq DESC LIMIT ?)"
)
_DECISIONS: Final = "SELECT name, value FROM setting WHERE name >= ? AND name < ? ORDER BY name"
_PUT: Final = make.put(schema.setting)
_AFTER: Final = DECISION[:-1] + chr(ord(DECISION[-1]) + 1)


class _Decision(msgspec.Struct, frozen=True, kw_only=True):
    action: Action
    reason: str
    by: str


def aside(connection: Connection, limit: int) -> Sequence[AsideOp]:
    """See ``ReadModel.aside``."""
    decided = {name: decode(_Decision, value).action.value for name, value in _decisions(connection)}
    rows = connection.execute(_ASIDE, (limit, limit)).fetchall()
    return [
        AsideOp(
            op_id=(found := UUID(bytes=bytes(op_id))),
            kind=kind,
            entity=entity,
            entity_id=UUID(bytes=bytes(entity_id)),
            body=_body(bytes(body)),
            reason=reason or "",
            since=instant(settled_at or 0),
            done_at=instant(t_wall),
            rejected=state != "quarantined",
            decision=decided.get(DECISION + found.hex, ""),
        )
        for op_id, kind, entity, entity_id, body, reason, settled_at, t_wall, state in rows[:limit]
    ]


def decide(connection: Connection, op_id: UUID, action: str, reason: str, by: str) -> None:
    """Keep a decision until the city has heard of it; a later one replaces it."""
    decision = _Decision(action=Action(action), reason=reason, by=by)
    connection.execute(_PUT, (DECISION + op_id.hex, encode(decision)))


def _body(raw: bytes) -> Body | None:
    try:
        return decode_operation(raw).body
    except (Malformed, UnknownKind):
        return None


def _decisions(connection: Connection) -> list[tuple[str, bytes]]:
    return [
        (name, bytes(value)) for name, value in connection.execute(_DECISIONS, (DECISION, _AFTER)).fetchall()
    ]


class SqlDecisions:
    """Implements ``kiosk.sync.ports.Decisions``."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def pending(self) -> Sequence[SettleRequest]:
        """See ``Decisions``."""
        with self._database.reader() as connection, translated():
            rows = _decisions(connection)
        found = []
        for name, value in rows:
            kept = decode(_Decision, value)
            op_id = UUID(hex=name.removeprefix(DECISION))
            found.append(SettleRequest(op_id=op_id, action=kept.action, reason=kept.reason, by=kept.by))
        return found

    def heard(self, request: SettleRequest) -> None:
        """See ``Decisions``. One that staff have changed meanwhile stays, to be sent in its turn."""
        sent = _Decision(action=request.action, reason=request.reason, by=request.by)
        name = DECISION + request.op_id.hex
        with self._database.transaction() as connection:
            connection.execute("DELETE FROM setting WHERE name = ? AND value = ?", (name, encode(sent)))
