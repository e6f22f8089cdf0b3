"""A seeded market for the tests and benchmarks of storage: believable listings, fast, without the rules."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from random import Random
from uuid import UUID

from kiosk.assets import asset_path
from kiosk.domain.ids import uuid7
from kiosk.domain.normalise import parse_simplified
from kiosk.domain.records import Consent, Employer, Lease, Listing, Terms, Worker, WorkerTrade
from kiosk.domain.reference import Level, Reference
from kiosk.domain.reference_files import FILES, parse_reference
from kiosk.domain.values import EmployerKind, ListingStatus, PayUnit, Settlement, Source, Strength
from kiosk.storage.vocabulary import Vocabulary

NOW = datetime(2026, 3, 2, 21, 30, tzinfo=UTC)
TODAY = date(2026, 3, 3)
HOME = "WHHC01"

_SURNAMES = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗于丛姜宋毕"
_GIVEN = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华玉兰建国志春梅海波"
_FIRMS = (
    "海诚",
    "金海湾",
    "润和",
    "东泰",
    "鲁信",
    "蓝天",
    "顺达",
    "宏图",
    "威高",
    "天宇",
    "众和",
    "Haier",
    "E-Mart",
)
_FIRM_KINDS = (
    "建筑工程有限公司",
    "水产食品有限公司",
    "物业服务有限公司",
    "劳务服务有限公司",
    "餐饮店",
    "果蔬合作社",
)
_HEADS = ("急招", "长期招", "今天就干", "明早要人", "诚聘", "招", "周末", "夜班")
_TAILS = (
    "两名",
    "5人",
    "男女不限",
    "管午饭",
    "工钱日结",
    "有经验优先",
    "熟手",
    "可带徒弟",
    "车接车送",
    "活不重",
)
_WANTS = (
    "自带工具",
    "有特种作业证",
    "持健康证上岗",
    "能吃苦",
    "会用电钻",
    "早上5点到",
    "不收任何费用",
    "ISO9001车间",
    "",
)
_PLACES = ("菜市场", "码头", "工地", "小区", "苹果园", "冷库", "饭店", "批发市场", "火车站", "学校")


def reference() -> Reference:
    folder = asset_path("reference")
    return parse_reference({name: (folder / name).read_text(encoding="utf-8") for name in FILES})


def vocabulary() -> Vocabulary:
    table = asset_path("reference", "simplified.txt").read_text(encoding="utf-8")
    return Vocabulary.of(reference(), parse_simplified(table))


class Market:
    """Makes records; the same seed makes the same ones."""

    def __init__(self, seed: int = 1) -> None:
        self.random = Random(seed)
        data = reference()
        self._trades = [trade.code for trade in data.trades]
        # Streets of one city, the busy ones more often than the others: a market is not uniform.
        self._streets = [
            region.code
            for region in data.regions
            if region.level is Level.STREET and region.code.startswith("3710")
        ]
        self._employers = [self.employer(number) for number in range(1, 201)]
        self._count = 0

    def id(self, at: datetime = NOW) -> UUID:
        return uuid7(int(at.timestamp() * 1000), self.random.randbytes(10))

    def name(self) -> str:
        given = "".join(self.random.choices(_GIVEN, k=self.random.choice((1, 2, 2))))
        return self.random.choice(_SURNAMES) + given

    def phone(self) -> str:
        return f"1{self.random.choice('35789')}{self.random.randrange(10**9):09d}"

    def worker(self, number: int = 1, **changes: object) -> Worker:
        worker = Worker(
            id=self.id(),
            name=self.name(),
            phone=self.phone(),
            trades=(WorkerTrade(trade=self.random.choice(self._trades), years=3),),
            wage_wish_fen=26_000,
            wage_wish_unit=PayUnit.DAY,
            districts=("371002",),
            identity=None,
            consent=Consent(text_version="2026-11", given_at=NOW),
            number=number,
            home=HOME,
            created_at=NOW,
            changed_at=NOW,
        )
        return replace(worker, **changes)

    def employer(self, number: int = 1, **changes: object) -> Employer:
        firm = number % 2 == 0
        name = f"威海{self.random.choice(_FIRMS)}{self.random.choice(_FIRM_KINDS)}" if firm else self.name()
        employer = Employer(
            id=self.id(),
            kind=EmployerKind.ENTERPRISE if firm else EmployerKind.HOUSEHOLD,
            name=name,
            contact_name=self.name(),
            phone=self.phone(),
            credit_code=f"9137{self.random.randrange(10**13):013d}X" if firm else None,
            identity=None,
            home=HOME,
            created_at=NOW,
            changed_at=NOW,
        )
        return replace(employer, **changes)

    def terms(self) -> Terms:
        pick = self.random
        trade = self._trades[min(int(pick.expovariate(0.08)), len(self._trades) - 1)]
        street = self._streets[min(int(pick.expovariate(0.06)), len(self._streets) - 1)]
        first = TODAY + timedelta(days=pick.randrange(4))
        return Terms(
            trade=trade,
            title=pick.choice(_HEADS) + pick.choice(_TAILS) + pick.choice(("", pick.choice(_TAILS))),
            headcount=pick.choice((1, 1, 2, 3, 5, 10)),
            pay_fen=pick.randrange(150, 420) * 100,
            pay_unit=pick.choice((PayUnit.DAY, PayUnit.DAY, PayUnit.DAY, PayUnit.HOUR)),
            settlement=Settlement.SAME_DAY,
            minutes_per_day=480,
            date_from=first,
            date_to=first + timedelta(days=pick.randrange(10)),
            start_minute=420,
            end_minute=1020,
            region=street,
            address=f"{pick.choice(('文化', '青岛', '世昌', '昆明'))}路{pick.randrange(1, 300)}号",
            meeting_place=pick.choice(_PLACES) + pick.choice(("门口", "东门", "停车场")),
            meals=pick.random() < 0.5,
            strength=Strength.MEDIUM,
            requirements="，".join(pick.sample(_WANTS, 2)),
            contact_name=self.name(),
            contact_phone=self.phone(),
        )

    def listing(self, published_at: datetime | None = NOW, **changes: object) -> Listing:
        self._count += 1
        employer = self.random.choice(self._employers)
        posted = published_at or NOW
        listing = Listing(
            id=self.id(posted),
            employer_id=employer.id,
            employer_name=employer.name,
            employer_kind=employer.kind,
            terms=self.terms(),
            source=Source.SELF,
            status=ListingStatus.PENDING if published_at is None else ListingStatus.PUBLISHED,
            taken=0,
            findings=(),
            number=self._count,
            home=HOME,
            posted_at=posted,
            published_at=published_at,
            valid_until=TODAY + timedelta(days=self.random.randrange(15)),
            changed_at=posted,
        )
        return replace(listing, **changes)

    def listings(self, count: int) -> Iterator[Listing]:
        """Listings of the last 15 days, oldest first."""
        step = timedelta(days=15) / max(count, 1)
        start = NOW - timedelta(days=15)
        for number in range(count):
            yield self.listing(start + step * number)

    def lease(self, listing: Listing, granted: int | None = None) -> Lease:
        places = listing.terms.headcount if granted is None else granted
        return Lease(listing_id=listing.id, home=HOME, granted=places)
