"""Every statement that the city runs, and every migration, without what Citus, CockroachDB and YugabyteDB lack.

The statements are caught where they are sent, while the city's own tests of pushing, pulling, quarantine and couriers
would run them: a busy day is played here. Every statement that is written in any module of the city is read as well,
and so are the migrations.
"""

import ast
import importlib
import importlib.util
import pkgutil
import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from pathlib import Path
from types import ModuleType

import psycopg
import pytest

import kiosk.city
from kiosk.city import admin, migrate, schema
from kiosk.city.quarantine import retry_known, settle
from kiosk.protocol.messages import Action
from tests.city.test_push import published, registered
from tests.city.test_quarantine import unknown

#: What to look for, and which of them lack it or make it a bottleneck for all.
LACKING = {
    r"\bnextval\b|\bsetval\b|\bcurrval\b|\blastval\b": "sequences: a hot spot, and numbers come out of order",
    r"\b(big|small)?serial\b|\bGENERATED\b[^,]*\bIDENTITY\b|\bCREATE\s+SEQUENCE\b": "sequences behind columns",
    r"\bpg_(try_)?advisory": "advisory locks: of one machine only",
    r"\bLISTEN\b|\bNOTIFY\b|\bpg_notify\b": "notifications: of one machine only",
    r"\btxid_\w+|\bpg_current_xact_id\b|\bpg_snapshot\w*|\bxmin\b|\bxmax\b|\bctid\b": "numbers of transactions",
    r"\bDEFERRABLE\b|\bSET\s+CONSTRAINTS\b": "deferred constraints",
    r"\bCREATE\s+(CONSTRAINT\s+)?TRIGGER\b|\bCREATE\s+RULE\b": "triggers",
    r"\bUNIQUE\b(?!\s+NULLS)": "unique constraints beyond the primary key: not across shards",
    r"\bFOREIGN\s+KEY\b|\bREFERENCES\b": "foreign keys across shards",
    r"\bDECLARE\b.*\bCURSOR\b|\bWITH\s+HOLD\b": "cursors that stay open",
    r"\bLOCK\s+TABLE\b": "locks on tables",
    r"\bCREATE\s+(UNLOGGED|TEMP)": "tables of one session",
    r"\bdblink\b|\bpg_background\b": "sessions inside sessions",
    r"\bEXCLUDE\s+USING\b": "exclusion constraints",
}


def lacking(statement: str) -> list[str]:
    plain = re.sub(r"'[^']*'", "''", statement)
    return [why for pattern, why in LACKING.items() if re.search(pattern, plain, re.IGNORECASE | re.DOTALL)]


_STATEMENT = re.compile(
    r"\s*(SELECT|INSERT|UPDATE|DELETE|WITH|SET|LOCK|CREATE|DROP|GRANT|ALTER|VALUES|COPY)\b"
)


def modules() -> dict[str, ModuleType]:
    """All of ``kiosk.city`` but its migrations, which are read as files: a new module is in by itself."""
    walked = pkgutil.walk_packages(kiosk.city.__path__, "kiosk.city.")
    names = [each.name for each in walked if ".migrations" not in each.name]
    return {name: importlib.import_module(name) for name in names}


def _texts(value: object) -> Iterator[str]:
    """Statements in a constant, also of a class, of a dict, or of a dataclass with fields of statements."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for each in value.values():
            yield from _texts(each)
    elif isinstance(value, (tuple, list, frozenset, set)):
        for each in value:
            yield from _texts(each)
    elif is_dataclass(value) and not isinstance(value, type):
        for each in fields(value):
            yield from _texts(getattr(value, each.name))


def constants(module: ModuleType) -> list[str]:
    """Every statement that stands in a name of the module, or of a class made there."""
    made = [each for each in vars(module).values() if isinstance(each, type)]
    values = [*vars(module).values()]
    for each in made:
        if each.__module__ == module.__name__:
            values += vars(each).values()
    return [text for value in values for text in _texts(value) if _STATEMENT.match(text)]


def literals(module: ModuleType) -> list[str]:
    """Every statement that is written in the module's text, also inside a function; of an f-string its fixed parts."""
    tree = ast.parse(Path(module.__file__).read_text(encoding="utf-8"))
    found = []
    for node in ast.walk(tree):
        match node:
            case ast.JoinedStr(values=parts):
                text = " ".join(part.value if isinstance(part, ast.Constant) else "" for part in parts)
            case ast.Constant(value=str(text)):
                pass
            case _:
                continue
        if _STATEMENT.match(text):
            found.append(text)
    return found


def test_the_scan_finds_what_it_looks_for():
    for statement in (
        "SELECT nextval('x')",
        "CREATE TABLE t (id bigserial)",
        "CREATE TABLE t (id int GENERATED ALWAYS AS IDENTITY)",
        "SELECT pg_advisory_xact_lock(1)",
        "NOTIFY x",
        "SELECT txid_current()",
        "SELECT xmin FROM worker",
        "CREATE UNIQUE INDEX x ON worker (phone)",
        "ALTER TABLE t ADD CONSTRAINT c UNIQUE (a) DEFERRABLE",
        "CREATE TRIGGER t AFTER INSERT ON worker EXECUTE FUNCTION f()",
        "ALTER TABLE a ADD FOREIGN KEY (b) REFERENCES c",
    ):
        assert lacking(statement), statement
    assert lacking("INSERT INTO t VALUES ('unique, nextval')") == []


