"""Simulated devices: they speak the wire, and can fail in the ways real ones do."""

import os
import select
import socket
import threading
from dataclasses import dataclass, field

from PIL import Image

ESC, GS, DLE = 0x1B, 0x1D, 0x10
RECOVER = b"\x14\x08\x01\x03\x14\x01\x06\x02\x08"


@dataclass
class Habits:
    """How the printer behaves; may be changed between jobs."""

    paper_rows: int | None = None  # rows of dots left on the roll, None = endless
    near_end: bool = False
    cover_open: bool = False
    broken: bool = False
    offline: bool = False
    silent: bool = False  # takes everything, answers nothing
    answers_in_order: bool = True  # knows GS r
    babbles: bool = False  # answers bytes that are no status
    drop_after_rows: int | None = None  # the line breaks when so many rows have come
    hangs_after_cut: bool = False  # answers real-time status only once the slip is there


@dataclass
class EscposServer:
    """A network printer on loopback: decodes raster, answers status bytes, keeps what it printed."""

    habits: Habits = field(default_factory=Habits)
    slips: list[bytes] = field(default_factory=list)
    width_bytes: int = 72

    def __post_init__(self) -> None:
        self._listener = socket.create_server(("127.0.0.1", 0))
        host, port = self._listener.getsockname()
        self.address: tuple[str, int] = (host, port)
        self._paper = bytearray()
        self._waiting = bytearray()  # rows that came after the roll had ended
        self._hanging = False
        self._thread = threading.Thread(target=self._serve, daemon=True)
        self._thread.start()

    @property
    def loose(self) -> bytes:
        """Rows printed since the last cut: a piece that hangs in the slot."""
        return bytes(self._paper)

    def picture(self, place: int = -1) -> Image.Image:
        bits = self.slips[place]
        return Image.frombytes("1", (self.width_bytes * 8, len(bits) // self.width_bytes), bits, "raw", "1;I")

    def new_roll(self) -> None:
        """What a printer does when it gets paper again: it prints what it still has."""
        self.habits.paper_rows = None
        self._paper += self._waiting
        self._waiting.clear()

    def close(self) -> None:
        # Wakes accept(), which close() alone does not.
        if self._thread.is_alive():
            self._listener.shutdown(socket.SHUT_RDWR)
            self._thread.join(5)
        self._listener.close()
        assert not self._thread.is_alive()

    def _serve(self) -> None:
        while True:
            try:
                connection, _ = self._listener.accept()
            except OSError:
                return
            with connection:
                connection.settimeout(5)
                try:
                    self._talk(connection)
                except (EOFError, OSError):
                    continue

    def _talk(self, connection: socket.socket) -> None:
        rows_of_job = 0
        while True:
            command = _exactly(connection, 1)[0]
            if command == DLE:
                self._real_time(connection)
            elif command == ESC:
                assert _exactly(connection, 1) == b"@"
            elif command == GS:
                what = _exactly(connection, 1)
                if what == b"v":
                    rows_of_job += self._raster(connection)
                    limit = self.habits.drop_after_rows
                    if limit is not None and rows_of_job >= limit:
                        return
                elif what == b"V":
                    _exactly(connection, 2)
                    self._cut()
                elif what == b"r":
                    _exactly(connection, 1)
                    if self.habits.answers_in_order and not self._waiting and not self._hanging:
                        self._answer(connection, 0)
            else:
                raise AssertionError(f"not a command: {command:#x}")

    def _raster(self, connection: socket.socket) -> int:
        mode, zero, *size = _exactly(connection, 6)
        assert (mode, zero) == (ord("0"), 0)
        width, rows = size[0] | size[1] << 8, size[2] | size[3] << 8
        assert width <= self.width_bytes
        for _ in range(rows):
            row = _exactly(connection, width).ljust(self.width_bytes, b"\x00")
            if self.habits.paper_rows == 0:
                self._waiting += row
                continue
            if self.habits.paper_rows is not None:
                self.habits.paper_rows -= 1
            self._paper += row
        return rows

    def _cut(self) -> None:
        if self._waiting:
            return
        self.slips.append(bytes(self._paper))
        self._paper.clear()
        self._hanging = self.habits.hangs_after_cut

    def _real_time(self, connection: socket.socket) -> None:
        kind = _exactly(connection, 1)
        if kind == b"\x14":
            assert _exactly(connection, 8) == RECOVER[1:]
            self._waiting.clear()
            return
        assert kind == b"\x04"
        query = _exactly(connection, 1)[0]
        habits = self.habits
        bits = 0
        if query == 1 and (habits.offline or habits.cover_open or habits.paper_rows == 0):
            bits = 0x08
        elif query == 2:
            bits = 0x04 * habits.cover_open | 0x20 * (habits.paper_rows == 0) | 0x40 * habits.broken
        elif query == 3:
            bits = 0x20 * habits.broken
        elif query == 4:
            bits = 0x0C * habits.near_end | 0x60 * (habits.paper_rows == 0)
        self._answer(connection, 0x12 | bits)

    def _answer(self, connection: socket.socket, byte: int) -> None:
        if not self.habits.silent:
            connection.sendall(bytes((0xFF if self.habits.babbles else byte,)))


def _exactly(connection: socket.socket, count: int) -> bytes:
    data = bytearray()
    while len(data) < count:
        part = connection.recv(count - len(data))
        if not part:
            raise EOFError
        data += part
    return bytes(data)


PREAMBLE = bytes.fromhex("AAAAAA9669")


def card_text(
    name: str = "王建国",
    number: str = "371002197003031239",
    until: str = "20360303",
    kind: str = " ",
) -> bytes:
    """The 256 bytes of text that a card gives; address and issuer filled in, as on a real one."""
    fields = (
        (name, 15),
        ("1", 1),
        ("01", 2),
        ("19700303", 8),
        ("山东省威海市环翠区某街道某号", 35),
        (number, 18),
        ("威海市公安局环翠分局", 15),
        ("20160303", 8),
        (until, 8),
        ("", 18),
    )
    blank = " ".encode("utf-16-le")
    texts = [(value.encode("utf-16-le"), 2 * size) for value, size in fields]
    text = b"".join(value + blank * ((room - len(value)) // 2) for value, room in texts)
    return text[:248] + kind.encode("utf-16-le") + text[250:]


PHOTO = b"PHOTO-OF-A-FACE!" * 64


class SdtReader:
    """A card reader at the far end of a pty."""

    def __init__(self, *, card: bytes | None = None) -> None:
        self._master, slave = os.openpty()
        _raw(slave)
        self.port = os.ttyname(slave)
        self._slave = slave
        self.card = card
        self.noise = b""  # comes before each answer
        self.spoil = 0  # answers with this many bits of the checksum turned
        self.cut = 0  # bytes missing at the end of each answer
        self.deaf = False
        self.fails_at: int | None = None  # command byte answered with an error
        self.asked: list[bytes] = []
        self._wake_read, self._wake_write = os.pipe()
        self._thread = threading.Thread(target=self._serve, daemon=True)
        self._thread.start()

    def close(self) -> None:
        os.write(self._wake_write, b"x")
        self._thread.join(5)
        assert not self._thread.is_alive()
        for end in (self._master, self._slave, self._wake_read, self._wake_write):
            os.close(end)

    def _serve(self) -> None:
        data = b""
        while True:
            ready, _, _ = select.select([self._master, self._wake_read], [], [])
            if self._wake_read in ready:
                return
            data += os.read(self._master, 4096)
            while (start := data.find(PREAMBLE)) >= 0 and len(data) >= start + 7:
                length = int.from_bytes(data[start + 5 : start + 7], "big")
                end = start + 7 + length
                if len(data) < end:
                    break
                frame, data = data[start + 5 : end], data[end:]
                self.asked.append(frame[2:-1])
                check = 0
                for byte in frame[:-1]:
                    check ^= byte
                assert check == frame[-1], "the host's checksum"
                if not self.deaf:
                    self._reply(frame[2])

    def _reply(self, command: int) -> None:
        if self.fails_at == command:
            self._send(b"\x00\x00\x41")
        elif command == 0x11:
            self._send(b"\x00\x00\x90")
        elif self.card is None:
            self._send(b"\x00\x00\x80")
        elif command == 0x20:
            find = self.asked[-1] == b"\x20\x01"
            self._send(b"\x00\x00\x9f" + bytes(4) if find else b"\x00\x00\x90" + bytes(8))
        elif command == 0x30:
            sizes = len(self.card).to_bytes(2, "big") + len(PHOTO).to_bytes(2, "big")
            self._send(b"\x00\x00\x90" + sizes + self.card + PHOTO)

    def _send(self, content: bytes) -> None:
        body = (len(content) + 1).to_bytes(2, "big") + content
        check = 0
        for byte in body:
            check ^= byte
        frame = PREAMBLE + body + bytes((check ^ self.spoil,))
        os.write(self._master, self.noise + frame[: len(frame) - self.cut])


class SerialDevice:
    """Anything that only talks: a scanner at the far end of a pty."""

    def __init__(self) -> None:
        self._master, self._slave = os.openpty()
        _raw(self._slave)
        self.port = os.ttyname(self._slave)

    def say(self, data: bytes) -> None:
        os.write(self._master, data)

    def hear(self, count: int) -> bytes:
        data = b""
        while len(data) < count:
            data += os.read(self._master, count - len(data))
        return data

    def close(self) -> None:
        os.close(self._master)
        os.close(self._slave)


def _raw(terminal: int) -> None:
    import tty

    tty.setraw(terminal)
