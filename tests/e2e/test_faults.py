"""What breaks, at the start and in use: said on the screen, and nothing that was promised is lost."""

import os
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from kiosk.bootstrap.face import FILE_NAME as FIRST_PAGE
from kiosk.bootstrap.kiosk import Kiosk
from kiosk.storage.connection import connect_writer
from kiosk.storage.keys import FILE_NAME as KEY_FILE
from kiosk.storage.keys import FileKeyStore
from kiosk.storage.storage import FILE_NAME
from tests.e2e.forms import say_who, skip_to_summary
from tests.e2e.market import market
from tests.e2e.program import program
from tests.e2e.test_morning import post, register
from tests.fakes import FakeClock
from tests.kiosk_fixture import open_kiosk

ROOT = Path(__file__).resolve().parents[2]
Mend = Callable[[], object]


@pytest.fixture
def folder(tmp_path, qapp):
    """A kiosk that has been set up, and is not running."""
    open_kiosk(tmp_path, FakeClock()).close()
    return tmp_path / "data"


def text_file(folder: Path) -> Mend:
    database = folder / FILE_NAME
    right = database.rename(folder / "put-aside")
    database.write_text("工资表\n" * 300, encoding="utf-8")
    return lambda: right.replace(database)


def wrong_key(folder: Path) -> Mend:
    key = folder / KEY_FILE
    right = key.read_bytes()
    key.write_text("ab" * 32 + "\n")
    return lambda: key.write_bytes(right)


def missing_key(folder: Path) -> Mend:
    key = folder / KEY_FILE
    aside = key.rename(folder / "put-aside")
    return lambda: aside.rename(key)


def exposed_key(folder: Path) -> Mend:
    key = folder / KEY_FILE
    key.chmod(0o644)
    return lambda: key.chmod(0o600)


def newer_schema(folder: Path) -> Mend:
    key = FileKeyStore(folder).load()
    assert key is not None

    def stamp(version: str) -> str:
        connection = connect_writer(folder / FILE_NAME, key)
        found = connection.execute("SELECT version_num FROM alembic_version").fetchone()[0]
        connection.execute("UPDATE alembic_version SET version_num = ?", (version,))
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        connection.close()
        return str(found)

    right = stamp("9001")
    return lambda: stamp(right)


CASES = {
    "text file": (text_file, "数据文件的位置上放着别的文件", "把它移开", "D-07"),
    "wrong key": (wrong_key, "密钥打不开这个数据文件", "原来的密钥", "D-08"),
    "missing key": (missing_key, "数据文件在，密钥不见了", "从保管处取回密钥", "D-11"),
    "exposed key": (exposed_key, "密钥文件别人也能读", "0600", "D-12"),
    "newer schema": (newer_schema, "数据文件是更新的程序写的（9001）", "安装新版程序", "D-09"),
}


@pytest.mark.parametrize("case", CASES)
def test_a_kiosk_that_cannot_open_says_so_and_opens_once_it_is_mended(folder, case):
    break_it, sentence, what_to_do, code = CASES[case]
    mend = break_it(folder)
    before = (folder / FILE_NAME).read_bytes()
    with program(folder.parent) as running:
        hand = running.start()
        assert hand.screen == "fault"
        for said in ("请找工作人员", sentence, what_to_do, code):
            hand.wait_text(said)
        hand.tap("叫工作人员")
        hand.wait_text("有人叫工作人员")
        hand.tap("读给我听")
        hand.wait(lambda: "没有装语音" in running.running.shell.toast, "the voice is missed")
        hand.tap("再试一次")
        hand.wait_screen("fault")
        hand.wait_text(sentence)
        assert (folder / FILE_NAME).read_bytes() == before
        mend()
        hand.tap("再试一次")
        running.wait_for("welcome").wait_text("找活干")
    assert {each.name for each in folder.iterdir()} == {FILE_NAME, KEY_FILE, FIRST_PAGE}


READ_ONLY = """
import sys
from pathlib import Path
from tests.e2e.market import market
from tests.e2e.program import program
from tests.e2e.test_morning import post, register
from kiosk.bootstrap.window import make_application
application = make_application([])
folder, screen = Path(sys.argv[1]), sys.argv[2]
with program(folder) as running:
    hand = running.start()
    print(hand.screen, *hand.texts(), sep="|")
    hand.tap("再试一次")
    hand.wait_screen("fault")
    folder.chmod(0o700)
    for each in folder.iterdir():
        each.chmod(0o700)
    hand.tap("再试一次")
    running.wait_for(screen)
    print(screen)
"""


def without_power(*command: str) -> list[str]:
    """Root may write where nobody may; a child without that power is as good as a common user."""
    if os.geteuid() != 0:
        return list(command)
    return ["setpriv", "--bounding-set=-dac_override,-dac_read_search", "--", *command]


