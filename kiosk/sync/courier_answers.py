"""The city's answers from a stick: settled like any others, and harmless when they are old.

Verdicts count for operations that have none yet; a page of a stream only where the cursor still stands where the
question was asked; answers of another life of the city's database only when they answer this kiosk's newest file.
"""

import logging
from collections.abc import Sequence
from contextlib import suppress
from urllib.parse import parse_qsl, urlsplit
from uuid import UUID

from kiosk.domain.refusal import Refusal
from kiosk.protocol.codec import Malformed, decode
from kiosk.protocol.courier import CarriedAnswer, CourierKey, Header, open_answer
from kiosk.protocol.messages import (
    MAX_OPS,
    Outcome,
    Problem,
    PullResponse,
    PushResponse,
    ServerState,
    SettleResponse,
    SnapshotResponse,
)
from kiosk.protocol.progress import SnapshotKey
from kiosk.services.courier_ports import TakenIn
from kiosk.sync.carried_pages import CarriedPages
from kiosk.sync.client import Enrolled
from kiosk.sync.courier_load import Newest
from kiosk.sync.faults import refused, rolled_back
from kiosk.sync.ports import Decisions, Inbox, Outbox

log = logging.getLogger(__name__)
OK = 200


class _Restored(Exception):
    """The city was restored from a backup: everything is to be sent and asked anew."""


class Answers:
    """Settles one file of answers.

    Args:
        me: this kiosk.
        newest: its own newest file, if it is known.
    """

    def __init__(
        self,
        me: Enrolled,
        outbox: Outbox,
        inbox: Inbox,
        decisions: Decisions,
        pages: CarriedPages,
        newest: Newest | None = None,
    ) -> None:
        self._newest = newest
        self._me = me
        self._outbox = outbox
        self._inbox = inbox
        self._decisions = decisions
        self._pages = pages
        self._settled = 0
        self._pulled = 0
        self._problem = self._reason = ""

    def take(
        self, header: Header, boxes: Sequence[bytes], privates: Sequence[bytes], key: CourierKey
    ) -> TakenIn:
        """Settle every answer, in the order of the file: verdicts come first, pages show what they have led to.

        Everything is opened, unpacked and read once before anything is written.

        Args:
            header: of the file, for this kiosk.
            boxes: its parts.
            privates: X25519 keys, one of which opens them.
            key: the city's.

        Raises:
            Refusal: not for this kiosk, not by its city, damaged, for an earlier key of this kiosk's, or of another
                life of the city.
        """
        if header.incarnation not in {0, self._me.incarnation}:
            raise Refusal("refusal.courier_earlier_key")
        try:
            if self._is_old_image(header, [self._checked(box, privates, key) for box in boxes]):
                self._outbox.note_rolled_back()
                return self._taken(rolled_back().key)
            for box in boxes:
                self._one(_open(box, privates, key))
        except _Restored:
            return self._taken("courier.city_restored")
        except Malformed:
            raise Refusal("refusal.courier_damaged") from None
        return self._taken(self._problem)

    def _taken(self, problem: str) -> TakenIn:
        return TakenIn(
            carried=False, settled=self._settled, pulled=self._pulled, problem=problem, reason=self._reason
        )

    def _checked(self, box: bytes, privates: Sequence[bytes], key: CourierKey) -> ServerState | None:
        """Read an answer and keep nothing but what it says of the city.

        Raises:
            Malformed: it cannot be read.
            Refusal: it is of another life of the city.
        """
        answer = _open(box, privates, key)
        if answer.device != self._me.device:
            raise Malformed("courier answer")
        message = _message(answer)
        if isinstance(message, Problem | None):
            return None
        self._is_restored(answer.file_id, message.state)
        return message.state

    def _is_old_image(self, header: Header, states: Sequence[ServerState | None]) -> bool:
        """Whether the city has operations of this very incarnation that were never made here."""
        known = [state for state in states if state is not None and state.epoch == self._inbox.epoch()]
        said = max((state.last_op_seq for state in known), default=0)
        return header.incarnation == self._me.incarnation and said > self._outbox.counts().issued

    def _one(self, answer: CarriedAnswer) -> None:
        match _message(answer):
            case Problem() as problem:
                self._refused(problem)
            case PushResponse() as pushed:
                self._push(answer.file_id, pushed)
            case SettleResponse() as decided:
                self._decision(answer.file_id, decided)
            case PullResponse() as page:
                self._same_life(answer.file_id, page.state)
                self._pulled += self._pages.changes(page, answer.after)
            case SnapshotResponse() as page:
                self._same_life(answer.file_id, page.state)
                anew = self._newest is not None and self._newest.anew
                asked = anew and self._newest is not None and self._newest.file_id == answer.file_id
                self._pulled += self._pages.held(page, _start_of(answer.target), anew=asked)
            case None:
                log.info("an answer to %s says nothing to us", answer.target)

    def _refused(self, problem: Problem) -> None:
        log.warning("the city refused what was carried: %s", problem.code)
        if not self._problem:
            fault = refused(problem.code, detail=problem.detail)
            self._problem, self._reason = fault.key, fault.reason

    def _is_restored(self, file_id: UUID, state: ServerState) -> bool:
        """Old answers may be of an earlier life of the city; the answers to our newest question are of its present.

        Raises:
            Refusal: of another life, and not to our newest question.
        """
        epoch = self._inbox.epoch()
        if epoch in {None, state.epoch}:
            return False
        if self._newest is None or (self._newest.file_id, self._newest.epoch) != (file_id, epoch):
            raise Refusal("refusal.courier_other_life")
        return True

    def _same_life(self, file_id: UUID, state: ServerState) -> None:
        if self._inbox.epoch() is None:
            self._inbox.adopt_epoch(state.epoch)
        if not self._is_restored(file_id, state):
            return
        self._outbox.rewind(max(0, state.last_op_seq - 1))
        self._inbox.adopt_epoch(state.epoch)
        raise _Restored

    def _push(self, file_id: UUID, answer: PushResponse) -> None:
        self._same_life(file_id, answer.state)
        open_ids = self._unsent({verdict.seq for verdict in answer.verdicts})
        verdicts = [verdict for verdict in answer.verdicts if verdict.op_id in open_ids]
        self._outbox.settle(verdicts)
        self._settled += len(verdicts)
        self._outbox.mark_durable(answer.state.durable_seq)

    def _unsent(self, seqs: set[int]) -> set[UUID]:
        """Operations of these numbers that have no verdict: an old file must not undo a newer word."""
        if not seqs:
            return set()
        found: set[UUID] = set()
        after = min(seqs) - 1
        while after < max(seqs) and (batch := self._outbox.unsent(MAX_OPS, after)):
            found.update(sent.op_id for sent in batch)
            after = batch[-1].seq
        return found

    def _decision(self, file_id: UUID, answer: SettleResponse) -> None:
        self._same_life(file_id, answer.state)
        final = [verdict for verdict in answer.verdicts if verdict.outcome is not Outcome.QUARANTINED]
        self._outbox.settle(final)
        self._settled += len(final)
        asked = answer.verdicts[0].op_id if answer.verdicts else None
        for request in self._decisions.pending():
            if request.op_id == asked:
                self._decisions.heard(request)


