"""One morning at the market, through the real widgets, on real parts: database, PostgreSQL, gateway, slips."""

import re

import pytest

from kiosk.bootstrap.kiosk import Kiosk
from kiosk.domain.records import Listing
from kiosk.domain.values import ListingStatus
from kiosk.services.ports import ListingQuery
from kiosk.ui.screens.find.params import ListingParams
from tests.e2e.driver import Driver
from tests.e2e.forms import say_who
from tests.e2e.market import LANDSCAPE, PORTRAIT, Stage, market, read_qr
from tests.kiosk_fixture import PIN
from tests.services.conftest import Market

pytestmark = [pytest.mark.postgres, pytest.mark.slow]
WORKER_ID = "371002197001010016"


def register(hand: Driver, *, name: str, phone: str, id_number: str = "") -> None:
    """A worker registers, from the first page to the card."""
    hand.tap("我要登记")
    register_from_consent(hand, name=name, phone=phone, id_number=id_number)
    hand.tap("完成")
    hand.wait_screen("welcome")


def register_from_consent(hand: Driver, *, name: str, phone: str, id_number: str = "") -> None:
    hand.wait_screen("register_consent")
    hand.tap("我同意，去登记")
    say_who(hand, name, phone, id_number)
    hand.tap("搬运装卸")
    hand.wait_screen("register_trades_of")
    hand.tap("搬运/搬家")
    hand.tap("装卸工")
    hand.tap("选好了")
    hand.wait_screen("register_trades")
    hand.tap("下一步")
    hand.wait_screen("register_wish")
    hand.type("wage", "220")
    hand.tap("下一步")
    for screen in ("register_where", "register_extras"):
        hand.wait_screen(screen)
        hand.tap("下一步")
    hand.wait_screen("register_summary")
    hand.tap("都对，登记")
    hand.wait_screen("registered")
    hand.wait_text("凭条打印好了")


def post(
    hand: Driver, *, title: str, phone: str = "13900002222", name: str = "鞠春生", headcount: int = 1
) -> None:
    """An employer posts a listing, from the first page to the receipt."""
    hand.tap("我要招人")
    post_from_kind(hand, title=title, phone=phone, name=name, headcount=headcount)
    hand.tap("完成")
    hand.wait_screen("welcome")


def post_from_kind(hand: Driver, *, title: str, phone: str, name: str, headcount: int) -> None:
    hand.wait_screen("hire_kind")
    hand.tap("居民家庭")
    hand.wait_screen("hire_who")
    hand.type("phone", phone)
    hand.tap("下一步")
    hand.wait_screen("hire_name")
    hand.type("name", name)
    hand.tap("下一步")
    hand.wait_screen("post_trade")
    hand.tap("搬运装卸")
    hand.wait_screen("post_trade_of")
    hand.tap("搬运/搬家")
    hand.wait_screen("post_count")
    for _ in range(headcount - 1):
        hand.tap_nth("多一点", 0)
    hand.tap("下一步")
    hand.wait_screen("post_day")
    hand.tap("明天")
    for page in ("post_days", "post_begin", "post_end"):
        hand.wait_screen(page)
        hand.tap("下一步")
    hand.wait_screen("post_pay")
    hand.type("pay", "100")
    hand.wait_text("最少写 192 元")
    hand.clear("pay")
    hand.type("pay", "240")
    hand.wait_gone("最少写 192 元")
    hand.tap("下一步")
    hand.wait_screen("post_settle")
    hand.tap("当天结")
    hand.wait_screen("post_where")
    hand.tap("竹岛")
    hand.wait_screen("post_address")
    hand.type("address", "海滨路12号")
    hand.tap("下一步")
    hand.wait_screen("post_provided")
    hand.tap("下一步")
    hand.wait_screen("post_summary")
    to_title(hand)
    hand.clear("title")
    hand.type("title", title)
    hand.tap("保存，返回")
    hand.wait_screen("post_summary")
    hand.tap("发布")
    hand.wait_screen("posted")
    hand.wait_text("凭条打印好了")


