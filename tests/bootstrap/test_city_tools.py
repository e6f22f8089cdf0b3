"""``gig-kiosk city``: a city is made, kiosks are invited, listed and shut out, each by a command of its own."""

import re
from datetime import UTC, datetime, timedelta

import pytest

from kiosk.__main__ import main
from kiosk.bootstrap.city import Nightly

pytestmark = [pytest.mark.postgres, pytest.mark.slow]


@pytest.fixture
def tool(tmp_path, capsys, monkeypatch):
    """Runs one tool; gives its exit status and what it said."""
    tmp_path.chmod(0o711)  # PostgreSQL runs as another user when the tests run as root
    monkeypatch.setenv("GIG_KIOSK_CITY_DATA_DIR", str(tmp_path / "city"))

    def run(*arguments: str) -> tuple[int, str]:
        code = main(["--data-dir", str(tmp_path), "city", *arguments])
        return code, capsys.readouterr().out

    return run


def test_a_city_from_its_making_to_a_kiosk_shut_out(tool, tmp_path):
    code, said = tool("create", "--region", "371000", "--public-host", "lgsc.example.cn")
    assert code == 0, said
    assert "lgsc.example.cn" in said
    key = tmp_path / "city" / "sealing.key"
    assert re.fullmatch(r"[0-9a-f]{64}\n", key.read_text())
    assert key.stat().st_mode & 0o077 == 0
    before = key.read_text()
    assert tool("create", "--region", "371000", "--public-host", "new.example.cn")[0] == 0
    assert key.read_text() == before
    code, said = tool("enroll", "whc1")
    assert code == 0, said
    assert re.search(r"WHC1.*: [A-Z2-7]{4}(-[A-Z2-7]{4}){3}", said), said
    assert tool("devices") == (0, "no kiosks yet; make a token with: gig-kiosk city enroll CODE\n")
    assert tool("revoke", "WHC1") == (1, "the city knows no such kiosk\n")
    assert tool("enroll", "x")[0] == 1
    code, said = tool("purge", "--days", "7")
    assert code == 0
    assert (
        "0 expired listings left the streams, 0 expired job-wanted entries are withdrawn, 0 deletions" in said
    )
    assert tool("merge-workers", "--key", str(key))[1].startswith("0 ID numbers compared, 0 registrations")
    code, said = tool("merge-workers", "--key", str(tmp_path / "nowhere"))
    assert (code, "no key" in said) == (1, True)
    assert tool("purge", "--days", "-1") == (1, "--days: 0 or more\n")
    assert not list((tmp_path / "city" / "postgres").glob("postmaster.pid"))


def test_the_streams_are_purged_once_a_night():
    night = Nightly()
    at = datetime(2026, 11, 21, 19, 30, tzinfo=UTC)  # half past three in Shanghai
    assert not night.is_due(at - timedelta(hours=2))
    assert night.is_due(at)
    assert not night.is_due(at + timedelta(minutes=10))
    assert not night.is_due(at + timedelta(hours=6))
    assert night.is_due(at + timedelta(days=1))


def test_a_region_that_is_no_city_is_refused(tool):
    code, said = tool("create", "--region", "371002", "--public-host", "lgsc.example.cn")
    assert code == 1
    assert "371002 is not the region code of a city" in said


@pytest.mark.parametrize("arguments", [("devices",), ("enroll", "WHC1"), ("revoke", "WHC1"), ("purge",)])
def test_before_there_is_a_city_each_tool_says_what_is_missing(tool, arguments):
    code, said = tool(*arguments)
    assert code == 1
    assert "gig-kiosk city create" in said


def test_a_database_that_is_not_there_is_said(tool, monkeypatch, tmp_path):
    monkeypatch.setattr("kiosk.city.postgres.POOL_SECONDS", 0.2)
    monkeypatch.setenv("GIG_KIOSK_CITY_DSN", f"postgresql://nobody@/nothing?host={tmp_path}")
    code, said = tool("devices")
    assert code == 1
    assert said.startswith("the database does not answer")


def test_a_database_of_ones_own_is_prepared_by_its_owner(tool, tmp_path, monkeypatch):
    from kiosk.city.embedded import OWNER, EmbeddedPostgres, superuser_of

    with EmbeddedPostgres(tmp_path / "pg", durable=False) as postgres:
        made = postgres.create("city")
        import psycopg

        with psycopg.connect(superuser_of(made.gateway), autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE own OWNER {OWNER}")
        owner = made.owner.replace("/city?", "/own?")
        assert tool("prepare", "--owner-dsn", owner)[0] == 0
        monkeypatch.setenv("GIG_KIOSK_CITY_DSN", made.gateway.replace("/city?", "/own?"))
        assert tool("create", "--region", "371000", "--public-host", "lgsc.example.cn")[0] == 0
        assert tool("prepare", "--owner-dsn", owner)[0] == 0
        code, said = tool("prepare", "--owner-dsn", made.gateway.replace("/city?", "/none?"))
        assert code == 1
        assert said.startswith("not prepared:")
