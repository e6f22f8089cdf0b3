"""Keeps the status bar true: which station this is, what time it is, and how much the city does not know yet."""

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Slot

from kiosk.services.ports import SyncCounts
from kiosk.services.station import STOPPED, Station
from kiosk.ui.context import UiContext
from kiosk.ui.tasks import Lane

TICK_MS = 5000


class StatusFeed(QObject):
    """Asks for the counts every few seconds, and whenever something was committed or a round is through."""

    def __init__(
        self, ctx: UiContext, station: Station, say: Callable[[str], None], parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._ctx = ctx
        self._station = station
        self._say = say
        self._counts: SyncCounts | None = None
        self._fault = ""
        self._going = False
        self._timer = QTimer(self)
        self._timer.setInterval(TICK_MS)
        self._timer.timeout.connect(self.refresh)
        ctx.strings.language_changed.connect(self._show)

    def start(self) -> None:
        """Begin."""
        self._going = True
        self._timer.start()
        self.refresh()

    def stop(self) -> None:
        """End: news of a round that comes after this finds nobody."""
        self._going = False
        self._timer.stop()

    @Slot()
    def refresh(self) -> None:
        """Ask for the counts anew."""
        if not self._going:
            return
        self._ctx.tasks.run(
            self._station.sync_counts, self._counted, self._failed, lane=Lane.READ, key="status.counts"
        )

    @Slot(str, str)
    def set_fault(self, key: str, reason: str) -> None:
        """What the last round ran into ("" for nothing): a string key, and the city's own words if it gave any."""
        self._fault = key
        self._station.note_fault(key, reason)
        self.refresh()

    def _counted(self, counts: SyncCounts) -> None:
        self._counts = counts
        self._show()

    def _failed(self, error: object) -> None:
        """The database answers again or the fault screen says why not; the bar has nothing to add."""

    @Slot()
    def _show(self) -> None:
        text = self._ctx.strings.text
        parts = [self._station.config.name, self._ctx.strings.time(self._ctx.clock.now())]
        counts = self._counts
        if self._fault in STOPPED:
            parts.append(text("status.stopped"))
        elif counts is not None and counts.unsent:
            parts.append(text("status.unsent", n=counts.unsent))
        elif self._station.config.enrolment is None:
            parts.append(text("status.alone"))
        elif self._fault:
            parts.append(text("status.offline"))
        elif counts is not None and counts.last_contact is not None:
            parts.append(text("status.synced"))
        self._say("  ·  ".join(parts))
