"""What people do wrong, with their own hands: each mistake is said plainly, keeps what was typed, and can be mended."""

import shutil
from dataclasses import dataclass
from uuid import UUID

import pytest
from PySide6.QtWidgets import QApplication

from kiosk.domain.values import ListingStatus
from kiosk.protocol import token as wire
from kiosk.protocol.signing import SigningKey
from kiosk.protocol.token import City, TokenKind
from kiosk.slips.fontfiles import slip_fonts
from kiosk.slips.typeface import Typeface
from tests.e2e import forms
from tests.e2e.driver import Driver
from tests.e2e.market import market
from tests.e2e.test_morning import find, to_title
from tests.fakes import FakeClock
from tests.kiosk_fixture import open_kiosk
from tests.services.conftest import Market
from tests.services.test_people import id_number

RARE = "㙍䶮𬭬𪚥"
EMOJI = "王😀"


@pytest.fixture(scope="module")
def template(qapp, tmp_path_factory):
    """A kiosk is set up once and copied: that costs more than a mistake."""
    folder = tmp_path_factory.mktemp("template") / "WHC1"
    open_kiosk(folder, FakeClock()).close()
    return folder


@pytest.fixture
def stage(template, tmp_path):
    shutil.copytree(template, tmp_path / "WHC1")
    with market(tmp_path, with_city=False) as stage:
        stage.kiosk("WHC1")
        yield stage


@pytest.fixture
def hand(stage):
    return stage.hand(stage.kiosks[0])


def to_who(hand: Driver) -> None:
    hand.tap("我要登记")
    hand.wait_screen("register_consent")
    hand.tap("我同意，去登记")
    hand.wait_screen("register_who")


def replace_text(hand: Driver, field: str, text: str) -> None:
    hand.clear(field)
    hand.type(field, text)


@dataclass(frozen=True, slots=True)
class Wrong:
    """One mistake in the registration: what is typed, what the kiosk says, what is right."""

    field: str
    typed: str
    said: str
    right: str


WHO = {"name": "丛建国", "phone": "13900001111", "id_number": "371002197001010016"}
MISTAKES = {
    "check digit": Wrong(
        "id_number", "371002197001010019", "身份证号有一位不对，请照身份证核对。", WHO["id_number"]
    ),
    "under 16": Wrong(
        "id_number", id_number("37100220150101001"), "不满16岁不能登记找活。", WHO["id_number"]
    ),
    "no such day": Wrong("id_number", id_number("37100219701301001"), "第7到14位不是日期", WHO["id_number"]),
    "old number": Wrong("id_number", "371002700101001", "这是15位的老号", WHO["id_number"]),
    "phone of 10": Wrong("phone", "1390000111", "手机号是11位，现在是10位。", WHO["phone"]),
    "phone prefix": Wrong("phone", "12900001111", "开头的手机号", WHO["phone"]),
    "emoji": Wrong("name", EMOJI, "名字里不能有表情，请删掉。", WHO["name"]),
    "digits in the name": Wrong("name", "王2", "名字里不能有数字", WHO["name"]),
    "no name": Wrong("name", "", "请填名字。", WHO["name"]),
    "a name of 60": Wrong("name", "王" * 60, "名字最多", WHO["name"]),
}


@pytest.mark.parametrize("case", MISTAKES)
def test_a_mistake_in_the_registration(stage, hand, case):
    wrong = MISTAKES[case]
    page = {field: screen for screen, field in forms.WHO}[wrong.field]
    to_who(hand)
    forms.say_who(hand, **WHO, to=page)
    hand.type(wrong.field, wrong.typed)
    hand.tap("下一步")
    assert hand.screen == page
    hand.wait_text(wrong.said)
    assert hand.value(wrong.field) == wrong.typed
    assert stage.kiosks[0].storage.read.sync_counts().unsent == 0
    replace_text(hand, wrong.field, wrong.right)
    hand.wait_gone(wrong.said)
    hand.tap("下一步")
    hand.wait(lambda: hand.screen != page, "it is right now")


@pytest.mark.parametrize("char", RARE)
def test_a_rare_character_in_a_name_is_kept_shown_and_printed(stage, hand, char):
    name = f"丛{char}"
    to_who(hand)
    forms.say_who(hand, name, "13900001111")
    hand.tap("搬运装卸")
    hand.wait_screen("register_trades_of")
    hand.tap("装卸工")
    hand.tap("选好了")
    forms.skip_to_summary(hand)
    hand.wait_text(name)
    hand.tap("都对，登记")
    hand.wait_screen("registered")
    hand.wait_text("凭条打印好了")
    (worker,) = stage.kiosks[0].services().identify.workers_by_phone("13900001111")
    assert worker.name == name
    (job,) = stage.kiosks[0].storage.read.slip_jobs(worker.id)
    assert job.content.values["name"] == name
    assert Typeface(slip_fonts()).missing(name) == ""
    assert len(stage.slips("WHC1")) == 1


def test_pasted_line_breaks_become_spaces(stage, hand):
    to_who(hand)
    QApplication.clipboard().setText("阿依古丽·\r\n买买提\n")
    hand.type("name", "")
    field = hand.window.focusWidget()
    field.paste()
    assert hand.value("name").split() == ["阿依古丽·", "买买提"]
    forms.say_who(hand, phone="13900001111")


# --- posting


