"""The power goes, the disk is full: what was promised stays, what was not said leaves no trace."""

import subprocess
import sys
from pathlib import Path
from uuid import UUID

import pytest

from kiosk.domain.operations import BODIES
from kiosk.domain.values import HOLDING
from kiosk.storage.connection import connect_writer
from kiosk.storage.faults import StorageFault
from tests.storage.desk import KEY, Desk, storage_at

ROOT = Path(__file__).resolve().parents[2]


def work_and_die(path, seed, promises):
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.storage.writer", str(path), str(seed)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
    )
    said = []
    for line in process.stdout:
        if line != "ready\n":
            said.append(UUID(line.strip()))
        if len(said) >= promises:
            break
    process.kill()
    said += [UUID(line.strip()) for line in process.stdout if line.endswith("\n")]
    process.wait()
    process.stdout.close()
    return said


@pytest.mark.parametrize("promises", [1, 7, 40])
def test_a_killed_kiosk_keeps_every_promise(path, promises):
    said = []
    for seed in range(2):
        said += work_and_die(path, promises * 10 + seed, promises)
    storage = storage_at(path)
    storage.open()
    kept = [storage.read.placement(each) for each in said]
    assert None not in kept
    with storage.database.reader() as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        seqs = [row[0] for row in connection.execute("SELECT op_seq FROM outbox ORDER BY op_seq")]
        kinds = {row[0] for row in connection.execute("SELECT DISTINCT kind FROM outbox")}
    assert seqs == list(range(1, len(seqs) + 1))
    assert kinds <= set(BODIES)
    for listing_id in {each.listing_id for each in kept}:
        listing = storage.read.listing(listing_id)
        holding = [each for each in storage.read.placements_of_listing(listing_id) if each.status in HOLDING]
        assert listing.taken == len(holding) <= listing.terms.headcount
    storage.close()


def test_a_full_disk_is_a_fault_with_nothing_saved_and_work_goes_on_when_there_is_space(path, storage, desk):
    listing = desk.listing(headcount=500)
    with storage.database.writer() as connection:
        pages = connection.execute("PRAGMA page_count").fetchone()[0]
        connection.execute(f"PRAGMA max_page_count = {pages + 12}")
    done = []
    with pytest.raises(StorageFault) as caught:  # noqa: PT012 - which one fails is not known
        while len(done) < 500:
            done.append(desk.apply(listing, desk.worker()))
    assert caught.value.key == "fault.disk_full"
    assert caught.value.retry
    assert done
    issued = storage.outbox.counts().issued
    assert storage.read.listing(listing).taken == len(done)
    with pytest.raises(StorageFault):
        workers(desk, 500)
    with storage.database.writer() as connection:
        connection.execute("PRAGMA max_page_count = 1073741823")
    more = desk.apply(listing, desk.worker())
    assert storage.read.placement(more) is not None
    assert storage.read.listing(listing).taken == len(done) + 1
    seqs = [each.seq for each in storage.outbox.unsent(5000)]
    assert seqs == list(range(1, len(seqs) + 1))
    assert len(seqs) >= issued


def workers(desk, count):
    for _ in range(count):
        desk.worker()


LIMITED = """
import resource, signal, sys
from pathlib import Path
from kiosk.storage.faults import StorageFault
from tests.storage.desk import Desk, storage_at
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
storage = storage_at(Path(sys.argv[1]))
storage.open()
desk = Desk(storage)
size = max(each.stat().st_size for each in Path(sys.argv[1]).parent.iterdir())
resource.setrlimit(resource.RLIMIT_FSIZE, (size + 100_000, resource.RLIM_INFINITY))
saved = 0
try:
    while saved < 2000:
        desk.worker()
        saved += 1
except StorageFault as fault:
    print(fault.key)
assert 0 < saved < 2000, saved
resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
desk.worker()
print(saved + 1, storage.outbox.counts().issued)
storage.close()
"""


@pytest.mark.skipif(sys.platform == "win32", reason="RLIMIT_FSIZE")
def test_a_disk_that_takes_no_more_bytes(path):
    run = subprocess.run(
        [sys.executable, "-c", LIMITED, str(path)], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert run.returncode == 0, run.stderr
    key, counts = run.stdout.split("\n", 1)
    assert key in {"fault.disk_full", "fault.disk_error"}
    saved, issued = map(int, counts.split())
    assert saved == issued
    connection = connect_writer(path, KEY)
    assert connection.execute("SELECT count(*) FROM worker").fetchone()[0] == saved
    assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    connection.close()


def test_a_desk_after_a_crash_gives_fresh_numbers(path):
    work_and_die(path, 5, 3)
    storage = storage_at(path)
    storage.open()
    before = storage.outbox.counts().issued
    Desk(storage, 99).worker()
    assert storage.outbox.counts().issued == before + 1
    storage.close()
