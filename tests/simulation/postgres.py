"""The city's real store for the simulation: a PostgreSQL database that is backed up by copying it."""

from collections.abc import Callable
from typing import TypeVar

import psycopg

from kiosk.city.embedded import OWNER, Databases
from kiosk.city.postgres import PostgresStore
from kiosk.city.store import CityTransaction
from tests.city.stage import Cluster

T = TypeVar("T")


class PostgresWithBackups:
    """Implements ``BackedUp`` on databases of one cluster."""

    def __init__(self, cluster: Cluster) -> None:
        self._cluster = cluster
        self._now = cluster.fresh()
        self._store = self._opened()

    def _opened(self) -> PostgresStore:
        store = PostgresStore(self._now.gateway, 1)
        store.open()
        return store

    def run(self, work: Callable[[CityTransaction], T]) -> T:
        return self._store.run(work)

    def read(self, work: Callable[[CityTransaction], T]) -> T:
        return self._store.read(work)

    def close(self) -> None:
        self._store.close()

    def backup(self) -> Databases:
        self._store.close()
        copy = self._copied(self._now)
        self._store = self._opened()
        return copy

    def restore(self, backup: Databases) -> None:
        self._store.close()
        self._now = self._copied(backup)
        self._store = self._opened()

    def verified(self, backup: Databases) -> None:
        """As an administrator would: what the backup holds is durable."""
        with psycopg.connect(backup.owner) as then:
            rows = then.execute("SELECT last_seq, device, incarnation FROM device_cursor").fetchall()
        with psycopg.connect(self._now.owner) as now:
            now.cursor().executemany(
                "UPDATE device_cursor SET durable_seq = %s WHERE device = %s AND incarnation = %s", rows
            )

    def _copied(self, source: Databases) -> Databases:
        copy = self._cluster.fresh()
        superuser = self._cluster.template.owner.replace(f"{OWNER}@/template_city", "postgres@/postgres")
        name, of = _name(copy), _name(source)
        with psycopg.connect(superuser, autocommit=True) as connection:
            connection.execute(f"DROP DATABASE {name}")
            connection.execute(f"CREATE DATABASE {name} TEMPLATE {of} OWNER {OWNER}")
        return copy


def _name(databases: Databases) -> str:
    return psycopg.conninfo.conninfo_to_dict(databases.owner)["dbname"]