@pytest.mark.skipif(sys.platform == "win32", reason="permission bits")
@pytest.mark.parametrize("which", ["new", "set up"])
def test_a_folder_that_cannot_be_written_is_said_and_works_once_it_can(tmp_path, qapp, which):
    folder = tmp_path / "kiosk"
    folder.mkdir()
    if which == "set up":
        open_kiosk(folder, FakeClock()).close()
        (folder / "data").chmod(0o500)
    folder.chmod(0o500)
    screen = "welcome" if which == "set up" else "setup"
    command = without_power(sys.executable, "-c", READ_ONLY, str(folder), screen)
    run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=60)
    assert run.returncode == 0, run.stderr
    first, last = run.stdout.splitlines()
    assert first.startswith("fault|")
    assert "数据文件不能写入" in first
    assert "检查数据文件夹的权限" in first
    assert "D-03" in first
    assert last == screen


# --- while people use it


@contextmanager
def full_disk(kiosk: Kiosk) -> Iterator[None]:
    """No page more may be added to the file: SQLite says SQLITE_FULL by itself."""

    def limit(pages: int) -> None:
        with kiosk.storage.database.writer() as connection:
            connection.execute(f"PRAGMA max_page_count = {pages}")

    with kiosk.storage.database.writer() as connection:
        used = connection.execute("PRAGMA page_count").fetchone()[0]
    limit(used)
    yield
    limit(1_000_000)


def integrity(kiosk: Kiosk) -> list[tuple[str]]:
    with kiosk.storage.database.reader() as connection:
        return connection.execute("PRAGMA integrity_check").fetchall()


def until_full(hand, kiosk):
    """Register people until the disk takes no more; how many were told that they are registered."""
    for told in range(40):
        hand.tap("我要登记")
        hand.tap("我同意，去登记")
        say_who(hand, "丛建国", f"139000011{told:02}")
        hand.tap("搬运装卸")
        hand.tap("装卸工")
        hand.tap("选好了")
        skip_to_summary(hand)
        hand.tap("都对，登记")
        hand.wait(lambda: hand.screen != "register_summary", "an answer")
        hand.settle()
        if hand.screen == "fault":
            return told
        hand.wait_screen("registered")
        hand.tap("完成")
        hand.wait_screen("welcome")
    raise AssertionError("the disk did not get full")


@pytest.mark.slow
def test_a_full_disk_while_somebody_registers(qapp, tmp_path):
    with market(tmp_path, with_city=False) as stage:
        kiosk = stage.kiosk("WHC1")
        hand = stage.hand(kiosk)
        with full_disk(kiosk):
            told = until_full(hand, kiosk)
            for said in ("机器的硬盘满了", "刚才这一步没有办成", "腾出硬盘空间", "D-01"):
                hand.wait_text(said)
            hand.tap("再试一次")
            hand.wait_screen("register_summary")
            hand.wait_text("丛建国")
            hand.tap("都对，登记")
            hand.wait_screen("fault")
        hand.tap("再试一次")
        hand.wait_screen("register_summary")
        hand.tap("都对，登记")
        hand.wait_screen("registered")
        hand.wait_text("凭条打印好了")
        phones = [f"139000011{at:02}" for at in range(told + 2)]
        found = [len(kiosk.services().identify.workers_by_phone(phone)) for phone in phones]
        assert found == [1] * (told + 1) + [0]
        assert integrity(kiosk) == [("ok",)]


class _Impostor(BaseHTTPRequestHandler):
    """Answers everything alike, whoever asks."""

    def do_GET(self) -> None:
        self.rfile.read(int(self.headers.get("Content-Length") or 0))
        body = "<html><title>登录上网</title></html>".encode()
        self.send_response(self.server.status)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)
        self.server.asked.set()

    do_POST = do_GET  # noqa: N815 - http.server's name

    def log_message(self, *_: object) -> None:
        pass


@contextmanager
def impostor(status: int, port: int = 0) -> Iterator[ThreadingHTTPServer]:
    """A server that is no city."""
    server = ThreadingHTTPServer(("127.0.0.1", port), _Impostor)
    server.status, server.asked = status, threading.Event()
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@pytest.mark.postgres
@pytest.mark.slow
@pytest.mark.parametrize("status", [200, 302, 500, 503])
def test_an_answer_that_is_no_citys_stops_nobody_and_loses_nothing(qapp, tmp_path, status):
    with market(tmp_path) as stage:
        kiosk = stage.kiosk("WHC1")
        hand = stage.hand(kiosk)
        hand.wait_text("已同步")
        stage.stop_city()
        with impostor(status, stage.port) as server:
            register(hand, name="丛建国", phone="13900001111")
            post(hand, title="搬家，三楼")
            hand.wait(server.asked.is_set, "a round of the exchange")
            unsent = kiosk.storage.read.sync_counts().unsent
            hand.wait_text(f"未同步 {unsent} 条")
        stage.start_city()
        hand.wait_text("已同步")
        assert stage.rows("SELECT count(*), count(DISTINCT op_id) FROM op_log") == [(unsent, unsent)]
        assert stage.rows("SELECT count(*) FROM worker") == [(1,)]
