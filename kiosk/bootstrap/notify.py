"""Tells systemd how the kiosk is: ready, alive, stopping. Silent where nobody listens.

The protocol is a datagram of ``NAME=value`` lines to the socket in ``NOTIFY_SOCKET`` (sd_notify(3)); what the packages
for it do is these few lines.
"""

import logging
import os
from collections.abc import Mapping

log = logging.getLogger(__name__)

_MICRO = 1_000_000


class Notifier:
    """One end of the socket.

    Attributes:
        watchdog_s: how long systemd waits for a sign of life; None when it does not wait for any.
    """

    def __init__(self, environment: Mapping[str, str] = os.environ) -> None:
        self._address = _address(environment.get("NOTIFY_SOCKET", ""))
        # WATCHDOG_PID is not looked at: below a compositor the watched process is the compositor's.
        limit = environment.get("WATCHDOG_USEC", "")
        self.watchdog_s = int(limit) / _MICRO if self._address and limit.isdigit() and int(limit) else None

    @property
    def heard(self) -> bool:
        """Whether anybody listens."""
        return bool(self._address)

    def ready(self) -> None:
        """The first page is on the screen."""
        self._send("READY=1")

    def alive(self) -> None:
        """Everything that has to move moves."""
        self._send("WATCHDOG=1")

    def stopping(self) -> None:
        """The end has begun."""
        self._send("STOPPING=1")

    def _send(self, line: str) -> None:
        if not self._address:
            return
        import socket

        try:
            with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM | socket.SOCK_CLOEXEC) as out:
                out.connect(self._address)
                out.sendall(line.encode("ascii"))
        except OSError as error:  # systemd draws its own conclusions; people at the screen are not to suffer
            log.warning("systemd was not told %s: %s", line, type(error).__name__)


def _address(name: str) -> str:
    """The socket's address: a path, or ``@`` and a name in Linux's abstract space; "" for none that we know."""
    if not name:
        return ""
    import socket

    if not hasattr(socket, "AF_UNIX") or not name.startswith(("/", "@")):
        return ""
    return "\0" + name[1:] if name.startswith("@") else name
