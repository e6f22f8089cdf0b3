"""The log of operations: one row a batch, found again by number and by id; what an older city had is carried over."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import msgspec
import psycopg
import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import BigInteger, Integer, create_engine
from sqlalchemy.pool import NullPool

from kiosk.city.arrays import OutOfRange, array_of
from kiosk.city.embedded import grant_gateway
from kiosk.city.oplog import pack_entries, unpack_entries
from kiosk.city.postgres import PostgresStore
from kiosk.city.stored import LoggedOp
from kiosk.protocol.codec import encode
from kiosk.protocol.messages import Outcome
from tests.domain.samples import Market

AT = datetime(2025, 11, 22, 6, 0, 0, 123456, tzinfo=UTC)
DEVICE = UUID(int=7)


def logged(seq, op_id, **more):
    raw = b'{"op_id": "x",  "spaces":  "as they came"}'
    return LoggedOp(
        seq=seq, op_id=op_id, kind="worker.register/1", outcome=Outcome.REJECTED, reason="why", op=raw, **more
    )


@pytest.mark.postgres
def test_a_log_entry_comes_back_byte_for_byte():
    log = [logged(5, UUID(int=1), done_at=AT), logged(6, UUID(int=2))]
    assert list(unpack_entries(5, pack_entries(log))) == log


@pytest.mark.postgres
def test_operations_are_found_across_the_edges_of_batches(kiosk):
    batches = [[kiosk.sent(kiosk.operation(kiosk.worker_body())) for _ in range(3)] for _ in range(3)]
    for batch in batches:
        kiosk.push(*batch)
    device = kiosk.device.device
    found = kiosk.city.store.run(lambda tx: tx.logged(device, 1, 3, 7))
    assert sorted(found) == [3, 4, 5, 6, 7]
    for sent in (each for batch in batches for each in batch if 3 <= each.seq <= 7):
        assert (found[sent.seq].op_id, found[sent.seq].op) == (sent.op_id, bytes(sent.op))
    asked = [batches[0][1].op_id, batches[2][2].op_id, UUID(int=1)]
    by_id = kiosk.city.store.run(lambda tx: tx.logged_by_id(device, asked))
    assert {op_id: each.seq for op_id, each in by_id.items()} == {asked[0]: 2, asked[1]: 9}
    assert kiosk.city.store.run(lambda tx: tx.logged_by_id(UUID(int=1), asked)) == {}


@pytest.mark.postgres
def test_the_log_can_be_read_with_sql(kiosk, database):
    sent = [kiosk.sent(kiosk.operation(kiosk.worker_body())) for _ in range(4)]
    kiosk.push(*sent[:3])
    kiosk.push(*sent[3:])
    with psycopg.connect(database.gateway) as connection:
        rows = connection.execute("SELECT seq, op_id FROM op_log ORDER BY seq").fetchall()
    assert rows == [(each.seq, each.op_id) for each in sent]


@pytest.mark.parametrize(("kind", "value"), [(Integer, 2**31), (BigInteger, -(2**63) - 1)])
def test_a_number_too_large_for_its_column_is_refused_before_the_database(kind, value):
    array_of(kind, [value - 1 if value > 0 else value + 1])
    with pytest.raises(OutOfRange):
        array_of(kind, [value])


def _to(dsn, revision):
    engine = create_engine(f"postgresql+psycopg://{dsn.split('://')[1]}", poolclass=NullPool)
    config = Config()
    config.set_main_option("script_location", "kiosk:city/migrations")
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        (command.upgrade if revision == "head" else command.downgrade)(config, revision)


@pytest.mark.postgres
def test_the_log_of_an_older_city_is_carried_over(database):
    market = Market()
    workers = [market.worker(name) for name in ("李大海", "王二", "张三")]
    records = [market.ledger.worker(each) for each in workers]
    _to(database.owner, "0004")
    with psycopg.connect(database.owner) as connection:
        for seq in (*range(1, 701), 702):  # with a hole, as no city should have; it stays one
            connection.execute(
                "INSERT INTO op_log VALUES (%s, 1, %s, %s, 'worker.register/1', 'rejected', 'why', %s, %s, %s)",
                [
                    DEVICE,
                    seq,
                    UUID(int=seq),
                    AT + timedelta(seconds=seq // 100),
                    logged(1, DEVICE).op.decode(),
                    AT,
                ],
            )
        for record in records:
            connection.execute(
                "INSERT INTO worker VALUES (%s, 'WH01', %s, 1, %s)",
                [record.id, record.phone, encode(record).decode()],
            )
    _to(database.owner, "head")
    grant_gateway(database.owner)
    store = PostgresStore(database.gateway, 1)
    store.open()
    found = store.run(lambda tx: tx.logged(DEVICE, 1, 1, 1000))
    again = store.run(lambda tx: [tx.peek("worker", each) for each in workers])
    store.close()
    assert sorted(found) == [*range(1, 701), 702]
    assert all(each == logged(seq, UUID(int=seq), done_at=AT) for seq, each in found.items())
    assert again == records
    _to(database.owner, "0004")
    with psycopg.connect(database.owner) as connection:
        rows = connection.execute("SELECT seq, op_id, op, done_at FROM op_log ORDER BY seq").fetchall()
        body = connection.execute("SELECT body->>'name' FROM worker ORDER BY id").fetchall()
    assert rows == [(seq, UUID(int=seq), logged(1, DEVICE).op.decode(), AT) for seq in found]
    assert [row[0] for row in body] == ["李大海", "王二", "张三"]
    assert msgspec.json.decode(rows[0][2])["op_id"] == "x"
