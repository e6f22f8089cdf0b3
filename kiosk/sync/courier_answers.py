"""The city's answers from a stick: settled like any others, and harmless when they are old.

Verdicts count for operations that have none yet; a page of a stream only where the cursor still stands where the
question was asked; answers of another life of the city's database only when they answer this kiosk's newest file.
"""

import logging
from collections.abc import Sequence
from urllib.parse import urlsplit
from uuid import UUID

from kiosk.domain.refusal import Refusal
from kiosk.protocol.codec import Malformed, decode
from kiosk.protocol.courier import CarriedAnswer, CourierKey, open_answer
from kiosk.protocol.messages import (
    MAX_OPS,
    Outcome,
    Problem,
    PullResponse,
    PushResponse,
    ServerState,
    SettleResponse,
)
from kiosk.services.courier_ports import TakenIn
from kiosk.sync.courier_load import Newest
from kiosk.sync.faults import refused
from kiosk.sync.ports import Decisions, Inbox, Outbox
from kiosk.sync.pump import Pump

log = logging.getLogger(__name__)
OK = 200


class _Restored(Exception):
    """The city was restored from a backup: everything is to be sent and asked anew."""


class Answers:
    """Settles one file of answers."""

    def __init__(
        self,
        device: UUID,
        outbox: Outbox,
        inbox: Inbox,
        decisions: Decisions,
        pump: Pump,
        newest: Newest | None = None,
    ) -> None:
        self._newest = newest
        self._device = device
        self._outbox = outbox
        self._inbox = inbox
        self._decisions = decisions
        self._pump = pump
        self._settled = 0
        self._pulled = 0
        self._problem = self._reason = ""

    def take(self, boxes: Sequence[bytes], private: bytes, key: CourierKey) -> TakenIn:
        """Settle every answer, verdicts first: pages show what they have led to.

        Raises:
            Refusal: not for this kiosk, not by its city, damaged, or of another life of the city.
        """
        answers = []
        for box in boxes:
            try:
                answers.append(open_answer(box, private, key))
            except Malformed:
                raise Refusal("refusal.courier_damaged") from None
        if any(answer.device != self._device for answer in answers):
            raise Refusal("refusal.courier_damaged")
        try:
            for answer in answers:
                self._one(answer)
        except _Restored:
            self._problem = "courier.city_restored"
        except Malformed:
            raise Refusal("refusal.courier_damaged") from None
        return TakenIn(
            carried=False,
            settled=self._settled,
            pulled=self._pulled,
            problem=self._problem,
            reason=self._reason,
        )

    def _one(self, answer: CarriedAnswer) -> None:
        content = answer.content()
        if answer.status != OK:
            self._refused(decode(Problem, content))
            return
        match urlsplit(answer.target).path:
            case "/v1/push":
                self._push(answer.file_id, decode(PushResponse, content))
            case "/v1/settle":
                self._decision(answer.file_id, decode(SettleResponse, content))
            case "/v1/pull":
                self._page(answer.file_id, decode(PullResponse, content), answer.after)
            case _:
                log.info("an answer to %s says nothing to us", answer.target)

    def _refused(self, problem: Problem) -> None:
        log.warning("the city refused what was carried: %s", problem.code)
        if not self._problem:
            fault = refused(problem.code, detail=problem.detail)
            self._problem, self._reason = fault.key, fault.reason

    def _same_life(self, file_id: UUID, state: ServerState) -> None:
        """Old answers may be of an earlier life of the city; the answers to our newest question are of its present."""
        epoch = self._inbox.epoch()
        if epoch in {None, state.epoch}:
            return
        if self._newest is None or (self._newest.file_id, self._newest.epoch) != (file_id, epoch):
            raise Refusal("refusal.courier_other_life")
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

    def _page(self, file_id: UUID, answer: PullResponse, after: int) -> None:
        self._same_life(file_id, answer.state)
        if self._pump.take_page(answer, after):
            self._pulled += len(answer.items)
