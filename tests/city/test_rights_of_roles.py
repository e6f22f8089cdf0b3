"""The gateway's role reads and writes rows; everything else of PostgreSQL is refused to it."""

import psycopg
import pytest

from kiosk.city import admin
from kiosk.city.context import CityContext
from kiosk.city.embedded import grant_gateway
from kiosk.city.migrate import migrate
from kiosk.city.postgres import PostgresStore
from tests.city.stage import AREA, DISTRICTS, HOST
from tests.city.test_oplog import _to
from tests.domain.samples import RULES

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


RIGHTS = """
SELECT c.relname, c.relkind::text,
       ARRAY(SELECT p FROM unnest(ARRAY['SELECT','INSERT','UPDATE','DELETE','TRUNCATE','REFERENCES','TRIGGER']) AS p
             WHERE has_table_privilege('city_gateway', c.oid, p)) AS may
FROM pg_class c WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'v', 'm', 'S', 'p', 'f')
"""
ROWS = ["SELECT", "INSERT", "UPDATE", "DELETE"]


def test_after_all_migrations_it_has_the_rows_of_every_table_and_nothing_else(cluster):
    """Also of tables that came with later migrations than the rights: ``city prepare`` gives them anew each time."""
    made = cluster.fresh()
    _to(made.owner, "0004")
    grant_gateway(made.owner)
    migrate(made.owner)
    grant_gateway(made.owner)
    with psycopg.connect(made.owner) as connection:
        found = {name: (kind, may) for name, kind, may in connection.execute(RIGHTS).fetchall()}
    cluster.drop(made)
    assert found.pop("alembic_version") == ("r", [])
    assert {"credit_code", "op_batch", "lookup_try", "reference_bundle"} <= found.keys()
    assert {name: may for name, (kind, may) in found.items() if may != ROWS} == {}


def test_before_it_is_given_its_rights_a_gateway_reads_nothing_of_a_new_table(cluster):
    """What the test above looks for would show: without the second grant the new tables are closed."""
    made = cluster.fresh()
    _to(made.owner, "0004")
    grant_gateway(made.owner)
    migrate(made.owner)
    with psycopg.connect(made.owner) as connection:
        found = {name: may for name, _, may in connection.execute(RIGHTS).fetchall()}
    cluster.drop(made)
    assert found["credit_code"] == []


def test_a_city_is_made_and_kiosks_are_invited_with_these_rights_alone(database, market):
    store = PostgresStore(database.gateway, 2)
    store.open()
    city = CityContext(store=store, rules=RULES, now=lambda: market.now, random=bytes)
    admin.create_city(city, AREA, HOST, DISTRICTS)
    assert admin.make_enroll_token(city, "WHC1")
    admin.after_restore(city)
    store.close()
