"""The pump's thread: soon after a commit, every minute, and ever more rarely while the city cannot be reached."""

import logging
import random
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from kiosk.services.faults import DeviceFault
from kiosk.sync.faults import NetworkFault
from kiosk.sync.pump import Round, Scope

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Pace:
    """Seconds.

    Attributes:
        push_after: from a commit to the push, so that what belongs together goes together.
        pull_every: between full rounds, ± ``spread`` (a share of it), so that kiosks do not march in step.
        backoff_first: upper end of the first wait after a failure; doubled each time up to ``backoff_most``.
    """

    push_after: float = 2.0
    pull_every: float = 60.0
    spread: float = 0.2
    backoff_first: float = 4.0
    backoff_most: float = 900.0

    def pull_in(self, chance: float) -> float:
        """Until the next full round; ``chance`` in 0–1."""
        return self.pull_every * (1 - self.spread + 2 * self.spread * chance)

    def retry_in(self, failures: int, fault: DeviceFault, chance: float) -> float:
        """Full jitter: anywhere between 0 and the doubled limit; never before the city asked to be asked again."""
        limit = min(self.backoff_most, self.backoff_first * 2.0 ** min(failures - 1, 16))
        asked = fault.retry_after if isinstance(fault, NetworkFault) else None
        return max(asked or 0.0, limit * chance)


class Rounds(Protocol):
    """What is run: a pump, or one that carries for others as well."""

    def step(self, scope: Scope) -> Round:
        """One bounded round; expected failures are in the answer."""

    def end_soon(self) -> None:
        """Begin nothing more in the round under way, nor in any other. Any thread."""


class SyncRunner:
    """Runs a pump in a thread until stopped.

    Args:
        pump: used by this thread only (its ``state`` may be read by others).
        pace: how often.
        after_round: called in this thread after each round, for the screen's bar; must return at once.
        chance: a number in 0–1, anew at each call.
    """

    def __init__(
        self,
        pump: Rounds,
        pace: Pace | None = None,
        after_round: Callable[[Round], None] | None = None,
        chance: Callable[[], float] = random.random,
    ) -> None:
        self._pump = pump
        self._pace = pace or Pace()
        self._after_round = after_round
        self._chance = chance
        self._changed = threading.Condition()
        self._stopping = False
        self._in_round = False
        self._failures = 0
        self._push_due: float | None = None
        self._pull_due = time.monotonic()
        self._not_before = 0.0
        self._thread = threading.Thread(target=self._run, name="sync", daemon=True)

    def start(self) -> None:
        """Begin with a full round."""
        self._thread.start()

    def stop(self, timeout: float = 5.0) -> bool:
        """End after the request under way; True when the thread has ended in time."""
        with self._changed:
            self._stopping = True
            self._changed.notify()
        self._pump.end_soon()
        if self._thread.is_alive():
            self._thread.join(timeout)
        with self._changed:
            # A thread that goes on for a while holds nothing of a window that has gone.
            self._after_round = None
        return not self._thread.is_alive()

    @property
    def in_round(self) -> bool:
        """Whether a round is under way. Any thread."""
        return self._in_round

    def committed(self) -> None:
        """Operations are in the outbox. Any thread."""
        with self._changed:
            if self._push_due is None:
                self._push_due = time.monotonic() + self._pace.push_after
                self._changed.notify()

    def now(self) -> None:
        """Somebody wants it at once (staff pressed the button): forget the backoff. Any thread."""
        with self._changed:
            self._not_before = 0.0
            self._pull_due = time.monotonic()
            self._changed.notify()

    def _run(self) -> None:
        while (scope := self._wait()) is not None:
            self._in_round = True
            try:
                done = self._pump.step(scope)
            except Exception:  # a bug in here must not end the exchange for good: log it and back off
                log.exception("sync round failed")
                done = Round(pushed=0, pulled=0, more=False, fault=DeviceFault("sync.bug", retry=True))
            finally:
                self._in_round = False
            self._plan(done, scope)
            with self._changed:
                if self._after_round is not None:
                    self._after_round(done)

    def _wait(self) -> Scope | None:
        """Sleep until a round is due; None when it is time to end."""
        with self._changed:
            while not self._stopping:
                due = min(self._pull_due, self._push_due or self._pull_due)
                rest = max(due, self._not_before) - time.monotonic()
                if rest <= 0:
                    scope = Scope.ALL if self._pull_due <= time.monotonic() else Scope.OWN
                    self._push_due = None
                    return scope
                self._changed.wait(rest)
            return None

    def _plan(self, done: Round, scope: Scope) -> None:
        now = time.monotonic()
        with self._changed:
            if done.fault is not None:
                self._failures += 1
                self._pull_due = self._not_before = now + self._pace.retry_in(
                    self._failures, done.fault, self._chance()
                )
                log.info("sync: %s, again in %.1f s", done.fault.key, self._not_before - now)
                return
            self._failures = 0
            self._not_before = 0.0
            if done.more:
                self._pull_due = now
            elif scope is Scope.ALL:
                self._pull_due = now + self._pace.pull_in(self._chance())
