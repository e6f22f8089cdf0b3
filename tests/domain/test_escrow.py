"""Whatever people do at several kiosks, nobody is promised a place that is not there."""

from contextlib import suppress
from dataclasses import replace
from uuid import UUID

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, initialize, invariant, rule

from kiosk.domain.city_slots import give_back, grant
from kiosk.domain.operations import (
    Apply,
    Body,
    CancelPlacement,
    CloseListing,
    MarkPlacement,
    PromotePlacement,
    ReviewListing,
    WithdrawConsent,
)
from kiosk.domain.records import Placement
from kiosk.domain.refusal import Refusal
from kiosk.domain.values import HOLDING, Claim, PlacementStatus
from tests.domain.samples import SELF, STAFF, TERMS, Market

KIOSKS = st.sampled_from(["WH01", "WH02", "WH03"])
CLAIMS = st.sampled_from([Claim.LEASE, Claim.NONE, Claim.CENTRAL])
MARKS = st.sampled_from(
    [
        PlacementStatus.ARRIVED,
        PlacementStatus.COMPLETED,
        PlacementStatus.PAID,
        PlacementStatus.UNPAID,
        PlacementStatus.NO_SHOW,
    ]
)


class Escrow(RuleBasedStateMachine):
    """One listing, three kiosks, and the city's records of them all."""

    placements = Bundle("placements")

    @initialize(headcount=st.integers(1, 9))
    def post(self, headcount: int) -> None:
        self.market = Market()
        body = self.market.post_body(self.market.employer(), replace(TERMS, headcount=headcount))
        self.listing_id = body.listing_id
        self.headcount = headcount
        self.market.run(body)
        self.market.run(ReviewListing(listing_id=self.listing_id, approve=True), STAFF)

    def do(self, body: Body, kiosk: str) -> None:
        """Run the operation, and at once again: the second time changes nothing."""
        op = self.market.operation(body, SELF, kiosk)
        with suppress(Refusal):
            self.market.play(op)
        before = self.state()
        with suppress(Refusal):
            self.market.play(op)
        assert self.state() == before

    def state(self) -> tuple[dict, ...]:
        ledger = self.market.ledger
        return tuple(
            map(dict, (ledger.workers, ledger.listings, ledger.placements, ledger.leases, ledger.centrals))
        )

    @rule(target=placements, kiosk=KIOSKS, claim=CLAIMS)
    def apply(self, kiosk: str, claim: Claim) -> UUID:
        placement_id = self.market.new_id()
        worker = self.market.worker()
        self.do(
            Apply(
                placement_id=placement_id, listing_id=self.listing_id, worker_id=worker, claim=claim, number=1
            ),
            kiosk,
        )
        return placement_id

    @rule(placement=placements, kiosk=KIOSKS)
    def cancel(self, placement: UUID, kiosk: str) -> None:
        self.do(CancelPlacement(placement_id=placement), kiosk)

    @rule(placement=placements, kiosk=KIOSKS, claim=CLAIMS)
    def promote(self, placement: UUID, kiosk: str, claim: Claim) -> None:
        self.do(PromotePlacement(placement_id=placement, claim=claim), kiosk)

    @rule(placement=placements, kiosk=KIOSKS, status=MARKS)
    def mark(self, placement: UUID, kiosk: str, status: PlacementStatus) -> None:
        self.do(MarkPlacement(placement_id=placement, status=status), kiosk)

    @rule(placement=placements, kiosk=KIOSKS)
    def withdraw(self, placement: UUID, kiosk: str) -> None:
        known = self.market.ledger.placement(placement)
        if known is not None:
            self.do(WithdrawConsent(worker_id=known.worker_id), kiosk)

    @rule(kiosk=KIOSKS, count=st.integers(1, 4))
    def lease(self, kiosk: str, count: int) -> None:
        ledger = self.market.ledger
        with suppress(Refusal):
            for record in grant(
                ledger.central(self.listing_id), ledger.lease(self.listing_id, kiosk), kiosk, count
            ):
                ledger.put(record)

    @rule(kiosk=KIOSKS, count=st.integers(1, 4))
    def unlease(self, kiosk: str, count: int) -> None:
        ledger = self.market.ledger
        lease = ledger.lease(self.listing_id, kiosk)
        if lease is not None:
            with suppress(Refusal):
                for record in give_back(ledger.central(self.listing_id), lease, count):
                    ledger.put(record)

    @rule(kiosk=KIOSKS, tired=st.integers(0, 9))
    def close(self, kiosk: str, tired: int) -> None:
        if tired == 0:
            self.do(CloseListing(listing_id=self.listing_id), kiosk)

    def holding(self) -> list[Placement]:
        return [
            each
            for each in self.market.ledger.placements_of_listing(self.listing_id)
            if each.status in HOLDING
        ]

    @invariant()
    def nobody_is_promised_a_place_that_is_not_there(self) -> None:
        assert len(self.holding()) <= self.headcount
        assert self.market.ledger.listing(self.listing_id).taken == len(self.holding())

    @invariant()
    def the_places_add_up(self) -> None:
        central = self.market.ledger.central(self.listing_id)
        leases = self.market.ledger.leases.values()
        assert (
            central.free + central.firm + sum(each.granted - each.returned for each in leases)
            == self.headcount
        )
        assert central.free >= 0
        assert all(each.free >= 0 for each in leases)

    @invariant()
    def every_place_is_held_where_it_was_taken(self) -> None:
        holding = self.holding()
        central = self.market.ledger.central(self.listing_id)
        assert central.firm == sum(each.claim is Claim.CENTRAL for each in holding)
        for lease in self.market.ledger.leases.values():
            assert lease.spent == sum(
                each.claim is Claim.LEASE and each.claim_home == lease.home for each in holding
            )

    @invariant()
    def who_holds_nothing_claims_nothing(self) -> None:
        for each in self.market.ledger.placements.values():
            if each.status not in HOLDING:
                assert (each.claim, each.claim_home) == (Claim.NONE, "")


TestEscrow = Escrow.TestCase
TestEscrow.settings = settings(max_examples=60, stateful_step_count=30, deadline=None)
