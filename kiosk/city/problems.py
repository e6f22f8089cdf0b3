"""Everything that a request can be refused for, with its HTTP status. The codes are part of the protocol."""

from enum import StrEnum
from http import HTTPStatus

from kiosk.protocol.messages import MIN_PROTOCOL, PROTOCOL, Problem, ServerState


class Code(StrEnum):
    """Stable codes of ``Problem``."""

    MALFORMED = "malformed"
    TOO_LARGE = "too_large"
    ENCODING = "encoding"
    PROTOCOL = "protocol"
    PROTOCOL_AHEAD = "protocol_ahead"
    NOT_FOUND = "not_found"
    METHOD = "method"
    SIGNATURE = "signature"
    UNKNOWN_DEVICE = "unknown_device"
    REVOKED = "revoked"
    FENCED = "fenced"
    OLD_INCARNATION = "old_incarnation"
    WRONG_DEVICE = "wrong_device"
    TOKEN = "token"  # noqa: S105 - a code, not a secret
    DISTRICT = "district"
    STREAM = "stream"
    OP_GAP = "op_gap"
    OPERATION = "operation"
    BUSY = "busy"
    INTERNAL = "internal"


STATUS = {
    Code.MALFORMED: HTTPStatus.BAD_REQUEST,
    Code.TOO_LARGE: HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
    Code.ENCODING: HTTPStatus.UNSUPPORTED_MEDIA_TYPE,
    Code.PROTOCOL: HTTPStatus.UPGRADE_REQUIRED,
    Code.PROTOCOL_AHEAD: HTTPStatus.UPGRADE_REQUIRED,
    Code.NOT_FOUND: HTTPStatus.NOT_FOUND,
    Code.METHOD: HTTPStatus.METHOD_NOT_ALLOWED,
    Code.SIGNATURE: HTTPStatus.UNAUTHORIZED,
    Code.UNKNOWN_DEVICE: HTTPStatus.UNAUTHORIZED,
    Code.REVOKED: HTTPStatus.FORBIDDEN,
    Code.FENCED: HTTPStatus.FORBIDDEN,
    Code.OLD_INCARNATION: HTTPStatus.CONFLICT,
    Code.WRONG_DEVICE: HTTPStatus.FORBIDDEN,
    Code.TOKEN: HTTPStatus.FORBIDDEN,
    Code.DISTRICT: HTTPStatus.FORBIDDEN,
    Code.STREAM: HTTPStatus.FORBIDDEN,
    Code.OP_GAP: HTTPStatus.CONFLICT,
    Code.OPERATION: HTTPStatus.NOT_FOUND,
    Code.BUSY: HTTPStatus.SERVICE_UNAVAILABLE,
    Code.INTERNAL: HTTPStatus.INTERNAL_SERVER_ERROR,
}


class Refused(Exception):
    """A request that the gateway does not serve.

    Attributes:
        code: why.
        problem: what the answer says.
    """

    def __init__(
        self,
        code: Code,
        detail: str = "",
        *,
        expected: int | None = None,
        state: ServerState | None = None,
    ) -> None:
        super().__init__(code)
        self.code = code
        self.problem = Problem(code=code, detail=detail, expected=expected, state=state)

    @property
    def status(self) -> int:
        """HTTP status."""
        return int(STATUS[self.code])


def check_protocol(asked: int, oldest: int = MIN_PROTOCOL, newest: int = PROTOCOL) -> None:
    """Refuse a client whose protocol this city does not speak: it speaks its own and the one before.

    Raises:
        Refused: protocol (the client has to be upgraded) or protocol_ahead (the city has).
    """
    if asked < oldest:
        raise Refused(Code.PROTOCOL, f"at least {oldest}")
    if asked > newest:
        raise Refused(Code.PROTOCOL_AHEAD, f"at most {newest}")
