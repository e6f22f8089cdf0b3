"""Which of several gateways on one address takes the next connection: the one that has least to do.

Left to themselves, whoever wakes first takes all that wait, and keeps them, for a kiosk's connection stays open: of
four kiosks that came at the same moment one gateway had all, and the other none.
"""

import asyncio
import errno
import logging
import socket
from collections.abc import Callable, MutableSequence
from typing import Final

import uvicorn
from starlette.types import ASGIApp, Receive, Scope, Send

log = logging.getLogger(__name__)
#: A request that is worked on weighs more than any number of connections on which nothing comes.
_REQUEST: Final = 1 << 20
#: What stands in the place of a gateway that does not serve (yet, or any more): nobody leaves anything to it.
ABSENT: Final = 1 << 62
#: So long a gateway that has more to do leaves a connection to the others, and so often it looks whether it still has.
LEFT_SECONDS: Final = 0.2
_LOOK_SECONDS: Final = 0.005
#: After this the system may have handles again.
_NO_HANDLES_SECONDS: Final = 1.0
_NO_HANDLES: Final = frozenset({errno.EMFILE, errno.ENFILE, errno.ENOBUFS, errno.ENOMEM})


class Share:
    """What each of the gateways has to do, as a number; each writes its own and reads those of the others.

    Args:
        loads: a place for each gateway, ``ABSENT`` at first, in memory that all of them see.
        mine: whose place is this one's.
    """

    def __init__(self, loads: MutableSequence[int], mine: int) -> None:
        self._loads = loads
        self._mine = mine
        self._requests = 0
        self._connections = 0

    def working(self, more: int) -> None:
        """So many requests more are worked on."""
        self._requests += more
        self._note()

    def connected(self, count: int) -> None:
        """So many connections are open."""
        self._connections = count
        self._note()

    def least(self) -> bool:
        """Whether no other gateway has less to do."""
        return self._loads[self._mine] <= min(self._loads)

    def _note(self) -> None:
        self._loads[self._mine] = self._requests * _REQUEST + self._connections


def noted(app: ASGIApp, share: Share) -> ASGIApp:
    """The application, with its requests counted."""

    async def counting(scope: Scope, receive: Receive, send: Send) -> None:
        share.working(1)
        try:
            await app(scope, receive, send)
        finally:
            share.working(-1)

    return counting


class SharingServer(uvicorn.Server):
    """uvicorn's server, but it takes connections one by one, and leaves them to gateways that have less to do.

    Args:
        config: as for uvicorn; its application is ``noted``.
        share: this gateway's.
        leave: seconds for which a connection is left to others that have less to do.
    """

    _listener: socket.socket

    def __init__(self, config: uvicorn.Config, share: Share, leave: float = LEFT_SECONDS) -> None:
        super().__init__(config)
        self._share = share
        self._left_for = leave
        #: Connections that are taken and not among uvicorn's yet, and who sees to that.
        self._greeting: dict[asyncio.Protocol, asyncio.Task[None]] = {}

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """See uvicorn; the one socket is ours to accept from."""
        await super().startup(sockets=[])
        (self._listener,) = sockets or []
        self._listener.settimeout(0)
        self._count()
        self._wait()

    async def on_tick(self, counter: int) -> bool:
        """See uvicorn. Ten times a second: the others have to know of connections that have ended, too."""
        self._count()
        return await super().on_tick(counter)

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """See uvicorn."""
        asyncio.get_running_loop().remove_reader(self._listener)
        await super().shutdown(sockets=sockets)

    def _wait(self) -> None:
        if not self.should_exit:
            asyncio.get_running_loop().add_reader(self._listener, self._somebody_waits)

    def _somebody_waits(self) -> None:
        self._count()
        if self._share.least():
            self._take()
        else:
            loop = asyncio.get_running_loop()
            loop.remove_reader(self._listener)
            self._leave(loop.time() + self._left_for)

    def _leave(self, until: float) -> None:
        """Look away while others have less to do; in the end they may be too busy to look, or have just died."""
        loop = asyncio.get_running_loop()
        if self._share.least():
            self._wait()
        elif loop.time() < until:
            loop.call_later(_LOOK_SECONDS, self._leave, until)
        else:
            self._wait()
            self._take()

    def _take(self) -> None:
        if self.should_exit:
            return
        try:
            connection, _ = self._listener.accept()
        except (BlockingIOError, InterruptedError, ConnectionAbortedError):
            return  # another gateway has it, or the kiosk is gone
        except OSError as error:
            if error.errno not in _NO_HANDLES:
                raise
            log.warning("no connection can be taken: %s", error.strerror)
            loop = asyncio.get_running_loop()
            loop.remove_reader(self._listener)
            loop.call_later(_NO_HANDLES_SECONDS, self._wait)
            return
        connection.settimeout(0)
        protocol = self._protocol()
        self._greeting[protocol] = asyncio.get_running_loop().create_task(self._greet(connection, protocol))
        self._count()

    async def _greet(self, connection: socket.socket, protocol: asyncio.Protocol) -> None:
        loop = asyncio.get_running_loop()
        try:
            await loop.connect_accepted_socket(lambda: protocol, connection, ssl=self.config.ssl)
        except (OSError, TimeoutError) as error:  # a client that speaks no TLS, or does not trust us
            log.info("a connection ended before its first request: %s", type(error).__name__)
        finally:
            del self._greeting[protocol]

    def _count(self) -> None:
        there = self.server_state.connections
        self._share.connected(len(there) + sum(each not in there for each in self._greeting))

    def _protocol(self) -> asyncio.Protocol:
        kind: Callable[..., asyncio.Protocol] = self.config.http_protocol_class
        return kind(config=self.config, server_state=self.server_state, app_state=self.lifespan.state)