def test_no_statement_of_the_modules_needs_what_is_lacking():
    found = {name: [*constants(module), *literals(module)] for name, module in modules().items()}
    bad = {name: {each: lacking(each) for each in texts if lacking(each)} for name, texts in found.items()}
    assert {name: texts for name, texts in bad.items() if texts} == {}
    assert sum(map(len, found.values())) > 120


def test_the_scan_reads_every_module_that_holds_statements():
    """Whichever module is given text to run is in it: these were once not."""
    found = {name.rpartition(".")[2]: module for name, module in modules().items()}
    for name in ("statements", "stream_reads", "postgres_roaming", "postgres_merged"):
        assert constants(found[name]), name


def test_the_scan_finds_statements_wherever_they_are_written(tmp_path):
    source = tmp_path / "made.py"
    source.write_text(
        "A = {'x': ('SELECT 1',)}\n"
        "class C:\n    B = 'DELETE FROM t'\n"
        "def f(n):\n    return f'UPDATE {n} SET a = 1'\n"
    )
    spec = importlib.util.spec_from_file_location("made", source)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    assert constants(module) == ["SELECT 1", "DELETE FROM t"]
    assert {" ".join(each.split()) for each in literals(module)} >= {"UPDATE SET a = 1", "DELETE FROM t"}


def test_no_migration_needs_what_is_lacking():
    for path in (Path(migrate.__file__).parent / "migrations" / "versions").glob("v*.py"):
        text = path.read_text(encoding="utf-8")
        for word in (
            "UniqueConstraint",
            "unique=True",
            "Sequence(",
            "Identity(",
            "autoincrement=True",
            "ForeignKey",
        ):
            assert word not in text, f"{path.name}: {word}"
        assert lacking(re.sub(r'"""[A-Z].*?"""|unique=False', "", text)) == [], path.name


@pytest.mark.postgres
def test_no_statement_of_a_busy_day_needs_what_is_lacking(city, kiosk, other, known, monkeypatch):
    seen: set[str] = set()
    execute = psycopg.Cursor.execute

    def noted(self, query, *args, **kwargs):
        seen.add(query if isinstance(query, str) else query.as_string(self.connection))
        return execute(self, query, *args, **kwargs)

    monkeypatch.setattr(psycopg.Cursor, "execute", noted)
    listing = published(kiosk)
    worker = kiosk.worker_body()
    kiosk.say(worker, kiosk.apply_body(listing, worker.worker_id))
    bad, worse = unknown(kiosk, kiosk.worker_body()), unknown(kiosk, kiosk.worker_body())
    kiosk.push(bad, worse)
    city.store.run(lambda tx: settle(city, tx, kiosk.device.device, bad.op_id, Action.DISCARD, "x", "city"))
    known()
    retry_known(city)
    other.sees("area/371002")
    registered(other)
    kiosk.push(*kiosk.log)
    admin.revoke(city, "WH02")
    admin.after_restore(city)
    admin.devices(city)
    admin.counts(city)
    assert len(seen) > 30
    assert {each: lacking(each) for each in seen if lacking(each)} == {}


#: What a key may begin with, so that a shard can be found by it and no shard gets all of a kind.
LEADS = frozenset(
    "area stream device kiosk id old_id listing_id subject code what purpose".split()  # noqa: SIM905 - a line, not eleven
)


@pytest.mark.postgres
def test_every_key_leads_with_what_the_rows_are_spread_by(database):
    """In the database itself, for the order of columns in a key is what a migration has made it."""
    with psycopg.connect(database.owner) as connection:
        rows = connection.execute(
            "SELECT c.relname, a.attname FROM pg_index i JOIN pg_class c ON c.oid = i.indrelid "
            "JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = i.indkey[0] "
            "WHERE indisprimary AND c.relnamespace = 'public'::regnamespace AND relname <> 'alembic_version'"
        ).fetchall()
    assert len(rows) > 20
    assert {table: lead for table, lead in rows if lead not in LEADS} == {}


def test_every_table_that_a_push_touches_is_named_in_the_handbook():
    docs = (Path(migrate.__file__).resolve().parents[2] / "docs" / "operations.md").read_text(
        encoding="utf-8"
    )
    told = docs[docs.index("Beyond one PostgreSQL") : docs.index("### New wages")]
    assert [table.name for table in schema.metadata.sorted_tables if f"`{table.name}`" not in told] == []


@pytest.mark.postgres
def test_the_schema_that_comes_of_it_has_none_of_it(database):
    with psycopg.connect(database.owner) as connection:
        sequences = connection.execute("SELECT relname FROM pg_class WHERE relkind = 'S'").fetchall()
        triggers = connection.execute("SELECT tgname FROM pg_trigger").fetchall()
        unique = connection.execute(
            "SELECT indexrelid::regclass::text FROM pg_index JOIN pg_class c ON c.oid = indrelid "
            "JOIN pg_namespace n ON n.oid = relnamespace "
            "WHERE indisunique AND NOT indisprimary AND nspname = 'public'"
        ).fetchall()
        constraints = connection.execute(
            "SELECT conname FROM pg_constraint WHERE connamespace = 'public'::regnamespace "
            "AND (contype IN ('u', 'f', 'x') OR condeferrable)"
        ).fetchall()
        keyless = connection.execute(
            "SELECT relname FROM pg_class c WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace "
            "AND NOT EXISTS (SELECT 1 FROM pg_index i WHERE i.indrelid = c.oid AND indisprimary)"
        ).fetchall()
    assert (sequences, triggers, unique, constraints, keyless) == ([], [], [], [], [])
