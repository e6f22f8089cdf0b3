"""``kiosk.domain.change.replace`` against the standard library's."""

import dataclasses

import pytest

from kiosk.domain.change import replace
from tests.domain.samples import TERMS, Market


@dataclasses.dataclass(frozen=True, slots=True)
class Derived:
    """Works something out when it is made."""

    a: int
    b: int

    def __post_init__(self) -> None:
        object.__setattr__(self, "b", self.a * 2)


def records():
    market = Market()
    employer = market.employer()
    market.run(market.post_body(employer, TERMS))
    market.worker()
    ledger = market.ledger
    tables = (ledger.workers, ledger.employers, ledger.listings, ledger.leases, ledger.centrals)
    return [record for table in tables for record in table.values()]


@pytest.mark.parametrize("record", records(), ids=lambda record: type(record).__name__)
def test_it_does_what_the_standard_library_does(record):
    assert replace(record, version=7) == dataclasses.replace(record, version=7)
    assert replace(record) == record
    assert replace(record) is not record
    assert hash(replace(record, version=7)) == hash(dataclasses.replace(record, version=7))


def test_the_original_stays_as_it_is():
    before = dataclasses.replace(TERMS)
    assert replace(TERMS, title="x").title == "x"
    assert before == TERMS


def test_a_field_that_is_not_there_is_an_error():
    with pytest.raises(TypeError, match="has no field 'wage'"):
        replace(TERMS, wage=1)


def test_a_class_that_works_something_out_is_not_copied_by_its_slots():
    with pytest.raises(TypeError, match="Derived"):
        replace(Derived(1, 0), a=2)
