"""Brings a city's database to the schema of this program."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine
from sqlalchemy.engine import Connection
from sqlalchemy.pool import NullPool


class NewerSchema(RuntimeError):
    """The database was written by a newer program than this one."""


def _config(connection: Connection | None = None) -> Config:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    if connection is not None:
        config.attributes["connection"] = connection
    return config


def newest_schema() -> str:
    """The newest revision that this program knows."""
    return str(ScriptDirectory.from_config(_config()).get_current_head())


def migrate(dsn: str) -> None:
    """Run the missing steps, each database in one transaction.

    Args:
        dsn: libpq connection string of a role that owns the tables (not the gateway's).

    Raises:
        NewerSchema: the database is ahead of this program.
        sqlalchemy.exc.OperationalError: no database there.
    """
    engine = create_engine(f"postgresql+psycopg://{dsn.split('://', 1)[1]}", poolclass=NullPool)
    with engine.begin() as connection:
        current = MigrationContext.configure(connection).get_current_revision()
        known = {each.revision for each in ScriptDirectory.from_config(_config()).walk_revisions()}
        if current is not None and current not in known:
            raise NewerSchema(current)
        command.upgrade(_config(connection), "head")
