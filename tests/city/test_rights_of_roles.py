"""The gateway's role reads and writes rows; everything else of PostgreSQL is refused to it."""

import psycopg
import pytest

from kiosk.city.embedded import grant_gateway

pytestmark = pytest.mark.postgres

#: What a gateway that somebody took over would try.
FORBIDDEN = (
    "CREATE TABLE mine (id int)",
    "CREATE TEMPORARY TABLE mine (id int)",
    "DROP TABLE worker",
    "ALTER TABLE worker ADD COLUMN x int",
    "CREATE INDEX mine ON worker (id)",
    "TRUNCATE worker",
    "CREATE FUNCTION f() RETURNS int LANGUAGE sql AS 'SELECT 1'",
    "CREATE SCHEMA mine",
    "CREATE ROLE mine",
    "CREATE DATABASE mine",
    "SET ROLE city_owner",
    "COPY worker TO '/tmp/out'",
    "COPY worker TO PROGRAM 'cat'",
    "SELECT * FROM alembic_version",
    "SELECT pg_read_file('/etc/passwd')",
    "SELECT rolpassword FROM pg_authid",
)


@pytest.fixture
def database(cluster):
    """With the grants made for this database itself: copies do not take them along."""
    made = cluster.fresh()
    grant_gateway(made.owner)
    yield made
    cluster.drop(made)


@pytest.mark.parametrize("statement", FORBIDDEN)
def test_the_gateway_may_not(database, statement):
    with (
        psycopg.connect(database.gateway, autocommit=True) as connection,
        pytest.raises((psycopg.errors.InsufficientPrivilege, psycopg.errors.UndefinedObject)),
    ):
        connection.execute(statement)


def test_the_gateway_owns_nothing_and_has_no_special_right(database):
    with psycopg.connect(database.owner) as connection:
        row = connection.execute(
            "SELECT rolsuper, rolcreaterole, rolcreatedb, rolreplication, rolbypassrls FROM pg_roles "
            "WHERE rolname = 'city_gateway'"
        ).fetchone()
        owned = connection.execute(
            "SELECT relname FROM pg_class c JOIN pg_roles r ON r.oid = c.relowner WHERE rolname = 'city_gateway'"
        ).fetchall()
    assert row == (False,) * 5
    assert owned == []
