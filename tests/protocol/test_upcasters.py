"""Operations of earlier versions are read as the present one; newer ones wait; circles and broken ones are refused."""

from uuid import UUID

import msgspec
import pytest

from kiosk.domain.operations import RegisterWorker
from kiosk.protocol.codec import Malformed, UnknownKind, decode_operation, encode, knows
from kiosk.protocol.upcasters import UPCASTERS, Upcaster
from tests.domain.samples import Market

#: As it would be: in its first days a registration had first and last name apart, then one name and no wish for SMS.
STEPS = {
    "worker.register/-1": Upcaster(
        "worker.register/0",
        lambda body: (
            {k: v for k, v in body.items() if k not in {"family", "given"}}
            | {"name": body["family"] + body["given"]}
        ),
    ),
    "worker.register/0": Upcaster("worker.register/1", lambda body: {"wants_sms": False, **body}),
    "circle/1": Upcaster("circle/2", dict),
    "circle/2": Upcaster("circle/1", dict),
}


def old(kind, **changes):
    """A worker's registration as an earlier program wrote it."""
    market = Market()
    caught = []
    run, market.run = market.run, lambda body, *_, **__: caught.append(body)
    market.worker("于海燕")
    market.run = run
    op = msgspec.to_builtins(market.operation(caught[0]))
    op["kind"] = kind
    del op["body"]["wants_sms"]
    op["body"] |= changes
    return encode(op), op


def test_one_step_and_two_lead_to_the_present_body():
    raw, op = old("worker.register/0")
    read = decode_operation(raw, STEPS)
    assert isinstance(read.body, RegisterWorker)
    assert (read.kind, read.op_id, read.body.name) == ("worker.register/1", UUID(op["op_id"]), "于海燕")
    raw, op = old("worker.register/-1", family="欧阳", given="鹤鸣")
    assert decode_operation(raw, STEPS).body.name == "欧阳鹤鸣"
    assert knows("worker.register/-1", STEPS)


def test_what_no_step_leads_from_is_unknown_and_a_circle_ends():
    for kind in ("worker.register/2", "circle/1", "worker.fly/1"):
        raw, _ = old(kind)
        assert not knows(kind, STEPS)
        with pytest.raises(UnknownKind):
            decode_operation(raw, STEPS)


def test_an_old_body_that_does_not_fit_is_malformed_and_not_a_crash():
    raw, _ = old("worker.register/-1", family=7)
    with pytest.raises(Malformed):
        decode_operation(raw, STEPS)
    raw, _ = old("worker.register/0", phone=[])
    with pytest.raises(Malformed):
        decode_operation(raw, STEPS)


def test_every_step_of_this_program_leads_to_a_kind_that_it_knows():
    assert all(knows(kind) for kind in UPCASTERS)
