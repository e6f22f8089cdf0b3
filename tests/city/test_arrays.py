"""Arrays packed by hand against PostgreSQL itself: what goes in comes out."""

from datetime import UTC, date, datetime
from uuid import UUID

import psycopg
import pytest
from psycopg import errors
from sqlalchemy import BigInteger, Boolean, Date, DateTime, Integer, LargeBinary, Text, Uuid

from kiosk.city.arrays import array_of, prepare

pytestmark = pytest.mark.postgres
VALUES = {
    Uuid: [UUID(int=0), UUID(int=2**128 - 1), None],
    Text: ["", "李大海 '\"\\{}", "𫓷", "NULL", None],
    LargeBinary: [b"", b"\x00\xff", None],
    BigInteger: [0, -1, 2**63 - 1, -(2**63), None],
    Integer: [0, -1, 2**31 - 1, -(2**31), None],
    Boolean: [True, False, None],
    DateTime: [
        datetime(1970, 1, 1, tzinfo=UTC),
        datetime(1999, 12, 31, 23, 59, 59, 999999, UTC),
        datetime(2025, 11, 22, 6, 30, 0, 1, UTC),
        None,
    ],
    Date: [date(1937, 5, 1), date(2000, 1, 1), date(2099, 12, 31), None],
}


@pytest.fixture
def connection(database):
    with psycopg.connect(database.gateway, autocommit=True) as connection:
        prepare(connection)
        connection.execute("SET timezone = 'UTC'")
        yield connection


@pytest.mark.parametrize("kind", VALUES, ids=lambda kind: kind.__name__)
def test_what_goes_in_comes_out(connection, kind):
    for values in (VALUES[kind], VALUES[kind][:1], [None], []):
        for _ in range(7):  # by then the driver has prepared the statement
            rows = connection.execute("SELECT each FROM unnest(%s) AS each", [array_of(kind, values)])
            assert [row[0] for row in rows] == values


def test_arrays_of_several_types_in_one_statement(connection):
    columns = [array_of(Text, ["a", b"b"]), array_of(Integer, [1, 2]), array_of(Boolean, [True, None])]
    rows = connection.execute("SELECT * FROM unnest(%s, %s, %s)", columns)
    assert rows.fetchall() == [("a", 1, True), ("b", 2, None)]


def test_a_text_that_the_database_cannot_hold_is_its_refusal(connection):
    with pytest.raises(errors.DataError):
        connection.execute("SELECT * FROM unnest(%s)", [array_of(Text, ["a\x00b"])])
