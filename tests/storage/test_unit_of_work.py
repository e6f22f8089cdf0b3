import logging
import threading
from uuid import UUID

import pytest
from sqlalchemy.exc import DBAPIError

from kiosk.domain.operations import CancelPlacement, WithdrawConsent
from kiosk.domain.records import CentralSlots
from kiosk.domain.refusal import Refusal
from kiosk.domain.values import ListingStatus, PlacementStatus
from kiosk.protocol.codec import decode_operation, encode
from kiosk.services.ports import AuditEntry, ListingQuery, PrintState, SlipJob, StaffMember
from kiosk.services.slip_content import SlipContent
from kiosk.storage import migration
from tests.storage.desk import SELF, storage_at
from tests.storage.market import HOME, NOW


def rows(storage, table):
    with storage.database.reader() as connection:
        return connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0]


def everything(storage):
    names = ("worker", "employer", "listing", "placement", "lease", "market", "outbox", "audit", "setting")
    return {name: rows(storage, name) for name in (*names, "number_series", "slip_job", "staff")}


def test_what_is_committed_is_read_back_equal(storage, market):
    records = [market.worker(), market.employer(2), market.listing(), market.lease(market.listing())]
    with storage.unit_of_work() as uow:
        for record in records:
            uow.put(record)
        uow.commit()
    worker, employer, listing, lease = records
    with storage.unit_of_work() as uow:
        assert uow.worker(worker.id) == worker
        assert uow.employer(employer.id) == employer
        assert uow.listing(listing.id) == listing
        assert uow.lease(lease.listing_id, HOME) == lease
        assert uow.lease(lease.listing_id, "OTHER") is None
        assert uow.slip(worker.id) is None
    assert storage.read.worker(worker.id) == worker
    assert storage.read.listing(listing.id) == listing


def test_without_commit_nothing_stays(storage, desk, market):
    listing = desk.listing()
    before = everything(storage)
    with storage.unit_of_work() as uow:
        uow.put(market.worker())
        uow.put(market.listing())
        desk.perform(uow, WithdrawConsent(worker_id=_put_worker(uow, market)))
        uow.next_number("slip")
        uow.put_setting("city", b"371000")
    assert everything(storage) == before
    with storage.unit_of_work() as uow:
        assert uow.next_number("slip") == 1
        assert uow.listing(listing) is not None


def _put_worker(uow, market):
    worker = market.worker()
    uow.put(worker)
    return worker.id


def test_a_refusal_in_the_middle_takes_everything_back(storage, desk, market):
    before = everything(storage)
    with pytest.raises(Refusal), storage.unit_of_work() as uow:  # noqa: PT012 - the transaction is the subject
        uow.put(market.worker())
        desk.perform(uow, CancelPlacement(placement_id=UUID(int=5)))
    assert everything(storage) == before


def test_op_seq_counts_without_gaps_and_keeps_the_bytes(storage, desk):
    first, second = desk.worker(), desk.worker()
    with storage.unit_of_work() as uow:
        desk.perform(uow, WithdrawConsent(worker_id=first))  # rolled back: its number is given again
    op = desk.do(WithdrawConsent(worker_id=second))
    sent = storage.outbox.unsent(10)
    assert [each.seq for each in sent] == [1, 2, 3]
    assert bytes(sent[2].op) == encode(op)
    assert decode_operation(sent[2].op) == op
    assert sent[2].op_id == op.op_id


def test_an_application_takes_the_place_and_the_last_one_closes_the_listing(storage, desk):
    listing_id = desk.listing(headcount=2)
    placements = [desk.apply(listing_id, desk.worker()) for _ in range(3)]
    listing = storage.read.listing(listing_id)
    assert listing.status is ListingStatus.FULL
    statuses = [storage.read.placement(each).status for each in placements]
    assert statuses == [PlacementStatus.CONFIRMED, PlacementStatus.CONFIRMED, PlacementStatus.WAITLISTED]
    assert [each.id for each in storage.read.placements_of_listing(listing_id)] == placements
    assert storage.read.listings(ListingQuery(), NOW, None, 10).rows == ()
    desk.cancel(placements[0])
    assert [each.id for each in storage.read.listings(ListingQuery(), NOW, None, 10).rows] == [listing_id]


