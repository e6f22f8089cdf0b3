"""Numbering slips: in the same transaction as what they prove, before anything is printed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from kiosk.domain.operations import Actor, IssueSlip
from kiosk.domain.own_time import own_terms
from kiosk.domain.phone import mask_phone
from kiosk.domain.records import Employer, Listing, Placement, Terms, Worker
from kiosk.domain.values import HOLDING, ListingStatus, SlipKind
from kiosk.domain.wages import total_fen
from kiosk.services.catalogue import Catalogue
from kiosk.services.context import Context, slip_number
from kiosk.services.ports import PrintState, SlipJob, UnitOfWork
from kiosk.services.slip_content import WAITLISTED, SlipContent, state_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Issued:
    """A numbered slip: show it, print it."""

    slip_id: UUID
    number: str
    content: SlipContent


def queued(uow: UnitOfWork, slip_id: UUID, subject_id: UUID, content: SlipContent, at: datetime) -> Issued:
    """Put a print job into the transaction, so that the paper is saved and numbered before it is printed."""
    job = SlipJob(
        slip_id=slip_id,
        subject_id=subject_id,
        content=content,
        state=PrintState.QUEUED,
        copies=0,
        queued_at=at,
    )
    uow.put_job(job)
    return Issued(slip_id=slip_id, number=content.number, content=content)


class SlipIssuer:
    """Makes slips out of records. Every slip is saved as a print job in state ``queued``."""

    def __init__(self, context: Context, catalogue: Catalogue, station: str, phone: str = "") -> None:
        """Take the ports, the reference data, and the station's name and phone for head and foot of every slip."""
        self._context = context
        self._station = station
        self._phone = phone
        self._catalogue = catalogue

    def worker_card(self, uow: UnitOfWork, worker: Worker, actor: Actor) -> Issued:
        """零工登记凭条: the worker's number, trades and QR."""
        words, catalogue = self._context.words, self._catalogue
        comma = words.text("common.list_comma")
        values = {
            "name": worker.name,
            "phone": mask_phone(worker.phone),
            "trades": comma.join(catalogue.trade_name(each.trade, words.language) for each in worker.trades),
            "where": comma.join(catalogue.region_name(code, words.language) for code in worker.districts),
            "worker_number": slip_number(worker.home, worker.number),
        }
        if worker.wage_wish_fen is not None:
            values["wage_wish"] = words.pay(worker.wage_wish_fen, worker.wage_wish_unit)
        return self._issue(uow, SlipKind.WORKER_CARD, worker.id, actor, values)

    def job_slip(self, uow: UnitOfWork, placement: Placement, actor: Actor) -> Issued:
        """上岗介绍凭条: where to go, what it pays, and whether the place is certain."""
        state = state_of(placement.status)
        waiting = state == WAITLISTED
        values = {
            **self._terms_values(own_terms(placement)),
            "employer": placement.employer_name,
            "contact": placement.terms.contact_name,
            # Who is not certain to come has no reason to call the employer.
            "phone": "" if waiting else placement.terms.contact_phone,
            "name": placement.worker_name,
            "route": "" if waiting else self._route(placement.terms),
        }
        return self._issue(uow, SlipKind.JOB_SLIP, placement.id, actor, values, state)

    def posting_receipt(self, uow: UnitOfWork, listing: Listing, actor: Actor) -> Issued:
        """招工回执: what was posted, whether it is published, until when, and the QR to manage it."""
        words = self._context.words
        values = {
            **self._terms_values(listing.terms),
            "employer": listing.employer_name,
            "contact": listing.terms.contact_name,
            "phone": listing.terms.contact_phone,
            "headcount": words.text("posting.people", n=listing.terms.headcount),
            "valid_until": words.date(listing.valid_until),
        }
        state = "published" if listing.status is ListingStatus.PUBLISHED else "pending"
        return self._issue(uow, SlipKind.POSTING_RECEIPT, listing.id, actor, values, state)

    def hire_sheet(
        self,
        uow: UnitOfWork,
        listing: Listing,
        employer: Employer,
        people: Sequence[Placement],
        actor: Actor,
    ) -> Issued:
        """用工凭条: who comes, with phone, and what they were promised."""
        coming = [each for each in people if each.status in HOLDING]
        words = self._context.words
        values = {
            **self._terms_values(listing.terms),
            "employer": employer.name,
            "people_count": words.text("posting.people", n=len(coming)),
        }
        total = total_fen(listing.terms, len(coming))
        if total is not None and coming:
            values["total"] = words.yuan(total)
        trade = self._catalogue.trade_name(listing.terms.trade, words.language)
        rows = tuple((each.worker_name, each.worker_phone, trade) for each in coming)
        return self._issue(uow, SlipKind.HIRE_SHEET, listing.id, actor, values, "", {"people": rows})

    def _terms_values(self, terms: Terms) -> dict[str, str]:
        words = self._context.words
        days = words.date(terms.date_from)
        if terms.date_to != terms.date_from:
            days = words.text("listing.day_range", first=days, last=words.date(terms.date_to))
        trade = self._catalogue.trade_name(terms.trade, words.language)
        region = self._catalogue.region_name(terms.region, words.language)
        return {
            "trade": words.text("posting.trade_title", trade=trade, title=terms.title),
            "pay": words.pay(terms.pay_fen, terms.pay_unit),
            "settlement": words.text(f"words.settlement.{terms.settlement}"),
            "day": days,
            "hours": words.hours(terms.start_minute, terms.end_minute),
            "place": words.text("listing.place", region=region, address=terms.address),
            "meet": terms.meeting_place,
            "perks": self._perks(terms),
            "needs": terms.requirements,
        }

    def _route(self, terms: Terms) -> str:
        """How to get there: wait for the car, or by oneself; whoever gets lost calls the contact."""
        words = self._context.words
        hour, minute = divmod(terms.start_minute, 60)
        start = f"{hour:02d}:{minute:02d}"
        place = terms.meeting_place or terms.address
        key = "posting.route_car" if terms.transport else "posting.route_self"
        return words.text(key, start=start, place=place, phone=terms.contact_phone)

    def _perks(self, terms: Terms) -> str:
        words = self._context.words
        offered = [name for name in ("meals", "lodging", "transport") if getattr(terms, name)]
        if terms.own_tools:
            offered.append("own_tools")
        return words.text("common.list_comma").join(words.text(f"listing.{name}") for name in offered)

    def _issue(
        self,
        uow: UnitOfWork,
        kind: SlipKind,
        subject_id: UUID,
        actor: Actor,
        values: Mapping[str, str],
        state: str = "",
        tables: Mapping[str, tuple[tuple[str, ...], ...]] | None = None,
    ) -> Issued:
        context = self._context
        slip_id = context.new_id()
        number = uow.next_number("slip")
        now = context.now()
        token = context.tokens.issue(kind.value, subject_id, number, now)
        body = IssueSlip(
            slip_id=slip_id, kind=kind, number=number, subject_id=subject_id, token=token, state=state
        )
        context.perform(uow, body, actor)
        words = context.words
        shown = slip_number(context.kiosk, number)
        content = SlipContent(
            kind=kind.value,
            number=shown,
            language=words.language,
            state=state,
            values={
                **values,
                "market": words.text("posting.market"),
                "station": self._station,
                "station_phone": self._phone,
                "printed_at": f"{words.date(now)} {words.time(now)}",
            },
            tables=tables or {},
            qr=context.tokens.url(token),
        )
        return queued(uow, slip_id, subject_id, content, now)
