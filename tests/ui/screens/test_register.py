"""我要登记: the whole way, every mistake a person makes on it, and nothing lost by any of them."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtWidgets import QApplication

from kiosk.domain.records import WorkerTrade
from kiosk.domain.workers import MAX_TRADES
from kiosk.services.workers import WorkerForm
from kiosk.ui.input.wish import InputWish, wish_of
from kiosk.ui.preferences import TextSize
from kiosk.ui.screens.people import FirstPhone, TypedPhone
from kiosk.ui.screens.register.draft import Completing, RegisterDraft
from kiosk.ui.screens.register.extras import ANSWERS
from kiosk.ui.screens.register.person import PersonStep
from kiosk.ui.screens.register.step import RegisterStep
from kiosk.ui.screens.register.summary import PARTS
from tests.e2e import forms
from tests.ui.screens.house import LANDSCAPE, PORTRAIT, House

GOOD_ID = "370602197103054329"
WRONG_ID = "370602197103054321"
CHILD_ID = "371002201301014325"


def to_who(house: House) -> None:
    house.start()
    house.tap("welcome.register")
    house.hand.wait_screen("register_consent")
    house.tap("consent.agree")
    house.hand.wait_screen("register_who")


def say_who(
    house: House,
    name: str = "于海",
    phone: str = "13806311111",
    id_number: str = "",
    to: str = "register_trades",
) -> None:
    """From the question for the name on."""
    forms.say_who(house.hand, name, phone, id_number, to=to)


def to_summary(house: House) -> None:
    to_who(house)
    say_who(house)
    forms.skip_to_summary(house.hand)


def choose_trade(house: House, category: str, *trades: str) -> None:
    catalogue, language = house.services.catalogue, house.strings.language
    house.hand.tap(catalogue.trade_name(category, language))
    house.hand.wait_screen("register_trades_of")
    for trade in trades:
        house.hand.tap(catalogue.trade_name(trade, language))


def test_the_whole_way(house: House) -> None:
    hand = house.hand
    to_who(house)
    say_who(house, id_number=GOOD_ID)
    choose_trade(house, "jz", "jz-wagong", "jz-mugong")
    house.tap("register.trades_done")
    hand.wait_screen("register_trades")
    hand.wait_text("瓦工、木工")
    house.tap("common.next")
    hand.wait_screen("register_wish")
    hand.type("wage", "260")
    house.tap("common.next")
    hand.wait_screen("register_where")
    hand.tap("环翠区")
    house.tap("common.next")
    hand.wait_screen("register_extras")
    house.tap("register.own_tools")
    house.tap("common.next")
    hand.wait_screen("register_summary")
    for said in ("于海", "138 0631 1111", GOOD_ID, "瓦工、木工", "260 元/天", "环翠区", "自带工具"):
        hand.wait_text(said)
    house.tap("register.confirm")
    hand.wait_screen("registered")
    hand.wait_text("WHC1-0001")
    hand.wait_text(house.text("slip_panel.printed"))
    worker = house.services.workers.find("于海")[0]
    assert worker.wage_wish_fen == 26000
    assert [each.trade for each in worker.trades] == ["jz-wagong", "jz-mugong"]
    assert worker.districts == ("371002",)
    assert worker.own_tools
    assert worker.identity is not None
    assert GOOD_ID.encode() not in worker.identity.sealed
    assert list(house.kiosk.settings.slip_dir.iterdir())


def test_without_consent_nothing_is_kept(house: House) -> None:
    house.start()
    house.tap("welcome.register")
    house.hand.wait_screen("register_consent")
    house.tap("consent.disagree")
    house.hand.wait_screen("welcome")
    house.hand.wait_text(house.text("consent.declined"))
    assert not house.services.workers.find("于海")


def test_mistakes_stand_beside_their_fields_and_nothing_is_lost(house: House) -> None:
    to_who(house)
    hand = house.hand
    for screen, field, wrong, said, right in (
        ("register_who", "name", "于海😀", house.text("refusal.name_emoji"), "于海"),
        (
            "register_phone",
            "phone",
            "1380631111",
            house.text("refusal.phone_length", limit=11, length=10),
            "13806311111",
        ),
        ("register_id", "id_number", WRONG_ID, house.text("refusal.id_check_digit"), GOOD_ID),
    ):
        hand.wait_screen(screen)
        hand.type(field, wrong)
        house.tap("common.next")
        hand.wait_text(said)
        assert hand.screen == screen
        assert hand.value(field) == wrong
        assert isinstance(house.screen, PersonStep)
        assert house.screen.answer.line.hasFocus()
        hand.clear(field)
        hand.type(field, right)
        house.tap("common.next")
    hand.wait_screen("register_trades")


def test_a_field_is_checked_as_one_leaves_it(house: House) -> None:
    to_who(house)
    house.hand.type("name", "于")
    house.screen.setFocus()
    house.hand.wait_text(house.text("refusal.name_short", limit=2))
    house.hand.clear("name")
    house.screen.setFocus()
    house.hand.settle()
    assert not house.hand.has(house.text("refusal.name_missing"))


def test_an_empty_answer_is_asked_for_on_the_way_on(house: House) -> None:
    to_who(house)
    house.tap("common.next")
    house.hand.wait_text(house.text("refusal.name_missing"))
    say_who(house, to="register_phone")
    house.tap("common.next")
    house.hand.wait_text(house.text("refusal.phone_missing"))


def test_an_id_number_is_left_out_by_a_touch_that_says_so(house: House) -> None:
    to_who(house)
    say_who(house, to="register_id")
    hand = house.hand
    assert hand.has(house.text("register.id_skip"))
    hand.type("id_number", GOOD_ID)
    assert not hand.has(house.text("register.id_skip"))
    hand.clear("id_number")
    house.tap("register.id_skip")
    hand.wait_screen("register_trades")


def test_enter_goes_on(house: House) -> None:
    to_who(house)
    hand = house.hand
    for screen, field, said in (
        ("register_who", "name", "于海"),
        ("register_phone", "phone", "13806311111"),
        ("register_id", "id_number", ""),
    ):
        hand.wait_screen(screen)
        hand.type(field, said)
        hand.press("Return")
    hand.wait_screen("register_trades")


def test_the_bar_says_how_far_it_is_of_what_is_asked(house: House) -> None:
    to_who(house)
    assert place(house) == (1, 8)
    say_who(house)
    assert place(house) == (4, 8)
    house.shell.ctx.navigator.end_visit()
    house.shell.ctx.visit.keep(RegisterDraft().with_phone("13806311111", None))
    house.shell.ctx.navigator.show("register_consent")
    house.tap("consent.agree")
    house.hand.wait_screen("register_who")
    assert place(house) == (1, 7)
    house.hand.type("name", "于海")
    house.tap("common.next")
    house.hand.wait_screen("register_id")
    assert place(house) == (2, 7)


def place(house: House) -> tuple[int, int]:
    """Which part of the bar at the head is full, of how many."""
    assert isinstance(house.screen, RegisterStep)
    assert house.screen.progress.isVisible()
    return house.screen.progress.step, house.screen.progress.steps


@pytest.mark.parametrize("mark", [TypedPhone, FirstPhone])
def test_a_number_that_the_visit_knows_is_not_asked_for_again(house: House, mark: type[TypedPhone]) -> None:
    hand = house.start()
    house.shell.ctx.visit.keep(mark(phone="13806311111"))
    house.shell.ctx.navigator.show("register_consent")
    house.tap("consent.agree")
    hand.wait_screen("register_who")
    hand.type("name", "于海")
    house.tap("common.next")
    hand.wait_screen("register_id")
    house.tap("register.id_skip")
    forms.skip_to_summary(hand)
    hand.wait_text("138 0631 1111")
    house.tap("register.edit_phone")
    hand.wait_screen("register_phone")
    assert hand.value("phone") == "13806311111"


def test_what_was_mended_is_not_held_against_anybody_who_comes_back(house: House) -> None:
    hand = house.start()
    draft = RegisterDraft().with_phone("13806311111", None)
    house.shell.ctx.visit.keep(draft.with_card("于海", CHILD_ID, draft.given | {"name", "id_number"}))
    house.shell.ctx.navigator.show("register_consent")
    house.tap("consent.agree")
    hand.wait_screen("register_id")
    young = house.text("refusal.under_age", minimum=16)
    hand.wait_text(young)
    hand.clear("id_number")
    house.tap("register.id_skip")
    hand.wait_screen("register_trades")
    hand.back()
    hand.wait_screen("register_id")
    assert not hand.has(young)


def test_years_are_asked_of_four_trades_a_page(house: House) -> None:
    hand = house.start()
    trades = [each.code for each in house.services.catalogue.trades("jz")[:6]]
    form = WorkerForm(trades=tuple(WorkerTrade(trade=code) for code in trades))
    house.shell.ctx.visit.keep(RegisterDraft(form=form))
    house.shell.ctx.navigator.show("register_years")
    hand.wait_screen("register_years")
    names = [house.services.catalogue.trade_name(code, "zh_CN") for code in trades]
    house.measure()
    assert [name for name in names if hand.has(name)] == names[:4]
    house.tap("common.next_page")
    assert [name for name in names if hand.has(name)] == names[4:]
    house.measure()
    assert house.marks == []


def test_half_a_number_is_asked_for(house: House) -> None:
    hand = house.start()
    house.shell.ctx.visit.keep(TypedPhone(phone="1380631"))
    house.shell.ctx.navigator.show("register_consent")
    house.tap("consent.agree")
    forms.say_who(hand, "于海", to="register_phone")
    assert hand.value("phone") == "1380631"


def test_registered_before_is_said_before_anything_is_asked_of_who_laid_a_card(house: House) -> None:
    """Card and number are known before the first question: so is who they are."""
    house.worker(id_number="")
    house.start()
    draft = RegisterDraft().with_phone("13806311111", None)
    house.shell.ctx.visit.keep(draft.with_card("于海", GOOD_ID, draft.given | {"name", "id_number"}))
    house.shell.ctx.navigator.show("register_consent")
    house.tap("consent.agree")
    house.hand.wait_text("您已经登记过")
    assert house.hand.screen == "register_who"
    assert house.hand.has(house.text("register.go_on_known"))


def test_children_are_refused(house: House) -> None:
    to_who(house)
    say_who(house, to="register_id")
    house.hand.type("id_number", CHILD_ID)
    house.tap("common.next")
    house.hand.wait_text(house.text("refusal.under_age", minimum=16))


@pytest.mark.parametrize("name", ["丛㙍", "王䶮", "于𬭬", "𪚥海", "阿依古丽·买买提", "丛" * 20])
def test_rare_and_long_names_reach_the_slip(house: House, name: str) -> None:
    house.start()
    house.shell.ctx.navigator.show("register_who")
    house.hand.wait_screen("register_who")
    say_who(house, name=name)
    house.shell.ctx.navigator.show("register_summary")
    house.hand.wait_screen("register_summary")
    house.measure()
    house.hand.wait_text(name)
    assert house.marks == []


def test_a_name_that_would_be_boxes_is_told_what_to_do(house: House) -> None:
    to_who(house)
    house.hand.type("name", "王\U0002ebf0")
    house.tap("common.next")
    house.hand.wait_text(house.text("refusal.unshown", codes="U+2EBF0"))
    assert house.hand.screen == "register_who"
    house.hand.clear("name")
    house.hand.type("name", "王ling")
    house.tap("common.next")
    house.hand.wait_screen("register_phone")


def test_pasted_line_breaks_become_spaces(house: House) -> None:
    to_who(house)
    QApplication.clipboard().setText("于\n海\r\n")
    house.hand.type("name", "")
    assert isinstance(house.screen, PersonStep)
    house.screen.fields["name"].line.paste()
    assert house.hand.value("name") == "于 海"


def test_back_and_forth_loses_nothing(house: House) -> None:
    to_who(house)
    say_who(house, id_number=GOOD_ID)
    for screen in ("register_id", "register_phone", "register_who", "register_consent"):
        house.hand.back()
        house.hand.wait_screen(screen)
    house.tap("consent.agree")
    assert forms.read_who(house.hand) == ["于海", "13806311111", GOOD_ID]


@pytest.mark.parametrize(("part", "page"), [(part, page) for part, _, page in PARTS])
def test_each_part_of_the_summary_leads_to_its_page_and_back(house: House, part: str, page: str) -> None:
    to_summary(house)
    house.tap(f"register.edit_{part}")
    house.hand.wait_screen(page)
    assert isinstance(house.screen, RegisterStep)
    assert not house.screen.progress.isVisible()
    house.tap("common.keep_and_back")
    house.hand.wait_screen("register_summary")


def test_mending_from_the_summary_comes_back_to_it(house: House) -> None:
    to_summary(house)
    house.tap("register.edit_who")
    house.hand.wait_screen("register_who")
    house.hand.clear("name")
    house.hand.type("name", "于江")
    house.tap("common.keep_and_back")
    house.hand.wait_screen("register_summary")
    house.hand.wait_text("于江")


def test_a_wage_that_is_no_number(house: House) -> None:
    to_summary(house)
    house.tap("register.edit_wish")
    house.hand.wait_screen("register_wish")
    house.hand.type("wage", "abc")
    house.tap("common.keep_and_back")
    house.hand.wait_text(house.text("refusal.amount_form"))
    assert house.hand.screen == "register_wish"
    assert house.hand.value("wage") == "abc"


def test_a_refusal_at_the_end_leads_to_its_step(house: House) -> None:
    """Without consent in the draft (a visit that began on another page) the consent comes to the front."""
    house.start()
    house.shell.ctx.navigator.show("register_who")
    house.hand.wait_screen("register_who")
    say_who(house)
    house.shell.ctx.navigator.show("register_summary")
    house.hand.wait_screen("register_summary")
    house.tap("register.confirm")
    house.hand.wait_screen("register_consent")
    house.hand.wait_text(house.text("refusal.consent_missing"))


def test_the_thirteenth_trade_is_taken_back(house: House) -> None:
    to_who(house)
    say_who(house)
    trades = house.services.catalogue.trades("jz")
    names = [house.services.catalogue.trade_name(each.code, "zh_CN") for each in trades]
    choose_trade(house, "jz", *(each.code for each in trades[:MAX_TRADES]))
    left = MAX_TRADES - len(names)
    house.tap("register.trades_done")
    house.hand.wait_screen("register_trades")
    more = [each.code for each in house.services.catalogue.trades("by")][: left + 1]
    choose_trade(house, "by", *more)
    house.hand.wait_text(house.text("refusal.too_many_trades", limit=MAX_TRADES))
    house.tap("register.trades_done")
    house.hand.wait_text(f"选了 {MAX_TRADES} 个")


def test_registered_before_is_offered_to_go_on(house: House) -> None:
    house.worker()
    to_who(house)
    say_who(house, to="register_phone")
    house.hand.type("phone", "13806311111")
    house.tap("common.next")
    house.hand.wait_text("您已经登记过")
    assert house.hand.screen == "register_phone"  # said before anything else is asked
    house.tap("register.go_on_known")
    house.hand.wait_screen("identify")
    assert house.hand.value("phone") == "13806311111"
    house.tap("common.next")
    house.hand.wait_text(house.text("identify.prove"))
    house.show_card(typed=True)
    house.hand.wait_screen("register_summary")
    house.hand.back()
    house.hand.wait_screen("my_data")


def test_what_was_said_before_it_is_known_goes_into_what_is_kept(house: House) -> None:
    to_summary(house)
    visit = house.shell.ctx.visit
    draft = visit.draft(RegisterDraft)
    more = {"trades": (WorkerTrade(trade="by-banyun"),), "districts": ("371002",), "own_tools": True}
    visit.keep(replace(draft, form=replace(draft.form, **more)))
    worker = house.worker(trades=(), night_work=True).worker  # at another counter, meanwhile
    house.tap("register.confirm")
    house.hand.wait_text("您已经登记过")
    said = house.shell.ctx.visit.draft(RegisterDraft).form
    house.tap("register.go_on_known")
    house.hand.wait_screen("identify")
    house.show_card(typed=True)
    house.hand.wait_screen("register_summary")
    house.tap("register.save")
    house.hand.wait_screen("my_data")
    kept = house.services.workers.get(worker.id)
    assert (kept.own_tools, kept.night_work) == (True, True)
    assert kept.trades == said.trades
    assert kept.districts == said.districts
    assert not house.shell.ctx.visit.has(Completing)


def test_the_next_person_finds_nothing(house: House) -> None:
    to_summary(house)
    house.shell.ctx.navigator.end_visit()
    house.hand.wait_screen("welcome")
    to = house.shell.ctx.navigator
    for name in ("register_who", "register_summary"):
        to.show(name)
        house.hand.wait_screen(name)
        assert "于海" not in " ".join(house.hand.texts())


def test_fields_wish_for_the_right_dock(house: House) -> None:
    to_who(house)
    wishes = {}
    for screen, _ in forms.WHO:
        house.hand.wait_screen(screen)
        assert isinstance(house.screen, PersonStep)
        wishes |= {name: wish_of(field.line) for name, field in house.screen.fields.items()}
        if screen != "register_id":
            house.hand.type(
                house.screen.answer.field_name, "于海" if screen == "register_who" else "13806311111"
            )
            house.tap("common.next")
    assert wishes == {
        "name": InputWish.NAME,
        "phone": InputWish.PHONE,
        "id_number": InputWish.ID_NUMBER,
    }


@pytest.mark.parametrize(
    ("size", "language", "text_size"),
    [
        (PORTRAIT, "zh_CN", TextSize.LARGE),
        (PORTRAIT, "en", TextSize.HUGE),
        (LANDSCAPE, "zh_CN", TextSize.HUGE),
        (LANDSCAPE, "en", TextSize.HUGE),
    ],
)
def test_everything_fits(
    open_house: Callable[..., House], size: tuple[int, int], language: str, text_size: TextSize
) -> None:
    """Also with the dock open below the fields: the way on is never under it."""
    house = open_house(size)
    house.start()
    house.dress(language, text_size)
    house.tap("welcome.register")
    house.measure()
    house.tap("consent.agree")
    house.measure()
    say_who(house, to="register_phone")
    for field, wrong, right in (("phone", "138", "06311111"), ("id_number", WRONG_ID, "")):
        house.measure()
        house.hand.type(field, wrong)
        house.tap("common.next")
        house.measure()
        if not right:
            house.hand.clear(field)
        house.hand.type(field, right)
        forms.on(house.hand)
        house.hand.settle()
    house.hand.wait_screen("register_trades")
    choose_trade(house, "jz", "jz-wagong", "jz-mugong", "jz-chaichu", "jz-hunning")
    house.measure()
    house.tap("register.trades_done")
    house.hand.wait_screen("register_trades")
    house.measure()
    house.tap("common.next")
    house.hand.type("wage", "1800000")
    house.tap("common.next")
    house.measure()
    house.hand.clear("wage")
    house.hand.type("wage", "260")
    house.tap("common.next")
    house.hand.wait_screen("register_where")
    house.measure()
    house.tap("common.next")
    house.hand.wait_screen("register_extras")
    for name, _ in ANSWERS:
        house.tap(f"register.{name}")
    house.measure()
    house.tap("common.next")
    house.hand.wait_screen("register_summary")
    house.measure()
    house.tap("register.confirm")
    house.hand.wait_screen("registered")
    house.measure()
    assert house.marks == []
