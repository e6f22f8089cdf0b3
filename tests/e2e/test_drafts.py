"""保存草稿: who has to leave in the middle of a form goes on within a quarter of an hour, alone or with staff."""

from datetime import UTC, datetime
from uuid import uuid4

import pytest

from kiosk.bootstrap.kiosk import Outside
from kiosk.bootstrap.system import SystemEntropy
from kiosk.bootstrap.window import Window
from kiosk.domain.records import WorkerTrade
from kiosk.services.context import SELF
from kiosk.services.drafts import KEPT
from kiosk.services.workers import WorkerForm
from kiosk.ui.route import Page
from kiosk.ui.screens.drafts.flows import flow_of
from kiosk.ui.screens.register.draft import RegisterDraft
from kiosk.ui.strings import Strings
from kiosk.ui.visit import Visit
from tests.e2e.driver import Driver
from tests.e2e.forms import on, read_who, say_who, skip_to_summary
from tests.e2e.market import PORTRAIT
from tests.e2e.test_morning import sign_in
from tests.kiosk_fixture import open_kiosk

NAME, PHONE, ID_NUMBER = "欧阳海燕", "13900001234", "371002197001010016"


class Desk:
    """A kiosk that can be switched off and on."""

    def __init__(self, folder, clock) -> None:
        self._folder, self._clock = folder, clock
        self.on()

    def on(self) -> None:
        self.kiosk = open_kiosk(self._folder, self._clock)
        outside = Outside(clock=self._clock, entropy=SystemEntropy())
        self.window = Window(self.kiosk, outside, Strings(strict=True), PORTRAIT)
        self.window.start()
        self.hand = Driver(self.window.shell)
        self.hand.wait_screen("welcome")

    def off(self) -> None:
        self.window.stop()
        self.kiosk.close()

    def walk_away(self) -> None:
        idle = self.hand.window.ctx.gate.idle
        for seconds in (120, 30):
            self._clock.advance(seconds)
            idle.check()
        self.hand.wait_screen("welcome")

    def kept(self) -> int:
        with self.kiosk.storage.database.reader() as connection:
            return connection.execute("SELECT count(*) FROM draft").fetchone()[0]


@pytest.fixture
def desk(qapp, tmp_path, clock):
    desk = Desk(tmp_path, clock)
    yield desk
    desk.off()


def register_half(hand: Driver) -> None:
    hand.tap("我要登记")
    hand.tap("我同意，去登记")
    say_who(hand, NAME, PHONE, ID_NUMBER)
    hand.tap("搬运装卸")
    hand.tap("装卸工")
    hand.tap("选好了")
    hand.wait_screen("register_trades")


def save(hand: Driver) -> None:
    hand.tap("保存草稿")
    hand.wait_screen("draft_saved")
    for said in ("0001", "15 分钟", "身份证号不存", "凭条打印好了"):
        hand.wait_text(said)


def go_on(hand: Driver, number: str = "0001", tail: str = "1234") -> None:
    hand.tap("我的草稿")
    hand.wait_screen("draft_resume")
    hand.type("draft_number", number)
    hand.tap("下一步")
    hand.wait_screen("draft_digits")
    hand.type("draft_tail", tail)
    hand.tap("接着填")
    hand.settle()


def finish(hand: Driver, done: str = "完成") -> None:
    hand.wait_screen("register_trades")
    hand.wait_text("装卸工")
    for screen in ("register_id", "register_phone", "register_who"):
        hand.back()
        hand.wait_screen(screen)
    assert read_who(hand) == [NAME, PHONE, ""]
    on(hand)
    skip_to_summary(hand)
    hand.tap("都对，登记")
    hand.wait_screen("registered")
    hand.tap(done)


def test_saved_walked_away_switched_off_and_taken_up_again(desk):
    register_half(desk.hand)
    save(desk.hand)
    desk.walk_away()
    assert NAME not in "".join(desk.hand.texts())
    desk.off()
    desk.on()
    hand = desk.hand
    hand.wait(lambda: hand.has("我的草稿"), "drafts are offered")
    go_on(hand, tail="0000")
    hand.wait_text("后四位不对")
    hand.clear("draft_tail")
    hand.type("draft_tail", "1234")
    hand.tap("接着填")
    finish(hand)
    hand.wait_screen("welcome")
    assert desk.kept() == 0
    assert not hand.has("我的草稿")
    assert len(desk.kiosk.services().identify.workers_by_phone(PHONE)) == 1


