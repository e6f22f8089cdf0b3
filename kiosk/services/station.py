"""The station at work: how it stands with the city, joining one later, its signing key."""

from typing import Protocol

from kiosk.domain.refusal import Refusal
from kiosk.services.ports import (
    ReadModel,
    Signals,
    SyncCounts,
)
from kiosk.services.station_config import StationConfig

#: Faults of the exchange (string keys) that end only when somebody acts: shut out, twice the same, too old, set back,
#: a certificate or a clock that is out of date.
STOPPED = frozenset(
    {
        "sync.revoked",
        "sync.fenced",
        "sync.unknown_device",
        "sync.upgrade",
        "sync.city_older",
        "sync.re_enrol",
        "sync.refused",
        "sync.certificate_expired",
    }
)


class CityEntry(Protocol):
    """Takes a station that is at work into a city, with everything it has done so far."""

    def enter(self, url: str, token: str, config: StationConfig) -> StationConfig:
        """Enrol, then seal for the city, number for it and save the station, in one transaction.

        A station that was enrolled before comes back under another key. Cut off anywhere, it may be called again.

        Raises:
            Refusal: the token is wrong, used, or for another kiosk; the city is another one.
            DeviceFault: the city cannot be reached or is not one.
        """

    def renew(self, config: StationConfig) -> StationConfig:
        """Change the station's signing key; slips of the old one stay good. Cut off anywhere, it may be called again.

        Raises:
            DeviceFault: the city cannot be reached, or has shut this station out.
        """


class Station:
    """What the station is, what the last exchange ran into, and what staff can do about it."""

    def __init__(
        self, config: StationConfig, read: ReadModel, signals: Signals, entry: CityEntry | None = None
    ) -> None:
        self._config = config
        self._read = read
        self._signals = signals
        self._entry = entry
        self._fault = self._reason = ""

    @property
    def fault(self) -> str:
        """What the last round of the exchange ran into, as a string key; "" for nothing."""
        return self._fault

    @property
    def fault_reason(self) -> str:
        """What the city's engineer gave as the reason for it, as they wrote it; "" for nothing."""
        return self._reason

    def note_fault(self, key: str, reason: str = "") -> None:
        """A round of the exchange is through. The screen's thread."""
        self._fault, self._reason = key, reason

    @property
    def config(self) -> StationConfig:
        """The saved station."""
        return self._config

    def sync_counts(self) -> SyncCounts:
        """Unsent, quarantined and rejected operations. Read lane."""
        return self._read.sync_counts()

    def sync_now(self) -> None:
        """Ask for a round of the exchange at once. Returns at once."""
        self._signals.sync_wanted()

    def renew_key(self) -> StationConfig:
        """Change the key that requests and slips are signed with. Blocks: outside lane.

        Raises:
            DeviceFault: the city cannot be reached, or has shut this station out; nothing has changed.
        """
        assert self._entry is not None, "a station at work has a way into a city"
        self._config = self._entry.renew(self._config)
        self._signals.station_changed()
        return self._config

    def join_city(self, url: str, token: str) -> StationConfig:
        """Enrol a station that began on its own (or was shut out) with a one-time token. Blocks: outside lane.

        Afterwards the station is another one: ``Signals.station_changed`` has the kiosk put itself together again.

        Raises:
            Refusal: what has to be mended; nothing has changed.
            DeviceFault: the city cannot be reached; nothing has changed.
        """
        if not url.strip():
            raise Refusal("refusal.city_url", "city_url")
        if not token.strip():
            raise Refusal("refusal.enrol_token_missing", "enrol_token")
        assert self._entry is not None, "a station at work has a way into a city"
        self._config = self._entry.enter(url.strip(), token.strip(), self._config)
        self._signals.station_changed()
        return self._config
