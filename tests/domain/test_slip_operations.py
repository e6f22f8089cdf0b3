from kiosk.domain.operations import IssueSlip
from kiosk.domain.values import SlipKind
from tests.domain.samples import Market


def test_a_slip_is_numbered_once():
    market = Market()
    body = IssueSlip(
        slip_id=market.new_id(), kind=SlipKind.JOB_SLIP, number=5, subject_id=market.new_id(), token="TOKEN"
    )
    op = market.operation(body)
    market.play(op)
    slip = market.ledger.slip(body.slip_id)
    assert (slip.kind, slip.number, slip.token, slip.home) == (SlipKind.JOB_SLIP, 5, "TOKEN", "WH01")
    assert slip.issued_at == op.at
    assert market.play(op).puts == ()