def _open(box: bytes, privates: Sequence[bytes], key: CourierKey) -> CarriedAnswer:
    """Undo ``seal_answer`` with the key that fits.

    Raises:
        Malformed: none does, or the city has not signed it.
    """
    for private in privates[:-1]:
        with suppress(Malformed):
            return open_answer(box, private, key)
    return open_answer(box, privates[-1], key)


def _message(
    answer: CarriedAnswer,
) -> PushResponse | SettleResponse | PullResponse | SnapshotResponse | Problem | None:
    """What the city said; None to a question that this program would not ask.

    Raises:
        Malformed: it cannot be read, or is larger than any answer.
    """
    content = answer.content()
    if answer.status != OK:
        return decode(Problem, content)
    match urlsplit(answer.target).path:
        case "/v1/push":
            return decode(PushResponse, content)
        case "/v1/settle":
            return decode(SettleResponse, content)
        case "/v1/pull":
            return decode(PullResponse, content)
        case "/v1/snapshot":
            _start_of(answer.target)
            return decode(SnapshotResponse, content)
        case _:
            return None


def _start_of(target: str) -> SnapshotKey | None:
    """The key after which a page of a snapshot begins.

    Raises:
        Malformed: it is none.
    """
    query = dict(parse_qsl(urlsplit(target).query))
    if "id" not in query:
        return None
    try:
        return SnapshotKey(query["entity"], UUID(query["id"]))
    except (KeyError, ValueError) as error:
        raise Malformed("courier answer") from error