def test_reserves_of_the_city_are_not_kept(storage):
    with storage.unit_of_work() as uow:
        uow.put(CentralSlots(listing_id=UUID(int=1), headcount=4, free=1))
        assert uow.central(UUID(int=1)) is None
        uow.commit()


def test_people_are_found_by_phone_identity_and_code(storage, market):
    worker = market.worker(phone="13800001111")
    gone = market.worker(phone="13800001111")
    gone = market.worker(
        phone="13800001111", consent=type(gone.consent)(text_version="1", given_at=NOW, withdrawn_at=NOW)
    )
    firm = market.employer(2)
    with storage.unit_of_work() as uow:
        for record in (worker, gone, firm):
            uow.put(record)
        assert [each.id for each in uow.worker_by_phone("13800001111")] == [worker.id]
        assert uow.worker_by_identity("nobody") is None
        assert uow.employer_by_credit_code(firm.credit_code) == firm
        assert uow.employer_by_phone(firm.phone) == [firm]
        uow.commit()


def test_staff_jobs_settings_and_audit(storage):
    member = StaffMember(id=UUID(int=9), name="宋毕", number=3, secret=b"\0\xff", badge="B-3", created_at=NOW)
    job = SlipJob(
        slip_id=UUID(int=4),
        subject_id=UUID(int=9),
        content=SlipContent(kind="worker_card", number="WHHC01-0001", values={"name": "宋毕"}),
        state=PrintState.QUEUED,
        copies=0,
        queued_at=NOW,
    )
    with storage.unit_of_work() as uow:
        uow.put_staff(member)
        uow.put_job(job)
        uow.put_setting("city", b"371000")
        uow.put_setting("gone", b"x")
        uow.put_setting("gone", None)
        uow.audit(AuditEntry(at=NOW, actor="self", action="test", entity="worker", entity_id=None))
        uow.commit()
    with storage.unit_of_work() as uow:
        assert uow.staff_by_badge("B-3") == member
        assert uow.staff_by_badge("") is None
        assert uow.staff_by_number(3) == member
        assert uow.job(UUID(int=4)) == job
        assert uow.setting("city") == b"371000"
        assert uow.setting("gone") is None
    assert storage.read.staff_count() == 1
    assert storage.read.slip_jobs(UUID(int=9)) == [job]


def test_units_of_work_of_two_threads_take_turns(storage):
    def count(times):
        for _ in range(times):
            with storage.unit_of_work() as uow:
                uow.next_number("slip")
                uow.commit()

    threads = [threading.Thread(target=count, args=(25,)) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with storage.unit_of_work() as uow:
        assert uow.next_number("slip") == 101


def test_two_connections_see_each_other_after_commit_only(storage, path, market):
    other = storage_at(path)
    other.open()
    worker = market.worker()
    with storage.unit_of_work() as uow:
        uow.put(worker)
        assert other.read.worker(worker.id) is None
        uow.commit()
    assert other.read.worker(worker.id) == worker
    other.close()


def test_no_personal_data_in_errors_and_logs(storage, market, caplog):
    worker = market.worker(phone="13912345678")
    caplog.set_level(logging.DEBUG)
    with storage.unit_of_work() as uow:
        uow.put(worker)
        uow.commit()
    broken = "INSERT INTO worker (id, name, phone) VALUES (?, ?, ?)"
    with pytest.raises(Exception) as driver, storage.database.transaction() as connection:  # noqa: PT011
        connection.execute(broken, (worker.id.bytes, worker.name, worker.phone))
    with storage.database.writer() as borrowed, pytest.raises(DBAPIError) as core:  # noqa: SIM117
        with migration._engine(borrowed).begin() as connection:
            connection.exec_driver_sql(broken, (worker.id.bytes, worker.name, worker.phone))
    said = f"{driver.value!r} {driver.value} {core.value!r} {core.value} {caplog.text}"
    assert "worker" in said
    assert worker.name not in said
    assert worker.phone not in said


def test_the_first_actor_is_the_person(desk):
    assert desk.do(WithdrawConsent(worker_id=desk.worker())).actor == SELF


def test_a_unit_of_work_inside_another_is_an_error_and_not_a_standstill(storage, market):
    worker = market.worker()
    with storage.unit_of_work() as uow:
        uow.put(worker)
        with pytest.raises(RuntimeError):
            storage.unit_of_work().__enter__()
        uow.commit()
    assert storage.read.worker(worker.id) == worker