def to_title(hand: Driver) -> None:
    """From the summary, on whichever of its pages the row stands."""
    if not hand.has("修改标题"):
        hand.tap("下一页")
    hand.tap("修改标题")
    hand.wait_screen("post_title")


def sign_in(hand: Driver) -> None:
    hand.tap("工作人员")
    hand.wait_screen("staff_sign_in")
    hand.type("staff_number", "1")
    hand.type("pin", PIN)
    hand.tap("登录")
    hand.wait_screen("staff")


def approve(hand: Driver, title: str) -> None:
    """Staff sign in, publish one listing, and sign out."""
    sign_in(hand)
    hand.tap("审核招工")
    hand.wait_screen("staff_review")
    hand.tap(title)
    hand.wait_screen("staff_review_detail")
    hand.tap("通过，发布")
    hand.wait_screen("staff_review")
    hand.back()
    hand.wait_screen("staff")
    hand.tap("退出登录")
    hand.wait_screen("welcome")


def find(hand: Driver, text: str) -> None:
    """A worker looks by trade, then by free text, and opens what they found."""
    hand.tap("找活干")
    hand.wait_screen("trades")
    hand.tap("搬运装卸")
    hand.wait_screen("listings")
    hand.type("search", text[:2])
    hand.tap(text)
    hand.wait_screen("listing")


def apply(hand: Driver, phone: str) -> None:
    hand.tap("我要去" if hand.has("我要去") else "已满，排队候补")
    hand.wait_screen("identify")
    hand.type("phone", phone)
    hand.tap("下一步")
    hand.wait_screen("applied")
    hand.wait_text("凭条打印好了")


@pytest.mark.parametrize("size", [PORTRAIT, LANDSCAPE], ids=["portrait", "landscape"])
def test_the_morning(qapp, qtbot, tmp_path, size):
    with market(tmp_path, size=size) as stage:
        kiosk = stage.kiosk("WHC1")
        other = stage.kiosk("WHG1", "高区零工驿站")
        hand = stage.hand(kiosk)
        the_morning(stage, hand)
        employer_scans_the_receipt(stage, hand)
        all_of_it_reaches_the_city(stage, hand)
        a_listing_of_another_kiosk_appears(stage, hand, other)


def the_morning(stage: Stage, hand: Driver) -> None:
    register(hand, name="丛建国", phone="13900001111", id_number=WORKER_ID)
    register(hand, name="王䶮", phone="13900001112")
    post(hand, title="搬家，三楼")
    approve(hand, "搬家，三楼")
    find(hand, "搬家，三楼")
    apply(hand, "13900001111")
    assert any("定好了" in text for text in hand.texts())
    token = read_qr(stage.slips("WHC1")[-1])
    assert token.startswith("http")
    hand.tap("完成")
    hand.wait_screen("welcome")
    the_next_one_waits(stage, hand)


def the_next_one_waits(stage: Stage, hand: Driver) -> None:
    """The last place has closed the listing; who still holds its page is told 候补, and so says the slip."""
    assert [row.terms.title for row in by_status(stage, ListingStatus.FULL)] == ["搬家，三楼"]
    full = by_status(stage, ListingStatus.FULL)[0]
    hand.window.ctx.navigator.show("listing", ListingParams(listing_id=full.id))
    hand.wait_screen("listing")
    apply(hand, "13900001112")
    assert any("候补" in text for text in hand.texts())
    kiosk = stage.kiosks[0]
    placement = kiosk.storage.read.placements_of_listing(full.id)[-1]
    assert kiosk.storage.read.slip_jobs(placement.id)[0].content.state == "waitlisted"
    hand.tap("完成")
    hand.wait_screen("welcome")