def test_saved_at_the_question_for_the_id_number_it_goes_on_there(desk):
    hand = desk.hand
    hand.tap("我要登记")
    hand.tap("我同意，去登记")
    say_who(hand, NAME, PHONE, to="register_id")
    hand.type("id_number", ID_NUMBER)
    save(hand)
    hand.tap("完成")
    hand.wait_screen("welcome")
    go_on(hand)
    hand.wait_screen("register_id")
    assert hand.value("id_number") == ""  # never kept
    hand.tap("不填，下一步")
    hand.wait_screen("register_trades")


def test_a_number_that_is_none_is_said_before_the_digits_are_asked_for(desk):
    register_half(desk.hand)
    save(desk.hand)
    desk.walk_away()
    hand = desk.hand
    hand.tap("我的草稿")
    hand.type("draft_number", "77")
    hand.press("Return")
    hand.wait_text("没有这份草稿，或者时间过了。")
    assert (hand.screen, hand.value("draft_number")) == ("draft_resume", "77")
    hand.clear("draft_number")
    hand.type("draft_number", "1")
    hand.press("Return")
    hand.wait_screen("draft_digits")
    hand.type("draft_tail", "1234")
    hand.press("Return")
    hand.wait_screen("register_trades")


def test_a_page_that_a_new_version_has_no_longer_is_left_out(desk):
    """Saved, then the program was updated: the page before it is shown."""
    flow, visit = flow_of("register"), Visit(uuid4, datetime.now(UTC))
    visit.keep(RegisterDraft(form=WorkerForm(name=NAME, phone=PHONE)))
    pages = tuple(Page(name=name) for name in ("register_consent", "register_who", "register_gone"))
    desk.kiosk.services().drafts.save(flow.form(visit, pages), None)
    desk.off()
    desk.on()
    go_on(desk.hand)
    desk.hand.wait_screen("register_who")
    assert desk.hand.value("name") == NAME


def test_staff_see_the_minutes_and_go_on_on_behalf(desk, clock):
    register_half(desk.hand)
    save(desk.hand)
    desk.hand.tap("完成")
    desk.hand.wait_screen("welcome")
    clock.advance(4 * 60)
    hand = desk.hand
    sign_in(hand)
    hand.tap("草稿")
    hand.wait_screen("staff_drafts")
    hand.wait_text("还剩 11 分钟")
    hand.tap("0001  登记")
    finish(hand)
    hand.wait_screen("staff_drafts")
    hand.wait_text("没有草稿")
    assert desk.kept() == 0
    assert len(desk.kiosk.services().identify.workers_by_phone(PHONE)) == 1


def test_who_saved_nothing_is_offered_nothing(desk):
    register_half(desk.hand)
    desk.walk_away()
    assert desk.kept() == 0
    assert not desk.hand.has("我的草稿")
    sign_in(desk.hand)
    desk.hand.tap("草稿")
    desk.hand.wait_text("没有草稿")


def test_after_a_quarter_of_an_hour_it_is_gone_for_good_by_itself(desk, clock):
    register_half(desk.hand)
    save(desk.hand)
    desk.hand.tap("完成")
    desk.hand.wait_screen("welcome")
    assert desk.kept() == 1
    clock.advance(KEPT.total_seconds())
    desk.window._drafts.look()
    desk.hand.settle()
    assert desk.kept() == 0
    assert not desk.hand.has("我的草稿")


def test_one_goes_on_at_once_and_saves_again_under_the_same_number(desk):
    register_half(desk.hand)
    save(desk.hand)
    desk.hand.tap("接着填")
    desk.hand.wait_screen("register_trades")
    save(desk.hand)
    assert desk.kept() == 1


def test_an_empty_form_is_not_saved(desk):
    desk.hand.tap("我要招人")
    desk.hand.wait_screen("hire_kind")
    assert not desk.hand.has("保存草稿")
    desk.hand.tap("居民家庭")
    desk.hand.wait_screen("hire_who")
    desk.hand.tap("保存草稿")
    desk.hand.wait_text("还没有填什么")
    assert desk.kept() == 0


def test_a_posting_without_a_phone_is_for_staff(desk):
    hand = desk.hand
    hand.tap("我要招人")
    hand.tap("居民家庭")
    hand.wait_screen("hire_who")
    hand.type("phone", "13900002222")
    hand.tap("下一步")
    hand.wait_screen("hire_name")
    hand.type("name", "鞠春生")
    hand.tap("下一步")
    hand.wait_screen("post_trade")
    save(hand)
    desk.walk_away()
    go_on(hand, tail="2222")
    hand.wait_screen("post_trade")
    hand.back()
    hand.wait_screen("hire_name")
    assert hand.value("name") == "鞠春生"


