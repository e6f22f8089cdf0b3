"""Ready-made values for the tests of the domain: real reference data, one lawful offer, operations that can be made."""

import tomllib
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import count
from pathlib import Path
from uuid import UUID

from kiosk.domain.calendar import local_date
from kiosk.domain.decide import Changes, decide
from kiosk.domain.ids import uuid7
from kiosk.domain.ledger import Ledger
from kiosk.domain.market_rules import MarketRules
from kiosk.domain.normalise import parse_simplified
from kiosk.domain.operations import (
    KINDS,
    Actor,
    Body,
    Operation,
    PostListing,
    RegisterEmployer,
    RegisterWorker,
)
from kiosk.domain.records import Consent, Identity, Terms
from kiosk.domain.reference_files import FILES, parse_reference
from kiosk.domain.refusal import Refusal
from kiosk.domain.values import ActorKind, EmployerKind, PayUnit, Settlement, Source, Strength
from kiosk.domain.wording import parse_wording

ASSETS = Path(__file__).resolve().parents[2] / "assets"
REFERENCE_TEXTS = {name: (ASSETS / "reference" / name).read_text(encoding="utf-8") for name in FILES}
REFERENCE = parse_reference(REFERENCE_TEXTS)
SIMPLIFIED = parse_simplified((ASSETS / "reference" / "simplified.txt").read_text(encoding="utf-8"))
WORDING_TEXT = (ASSETS / "reference" / "wording.toml").read_text(encoding="utf-8")
WORDING = parse_wording(WORDING_TEXT, SIMPLIFIED)
RULES = MarketRules(REFERENCE, WORDING)

NOW = datetime(2025, 11, 21, 22, 0, tzinfo=UTC)  # six in the morning of the 22nd
TODAY = local_date(NOW)
STAFF_ID = UUID("0192f0c1-2222-7000-8000-000000000001")
SELF = Actor(kind=ActorKind.SELF)
STAFF = Actor(kind=ActorKind.STAFF, staff_id=STAFF_ID)
NIGHT = Actor(kind=ActorKind.STATION)
CREDIT_CODE = "91110000600037341L"

TERMS = Terms(
    trade="by-zhuangxie",
    title="卸货两小时",
    headcount=2,
    pay_fen=200_00,
    pay_unit=PayUnit.DAY,
    settlement=Settlement.SAME_DAY,
    minutes_per_day=8 * 60,
    date_from=TODAY,
    date_to=TODAY,
    start_minute=8 * 60,
    end_minute=17 * 60,
    region="371002001",
    address="新威路1号",
    strength=Strength.MEDIUM,
    contact_name="王师傅",
    contact_phone="13800000000",
)


def strings(language: str) -> dict[str, str]:
    """The whole catalogue of a language by dotted key, read without Qt."""

    def leaves(tree: dict[str, object], prefix: str) -> Iterator[tuple[str, str]]:
        for name, value in tree.items():
            if isinstance(value, dict):
                yield from leaves(value, f"{prefix}{name}.")
            else:
                yield f"{prefix}{name}", str(value)

    found: dict[str, str] = {}
    for path in sorted((ASSETS / "strings" / language).glob("*.toml")):
        found |= leaves(tomllib.loads(path.read_text(encoding="utf-8")), "")
    return found


def identity(birth: date = date(1975, 5, 1)) -> Identity:
    return Identity(sealed=b"sealed", lookup="ab" * 16, birth_date=birth, masked="3710**********0011")


class Market:
    """A small market in memory: every operation goes through ``decide`` and is kept."""

    def __init__(self, kiosk: str = "WH01", *, city: bool = True) -> None:
        self.kiosk = kiosk
        self.ledger = Ledger()
        self.now = NOW
        self._city = city
        self._ids = count(1)

    def new_id(self) -> UUID:
        n = next(self._ids)
        return uuid7(1_700_000_000_000 + n, n.to_bytes(10, "big"))

    def operation(self, body: Body, actor: Actor = SELF, kiosk: str | None = None) -> Operation:
        self.now += timedelta(seconds=1)
        return Operation(
            op_id=self.new_id(),
            kind=KINDS[type(body)],
            at=self.now,
            kiosk=kiosk or self.kiosk,
            actor=actor,
            body=body,
        )

    def run(self, body: Body, actor: Actor = SELF, kiosk: str | None = None) -> Changes:
        return self.play(self.operation(body, actor, kiosk))

    def play(self, op: Operation) -> Changes:
        changes = decide(op, self.ledger, RULES)
        for record in changes.puts:
            self.ledger.put(record)
        self._play_again(op)
        if not self._city:
            self.ledger.centrals.clear()
        return changes

    def _play_again(self, op: Operation) -> None:
        """Whatever ran already changes nothing: a kiosk runs it on what the city has made of it, by another clock."""
        try:
            again = decide(replace(op, at=op.at + timedelta(seconds=1)), self.ledger, RULES)
        except Refusal:
            return
        there = deepcopy(self.ledger)
        for record in again.puts:
            there.put(record)
        assert vars(there) == vars(self.ledger), op.kind

    def worker(self, name: str = "李大海", birth: date | None = None) -> UUID:
        worker_id = self.new_id()
        self.run(
            RegisterWorker(
                worker_id=worker_id,
                name=name,
                phone="13900000000",
                identity=None if birth is None else identity(birth),
                consent=Consent(text_version="1", given_at=self.now),
                number=1,
            )
        )
        return worker_id

    def employer(self, kind: EmployerKind = EmployerKind.INDIVIDUAL) -> UUID:
        employer_id = self.new_id()
        body = RegisterEmployer(
            employer_id=employer_id,
            kind=kind,
            name="王师傅",
            contact_name="王师傅",
            phone="13800000000",
            credit_code=None,
            identity=None,
        )
        if kind in {EmployerKind.ENTERPRISE, EmployerKind.AGENCY, EmployerKind.BROKER}:
            body = replace(body, name="威海某某物流有限公司", credit_code=CREDIT_CODE)
        self.run(body)
        return employer_id

    def post_body(self, employer_id: UUID, terms: Terms = TERMS) -> PostListing:
        return PostListing(
            listing_id=self.new_id(),
            employer_id=employer_id,
            terms=terms,
            source=Source.SELF,
            number=1,
            valid_until=local_date(self.now) + timedelta(days=1),
        )