def receipt_of(stage: Stage, text: str) -> str:
    """What the QR code of a listing's printed receipt says."""
    kiosk = stage.kiosks[0]
    listings = kiosk.services().listings
    found = [*listings.search(ListingQuery(text=text)).rows, *by_status(stage, ListingStatus.FULL)]
    listing = next(row for row in found if row.terms.title == text)
    number = kiosk.storage.read.slip_jobs(listing.id)[-1].content.number
    return read_qr(stage.folder / kiosk.config.kiosk / "slips" / f"{number}.png")


def by_status(stage: Stage, status: ListingStatus) -> tuple[Listing, ...]:
    return stage.kiosks[0].storage.read.by_status(status, None, 20).rows


def employer_scans_the_receipt(stage: Stage, hand: Driver) -> None:
    """The keyboard-wedge scanner, four digits, and who comes."""
    hand.scan(receipt_of(stage, "搬家，三楼"))
    hand.wait_screen("tail")
    hand.type("tail", "2222")
    hand.tap("下一步")
    hand.wait_screen("applicants")
    hand.wait_text("丛建国")
    assert any("13900001111" in re.sub(r"\W", "", text) for text in hand.texts()), hand.texts()
    hand.tap("首页")
    hand.wait_screen("welcome")


def all_of_it_reaches_the_city(stage: Stage, hand: Driver) -> None:
    def there() -> bool:
        counted = stage.rows("SELECT (SELECT count(*) FROM worker), (SELECT count(*) FROM placement)")
        return counted == [(2, 2)]

    hand.wait(there, "two workers and their placements in the city's database")
    hand.wait_text("已同步")


def a_listing_of_another_kiosk_appears(stage: Stage, hand: Driver, other: Kiosk) -> None:
    far = Market(other, stage.clock)
    posted = far.published(title="卸冻品", trade="by-zhuangxie")
    pump = stage.pump(other)
    while (done := pump.step()).more:
        assert done.fault is None
    assert done.fault is None
    here = stage.kiosks[0].services().listings
    hand.wait(
        lambda: any(row.id == posted.listing.id for row in here.search(ListingQuery(text="冻品")).rows),
        "the other kiosk's listing",
    )


def test_the_same_morning_with_the_city_stopped(qapp, qtbot, tmp_path):
    with market(tmp_path) as stage:
        hand = stage.hand(stage.kiosk("WHC1"))
        hand.wait_text("已同步")
        stage.stop_city()
        the_morning(stage, hand)
        employer_scans_the_receipt(stage, hand)
        unsent = stage.kiosks[0].storage.read.sync_counts().unsent
        assert unsent > 10
        hand.wait_text(f"未同步 {unsent} 条")
        stage.start_city()
        all_of_it_reaches_the_city(stage, hand)
        once = stage.rows("SELECT count(*), count(DISTINCT op_id) FROM op_log")
        assert once == [(unsent, unsent)]


def test_the_same_on_behalf_by_staff(qapp, qtbot, tmp_path):
    with market(tmp_path, with_city=False) as stage:
        hand = stage.hand(stage.kiosk("WHC1"))
        sign_in(hand)
        hand.tap("代登记")
        register_from_consent(hand, name="丛建国", phone="13900001111")
        hand.tap("完成")
        hand.wait_screen("staff")
        hand.tap("代招人")
        post_from_kind(hand, title="搬家，三楼", phone="13900002222", name="鞠春生", headcount=2)
        hand.tap("完成")
        hand.wait_screen("staff")
        hand.tap("审核招工")
        hand.wait_screen("staff_review")
        hand.tap("搬家，三楼")
        hand.wait_screen("staff_review_detail")
        hand.tap("通过，发布")
        hand.wait_screen("staff_review")
        hand.back()
        hand.wait_screen("staff")
        hand.tap("代找活")
        hand.wait_screen("trades")
        hand.tap("全部活都看看")
        hand.wait_screen("listings")
        hand.tap("搬家，三楼")
        hand.wait_screen("listing")
        apply(hand, "13900001111")
        assert any("定好了" in text for text in hand.texts())
        listing = by_status(stage, ListingStatus.PUBLISHED)[0]
        assert (listing.source, listing.taken) == ("on_behalf", 1)