def to_count(hand: Driver) -> None:
    hand.tap("我要招人")
    hand.wait_screen("hire_kind")
    hand.tap("居民家庭")
    hand.wait_screen("hire_who")
    hand.type("phone", "13900002222")
    hand.tap("下一步")
    hand.wait_screen("hire_name")
    hand.type("name", "鞠春生")
    hand.tap("下一步")
    hand.wait_screen("post_trade")
    hand.tap("搬运装卸")
    hand.wait_screen("post_trade_of")
    hand.tap("搬运/搬家")
    hand.wait_screen("post_count")


def to_pay(hand: Driver) -> None:
    to_count(hand)
    hand.tap("下一步")
    hand.wait_screen("post_day")
    hand.tap("明天")
    for page in ("post_days", "post_begin", "post_end"):
        hand.wait_screen(page)
        hand.tap("下一步")
    hand.wait_screen("post_pay")


def to_title_page(hand: Driver) -> None:
    to_pay(hand)
    hand.type("pay", "240")
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


def test_pay_below_the_minimum_names_the_number_and_one_touch_puts_it_in(hand):
    to_pay(hand)
    hand.type("pay", "100")
    hand.wait_text("最少写 192 元")
    hand.tap("下一步")
    assert hand.screen == "post_pay"
    assert hand.value("pay") == "100"
    hand.tap("改成 192")
    assert hand.value("pay") == "192"
    hand.wait_gone("最少写 192 元")
    hand.tap("下一步")
    hand.wait_screen("post_settle")


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("0", "至少要招1个人"),
        ("1000000", "一次最多招500人"),
        ("", "这里只写数字，例如 3。"),
        ("两个", "这里只写数字"),
    ],
)
def test_a_head_count_that_cannot_be(hand, typed, said):
    to_count(hand)
    replace_text(hand, "headcount", typed)
    hand.tap("下一步")
    assert hand.screen == "post_count"
    hand.wait_text(said)
    assert hand.value("headcount") == typed
    replace_text(hand, "headcount", "3")
    hand.tap("下一步")
    hand.wait_screen("post_day")


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("搬" * 400, "标题最多"),
        ("搬家😀", "这里有表情或怪符号"),
        ("只招男", "招工不分男女"),
        ("搬", "标题至少"),
    ],
)
def test_a_title_that_cannot_be_posted(stage, hand, typed, said):
    to_title_page(hand)
    replace_text(hand, "title", typed)
    hand.tap("保存，返回")
    assert hand.screen == "post_title"
    hand.wait_text(said)
    assert hand.value("title") == typed
    replace_text(hand, "title", "搬家，三楼")
    hand.tap("保存，返回")
    hand.wait_screen("post_summary")
    hand.tap("发布")
    hand.wait_screen("posted")
    (listing,) = stage.kiosks[0].storage.read.by_status(ListingStatus.PENDING, None, 5).rows
    assert (listing.terms.title, listing.terms.pay_fen) == ("搬家，三楼", 240_00)


def test_pasted_line_breaks_in_a_title(stage, hand):
    to_title_page(hand)
    replace_text(hand, "title", "搬家\n三楼\r\n有电梯")
    assert hand.value("title") == "搬家 三楼 有电梯"
    hand.tap("保存，返回")
    hand.wait_screen("post_summary")


# --- codes


@pytest.fixture
def codes(stage) -> dict[str, str]:
    """Codes that open nothing here, made as their makers would."""
    kiosk = stage.kiosks[0]
    tokens = kiosk.services().context.tokens
    home = City(code="371000", host="offline.invalid")
    there = City(code="370600", host="yt.example.cn")

    def slip(key: SigningKey, city: City) -> str:
        token = wire.issue(
            kind=TokenKind.JOB_SLIP,
            subject=UUID(int=7),
            number=1,
            station="WHC1",
            issued_at=stage.clock.now(),
            key=key,
            city=city,
        )
        return wire.url(token, city)

    own = tokens.url(tokens.issue("worker_card", UUID(int=8), 1, stage.clock.now()))
    data = bytearray(wire.unpack(own.rsplit("/", 1)[1]))
    data[-1] ^= 1
    forged = wire.url(wire.pack(bytes(data)), home)
    return {
        "system": "https://u.wechat.com/MKabc?s=2",
        "goods": "6901234567892",
        "city": slip(SigningKey(bytes(range(32))), there),
        "forged": forged,
        "stranger": slip(SigningKey(bytes(range(32))), home),
        "torn": own[:-9],
        "unknown": own,
    }


@pytest.mark.parametrize("screen", ["welcome", "scan", "identify"])
def test_codes_that_open_nothing_say_why(stage, hand, codes, screen):
    Market(stage.kiosks[0], stage.clock).published(title="搬家，三楼")
    if screen == "scan":
        hand.tap("扫码")
    elif screen == "identify":
        find(hand, "搬家，三楼")
        hand.tap("我要去")
    hand.wait_screen(screen)
    for code, said in (
        ("system", "这不是零工市场的码"),
        ("goods", "这不是零工市场的码"),
        ("city", "这是别的城市"),
        ("forged", "核对不上"),
        ("stranger", "不认识打这张凭条的机器"),
        ("torn", "这个码坏了或没扫全"),
        ("unknown", "没有找到您的登记"),
    ):
        hand.scan(codes[code])
        hand.wait_text(said)
        assert hand.screen == screen
    if screen == "identify":
        assert hand.value("phone") == ""


def test_a_scan_in_the_middle_of_a_form_leaves_the_form_alone(hand, codes):
    to_who(hand)
    hand.type("name", "丛建国")
    hand.scan(codes["system"])
    assert hand.screen == "register_who"
    assert hand.value("name") == "丛建国"
    forms.say_who(hand, phone="13900001111")
