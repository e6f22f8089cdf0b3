"""``gig-kiosk city quarantine``: what waits in plain words, taken up again, given up."""

import argparse
import re

import msgspec
import pytest

from kiosk.bootstrap.city_quarantine import quarantine_tool
from kiosk.protocol import codec
from tests.city.stage import city, database, kiosk, market
from tests.city.test_push import registered
from tests.city.test_quarantine import unknown, update_of, waiting

pytestmark = pytest.mark.postgres
__all__ = ["city", "database", "kiosk", "market"]


@pytest.fixture
def tool(city):
    """Runs one of the four; gives its exit status and what it said."""

    def run(what, **options):
        said = []
        code = quarantine_tool(city, argparse.Namespace(what=what, **options), said.append)
        return code, "\n".join(said)

    return run


@pytest.fixture
def bad(kiosk):
    sent = unknown(kiosk, kiosk.worker_body("王大海"))
    kiosk.push(sent)
    return str(sent.op_id)


def test_nothing_waits(tool):
    assert tool("list", all=False) == (0, "nothing is in quarantine")


def test_what_waits_is_said_in_plain_words(tool, bad):
    code, said = tool("list", all=False)
    assert code == 0
    assert re.search(rf"{bad}  WH01 .* UTC  waits     worker register: 王大海", said)
    assert "after an upgrade" in said
    code, said = tool("show", operation=bad)
    assert code == 0
    assert '"name":"王大海"' in said
    assert "number 1 of its enrolment 1" in said


def test_a_change_is_named_after_the_record_that_the_city_has(tool, kiosk):
    worker = registered(kiosk, "李大海")
    kiosk.push(unknown(kiosk, update_of(kiosk, worker, "王大海")))
    assert "worker update: 李大海" in tool("list", all=False)[1]


def test_taken_up_again_too_early_and_after_an_upgrade(tool, bad, kiosk, monkeypatch):
    code, said = tool("retry", operation=bad)
    assert (code, said.partition(":")[0]) == (1, "it still waits")
    monkeypatch.setitem(codec._bodies, "worker.register/99", codec._bodies["worker.register/1"])
    assert tool("retry", operation=bad)[0] == 0
    assert waiting(kiosk) == {}
    assert "accepted" in tool("list", all=True)[1]


def test_given_up_with_those_behind_it(tool, kiosk):
    worker = registered(kiosk)
    first = unknown(kiosk, update_of(kiosk, worker, "王大海"))
    later = kiosk.sent(kiosk.operation(update_of(kiosk, worker, "李小海")))
    kiosk.push(first, later)
    code, said = tool("discard", operation=str(first.op_id), reason="typed twice")
    assert code == 0
    assert f"{later.op_id}, which waited behind it: accepted" in said
    assert "settled     rejected (refusal.discarded) by city" in tool("show", operation=str(first.op_id))[1]


@pytest.mark.parametrize("text", ["x", "019aa86e-6b00-7925-b03b-ba91401ce852"])
def test_an_id_that_is_none(tool, text):
    assert tool("show", operation=text)[0] == 1


def test_bytes_that_are_nothing_are_shown_too(tool, kiosk):
    from uuid import uuid4

    from kiosk.protocol.messages import Sent

    sent = Sent(seq=1, op_id=uuid4(), op=msgspec.Raw(b'"nonsense"'))
    kiosk.push(sent)
    assert "unreadable" in tool("list", all=False)[1]
    assert '"nonsense"' in tool("show", operation=str(sent.op_id))[1]
