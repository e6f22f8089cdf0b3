"""An outbox and an inbox in memory, and a network that fails when told."""

from dataclasses import dataclass, field

import msgspec

from kiosk.protocol.codec import encode
from kiosk.protocol.messages import Outcome, Sent
from kiosk.protocol.progress import OutboxCounts, StreamCursor
from kiosk.sync.faults import NetworkFault
from kiosk.sync.ports import Answer


@dataclass
class FakeOutbox:
    ops: dict = field(default_factory=dict)  # seq → Sent
    verdicts: dict = field(default_factory=dict)  # op_id → Verdict
    durable: int = 0
    last_heard: object = None
    rolled_back: bool = False

    def append(self, op):
        seq = len(self.ops) + 1
        self.ops[seq] = Sent(seq=seq, op_id=op.op_id, op=msgspec.Raw(encode(op)))
        return seq

    def unsent(self, limit, after=0):
        waiting = [sent for sent in self.ops.values() if sent.op_id not in self.verdicts and sent.seq > after]
        return waiting[:limit]

    def settle(self, verdicts):
        known = {sent.op_id for sent in self.ops.values()}
        self.verdicts |= {verdict.op_id: verdict for verdict in verdicts if verdict.op_id in known}

    def mark_durable(self, to_seq):
        self.durable = max(self.durable, to_seq)

    def rewind(self, to_seq):
        for seq, sent in self.ops.items():
            if seq > to_seq:
                self.verdicts.pop(sent.op_id, None)

    def renumber(self):
        self.ops = {n: msgspec.structs.replace(sent, seq=n) for n, sent in enumerate(self.ops.values(), 1)}
        self.verdicts.clear()
        self.rolled_back = False

    def counts(self):
        outcomes = [verdict.outcome for verdict in self.verdicts.values()]
        return OutboxCounts(
            unsent=len(self.unsent(10**6)),
            issued=max(self.ops, default=0),
            rejected=outcomes.count(Outcome.REJECTED),
            quarantined=outcomes.count(Outcome.QUARANTINED),
        )

    def heard(self, at):
        self.last_heard = at

    def is_rolled_back(self):
        return self.rolled_back

    def note_rolled_back(self):
        self.rolled_back = True

    def outcomes(self):
        return [
            self.verdicts[sent.op_id].outcome for sent in self.ops.values() if sent.op_id in self.verdicts
        ]


@dataclass
class FakeInbox:
    known: object = None
    cursors: dict = field(default_factory=dict)
    rows: dict = field(default_factory=dict)  # (stream, entity, id) → body
    brought: dict = field(default_factory=dict)
    pages: int = 0
    last_compared: object = None

    def epoch(self):
        return self.known

    def adopt_epoch(self, epoch):
        self.known = epoch
        self.cursors.clear()
        self.brought.clear()

    def cursor(self, stream):
        return self.cursors.get(stream, StreamCursor(seq=0, replacing=True, reading=True))

    def compared(self):
        return self.last_compared

    def note_compared(self, at):
        self.last_compared = at

    def prepare(self, items):
        return items

    def streams(self):
        return sorted(self.cursors)

    def forget(self, stream):
        self.restart(stream)
        self.rows = {key: body for key, body in self.rows.items() if key[0] != stream}

    def catch_up(self):
        return False

    def apply_snapshot(self, stream, items, head, after, *, last):
        noted = self.cursor(stream)
        self._bring(stream, items)
        seq = head if noted.after is None else noted.seq
        at = None if last else after
        self.cursors[stream] = StreamCursor(seq=seq, replacing=True, reading=not last, after=at)

    def _bring(self, stream, items):
        self.pages += 1
        brought = self.brought.setdefault(stream, set())
        for item in items:
            key = (stream, item.entity, item.id)
            brought.add(key)
            if item.deleted:
                self.rows.pop(key, None)
            else:
                self.rows[key] = bytes(item.body)
        return brought

    def restart(self, stream):
        self.cursors.pop(stream, None)
        self.brought.pop(stream, None)

    def digest(self, stream):
        raise AssertionError("no day passes in these tests")

    def apply(self, stream, items, to_seq, *, complete):
        replacing = self.cursor(stream).replacing
        brought = self._bring(stream, items)
        if replacing and complete:
            self.rows = {k: v for k, v in self.rows.items() if k[0] != stream or k in brought}
        self.cursors[stream] = StreamCursor(seq=to_seq, replacing=replacing and not complete)

    def entities(self, entity):
        return {key[2]: msgspec.json.decode(body) for key, body in self.rows.items() if key[1] == entity}


class Network:
    """A transport around a transport; ``faults`` are used up one a request."""

    HTML = Answer(200, {"content-type": "text/html"}, b"<html>Please log in</html>")

    def __init__(self, inner):
        self.inner = inner
        self.faults = []
        self.sent = []

    def send(self, method, target, headers, body, timeout):
        fault = self.faults.pop(0) if self.faults else ""
        self.sent.append(target.partition("?")[0])
        if fault == "refuse":
            raise NetworkFault("sync.unreachable")
        if isinstance(fault, Answer):
            return fault
        answer = self.inner.send(method, target, headers, body, timeout)
        if fault == "lose answer":
            raise NetworkFault("sync.timeout", smaller=True)
        if fault == "twice":
            answer = self.inner.send(method, target, headers, body, timeout)
        if fault == "cut answer":
            return Answer(answer.status, answer.headers, answer.body[: len(answer.body) // 2])
        return answer

    def close(self):
        self.inner.close()
