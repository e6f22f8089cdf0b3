"""One believable slip of each kind, with a token that is really signed."""

from datetime import UTC, datetime
from uuid import UUID

from kiosk.protocol.signing import KeyRing, RingKey, SigningKey
from kiosk.protocol.token import City, TokenKind, issue, url
from kiosk.services.slip_content import SlipContent

NOW = datetime(2026, 3, 2, 21, 12, tzinfo=UTC)
CITY = City(code="371000", host="gig.weihai.example")
KEY = SigningKey(b"\x07" * 32)
RING = KeyRing.of([RingKey(public=KEY.public, station="WHHC01", valid_from=datetime(2026, 1, 1, tzinfo=UTC))])
SUBJECT = UUID("0195555a-1d2e-7abc-8def-0123456789ab")


def address(kind: str, number: int = 128) -> str:
    token_kind = TokenKind.QUEUE_NUMBER if kind == "test_slip" else TokenKind(kind)
    token = issue(
        kind=token_kind, subject=SUBJECT, number=number, station="WHHC01", issued_at=NOW, key=KEY, city=CITY
    )
    return url(token, CITY)


STATION = {
    "market": "威海市零工市场",
    "station": "环翠区竹岛零工驿站",
    "printed_at": "2026年3月3日 05:12",
    "station_phone": "电话 0631-520 0000",
}
WORK = {
    "trade": "小工（卸瓷砖、搬水泥）",
    "day": "3月3日 周二 今天",
    "hours": "07:00—17:00（中午歇1小时）",
    "place": "环翠区竹岛街道文化中路58号金海湾小区二期7号楼",
    "meet": "小区东门岗亭",
    "employer": "张建军（个人雇主）",
    "contact": "张师傅",
    "phone": "138 0013 8000",
    "pay": "260 元/天",
    "settlement": "当日结清",
    "perks": "管午饭、有接送",
    "needs": "自带手套，能搬50公斤",
}
VALUES: dict[str, dict[str, str]] = {
    "job_slip": {**WORK, "name": "王建国", "route": "12路公交到文化广场站，往东走200米"},
    "worker_card": {
        "name": "王建国",
        "worker_number": "WHHC01-000045",
        "phone": "138****8000",
        "trades": "小工 5年、瓦工 2年、装卸",
        "wage_wish": "240 元/天以上",
        "where": "环翠区、经区",
        "when": "周一到周六，早6点起",
    },
    "posting_receipt": {**WORK, "headcount": "6 人", "valid_until": "3月18日"},
    "hire_sheet": {**WORK, "people_count": "3 人", "total": "780 元/天"},
    "queue_number": {
        "queue": "47",
        "ahead": "12 人",
        "wait": "40 分钟",
        "trades": "小工、瓦工",
        "name": "王师傅",
    },
    "complaint_receipt": {
        "complaint_number": "T-000017",
        "complaint_kind": "拖欠工资",
        "name": "王建国",
        "against": "张建军（个人雇主）",
        "happened": "2月26日到28日",
        "what": "干了三天搬运，约定每天260元，只给了260元，说过几天给，现在电话不接。",
        "evidence": "上岗介绍凭条 WHHC01-000102、工资记录凭条 WHHC01-000111",
        "goes_to": "环翠区劳动保障监察大队",
        "ask_when": "3月10日以后",
        "ask_phone": "0631-520 0000",
    },
    "wage_record": {
        **WORK,
        "name": "王建国",
        "agreed": "780 元（3天）",
        "paid": "260 元",
        "owed": "520 元",
        "pay_by": "3月5日",
    },
    "test_slip": {
        "printer": "TCP 192.168.1.50:9100",
        "paper": "80 毫米（576点）",
        "program": "gig-kiosk 0.1.0",
        "sample": "零工市场 〇一二三 ABCxyz 0123456789 ￥%℃ 㙍䶮𬭬𪚥",
        "pay": "260 元/天",
        "settlement": "当日结清",
    },
}
STATES = {
    "job_slip": "confirmed",
    "posting_receipt": "published",
    "wage_record": "owed",
    "test_slip": "waitlisted",
}
PEOPLE = (
    ("王建国", "138 0013 8000", "小工 5年"),
    ("李秀英", "139 0631 2345", "小工、保洁"),
    ("欧阳凤霞", "151 6310 0007", "装卸 11年"),
)


def sample(kind: str, *, state: str | None = None, copy: int = 0, **values: str) -> SlipContent:
    """A slip of that kind; ``values`` replace or add words."""
    return SlipContent(
        kind=kind,
        number="WHHC01-000128",
        state=STATES.get(kind, "") if state is None else state,
        values={**STATION, **VALUES[kind], **values},
        tables={"people": PEOPLE} if kind == "hire_sheet" else {},
        qr=address(kind),
        copy=copy,
    )


KINDS = tuple(VALUES)