def test_a_posting_goes_on_at_the_question_where_it_was_left(desk):
    hand = desk.hand
    hand.tap("我要招人")
    hand.tap("居民家庭")
    for page, field, said in (("hire_who", "phone", "13900002222"), ("hire_name", "name", "鞠春生")):
        hand.wait_screen(page)
        hand.type(field, said)
        hand.tap("下一步")
    for page, touched in (("post_trade", "搬运装卸"), ("post_trade_of", "搬运/搬家"), ("post_count", "3 人")):
        hand.wait_screen(page)
        hand.tap(touched)
    hand.wait_screen("post_day")
    hand.tap("明天")
    hand.wait_screen("post_days")
    save(hand)
    desk.walk_away()
    go_on(hand, tail="2222")
    hand.wait_screen("post_days")
    hand.tap("2 天")
    hand.wait_screen("post_begin")
    for page in ("post_days", "post_day", "post_count"):
        hand.back()
        hand.wait_screen(page)
    assert hand.value("headcount") == "3"


def test_the_change_of_what_is_kept_already_is_no_draft(desk):
    from tests.services.conftest import Market

    card = Market(desk.kiosk, desk.window.shell.ctx.clock).worker(name="丛建国")
    from kiosk.ui.screens.register.draft import RegisterDraft, StepParams

    navigator = desk.hand.window.ctx.navigator
    navigator.visit.keep(RegisterDraft.of(card.worker))
    navigator.show("register_wish", StepParams(edit=True))
    desk.hand.wait_screen("register_wish")
    assert not desk.hand.has("保存草稿")


NOTE = "能早起，有电工证"


def job_wanted_half(desk: Desk) -> None:
    """A registered worker, known by their card, in the middle of an entry."""
    services, hand = desk.kiosk.services(), desk.hand
    form = WorkerForm(name=NAME, phone=PHONE, consent=True, trades=(WorkerTrade(trade="by-zhuangxie"),))
    services.workers.register(form, SELF)
    prove(desk, at="welcome")
    hand.wait_screen("mine")
    hand.tap("求职信息")
    hand.wait_screen("my_wanted")
    assert not hand.has("保存草稿")
    hand.tap("登一条求职信息")
    hand.wait_screen("wanted_summary")
    hand.tap("另外")
    hand.wait_screen("wanted_note")
    hand.type("note", NOTE)
    save(hand)


def prove(desk: Desk, *, at: str) -> None:
    services, hand = desk.kiosk.services(), desk.hand
    hand.wait_screen(at)
    worker = services.identify.workers_by_phone(PHONE)[0]
    hand.scan(services.printing.of(worker.id)[0].content.qr)
    hand.wait_screen("tail")
    hand.type("tail", PHONE[-4:])
    hand.tap("下一步")


def post_it(hand: Driver) -> None:
    hand.wait_screen("wanted_summary")
    hand.wait_text(NOTE)
    hand.tap("都对，登出去")
    hand.wait_screen("my_wanted")
    hand.wait_text("登出去了")


def test_a_job_wanted_entry_is_taken_up_again_by_who_proves_to_be_its_person(desk):
    job_wanted_half(desk)
    desk.walk_away()
    hand = desk.hand
    hand.wait(lambda: hand.has("我的草稿"), "drafts are offered")
    go_on(hand)
    prove(desk, at="identify")  # a number and four digits open the form, not the person's own pages
    post_it(hand)
    assert desk.kept() == 0


def test_staff_go_on_with_a_job_wanted_entry(desk):
    job_wanted_half(desk)
    desk.walk_away()
    hand = desk.hand
    sign_in(hand)
    hand.tap("草稿")
    hand.wait_screen("staff_drafts")
    hand.tap("0001  求职信息")
    hand.wait_screen("identify")
    hand.type("phone", PHONE)
    hand.tap("下一步")
    post_it(hand)
    assert desk.kept() == 0


def test_who_touched_home_in_the_middle_goes_on_where_they_were(desk):
    hand = desk.hand
    register_half(hand)
    hand.tap("首页")
    hand.wait_screen("welcome")
    hand.wait_text("欧** · 没办完的：登记")
    hand.tap("接着填")
    hand.wait_screen("register_trades")
    hand.wait_text("装卸工")
    for screen in ("register_id", "register_phone", "register_who"):
        hand.tap("上一步")
        hand.wait_screen(screen)
    assert read_who(hand) == [NAME, PHONE, ID_NUMBER]
