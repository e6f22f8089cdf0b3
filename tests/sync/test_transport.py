"""HTTP with sockets that misbehave."""

import socket
import threading
from contextlib import suppress

import pytest

from kiosk.sync.faults import NetworkFault
from kiosk.sync.transport import HttpTransport, PlainHttp


class Server:
    """Answers each connection with the next script: bytes to send, or None to close at once."""

    def __init__(self, *scripts):
        self.scripts = scripts
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.listener.settimeout(10)
        self.thread = threading.Thread(target=self.run, daemon=True)
        self.release = threading.Event()

    @property
    def url(self):
        return f"http://127.0.0.1:{self.listener.getsockname()[1]}"

    def run(self):
        for script in self.scripts:
            connection, _ = self.listener.accept()
            with connection, suppress(OSError):
                connection.recv(65536)
                for part in script:
                    if part is Ellipsis:
                        self.release.wait(10)
                    else:
                        connection.sendall(part)

    def __enter__(self):
        self.thread.start()
        return self

    def __exit__(self, *_):
        self.release.set()
        self.thread.join(10)
        self.listener.close()


OK = b"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 2\r\n\r\n{}"


def send(transport, timeout=5.0):
    return transport.send("GET", "/v1/hello", {}, b"", timeout)


def test_an_idle_connection_that_the_city_has_closed_is_opened_again():
    with Server([OK], [OK]) as server:
        transport = HttpTransport(server.url)
        assert send(transport).body == send(transport).body == b"{}"
        transport.close()


@pytest.mark.parametrize(
    ("script", "key"),
    [
        ([], "sync.unreachable"),
        ([b"nonsense\r\n\r\n"], "sync.unreachable"),
        ([OK[:-1]], "sync.unreachable"),
        ([b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n5\r\nab"], "sync.unreachable"),
        ([b"HTTP/1.1 200 OK\r\n", ...], "sync.timeout"),
    ],
)
def test_a_broken_answer_is_a_network_fault(script, key):
    with Server(script) as server:
        transport = HttpTransport(server.url)
        with pytest.raises(NetworkFault) as caught:
            send(transport, timeout=0.2)
        assert caught.value.key == key
        transport.close()


def test_an_endless_answer_is_cut_off(monkeypatch):
    monkeypatch.setattr("kiosk.sync.transport.MAX_ANSWER_BYTES", 1000)
    with Server([b"HTTP/1.1 200 OK\r\n\r\n" + b"x" * 5000]) as server:
        transport = HttpTransport(server.url)
        with pytest.raises(NetworkFault) as caught:
            send(transport)
        assert caught.value.key == "sync.not_the_city"


def test_an_answer_that_drips_for_ever_is_given_up_though_each_piece_comes_in_time(monkeypatch):
    monkeypatch.setattr("kiosk.sync.transport.PATIENCE", 0)
    with Server([OK]) as server:
        transport = HttpTransport(server.url)
        with pytest.raises(NetworkFault) as caught:
            send(transport)
        assert (caught.value.key, caught.value.smaller) == ("sync.timeout", True)


def test_nobody_listening_is_unreachable():
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    with pytest.raises(NetworkFault):
        send(HttpTransport(f"http://127.0.0.1:{port}"))


def test_plain_http_is_for_this_machine_only():
    with pytest.raises(PlainHttp):
        HttpTransport("http://city.example.cn")
    with pytest.raises(ValueError, match="https"):
        HttpTransport("ftp://city.example.cn")
