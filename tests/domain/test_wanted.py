"""Job-wanted entries and invitations: who says what about themselves, and what strangers learn of it."""

from dataclasses import replace
from datetime import timedelta

import pytest

from kiosk.domain.calendar import local_date
from kiosk.domain.names import shown_surname
from kiosk.domain.operations import (
    AnswerInvitation,
    CloseListing,
    MakeInvitation,
    PostWanted,
    RenewWanted,
    ReviewListing,
    SetStanding,
    WithdrawConsent,
    WithdrawWanted,
)
from kiosk.domain.records import Offer, WorkerTrade
from kiosk.domain.refusal import Refusal
from kiosk.domain.values import DayPart, InvitationStatus, PayUnit, Standing, WantedStatus
from kiosk.domain.wanted import check_note, is_shown
from tests.domain.samples import RULES, STAFF, TERMS, TODAY, Market
from tests.domain.test_workers import REGISTER, update_of

OFFER = Offer(
    trades=(WorkerTrade(trade="jz-wagong", years=8),),
    days=(1, 2, 3),
    parts=(DayPart.MORNING,),
    wage_wish_fen=260_00,
    wage_wish_unit=PayUnit.DAY,
    districts=("371002",),
    own_tools=True,
    note="能早起，不怕累",
)


@pytest.fixture
def market() -> Market:
    return Market()


def post(market, worker, offer=OFFER, **changes):
    body = PostWanted(
        wanted_id=market.new_id(),
        worker_id=worker,
        offer=offer,
        number=1,
        valid_until=local_date(market.now) + timedelta(days=15),
    )
    market.run(replace(body, **changes))
    return body.wanted_id


def published(market, headcount=2):
    body = market.post_body(market.employer(), replace(TERMS, headcount=headcount))
    market.run(body)
    market.run(ReviewListing(listing_id=body.listing_id, approve=True), STAFF)
    return body.listing_id, body.employer_id


def invite(market, wanted, listing, employer):
    body = MakeInvitation(
        invitation_id=market.new_id(), wanted_id=wanted, listing_id=listing, employer_id=employer
    )
    market.run(body)
    return market.ledger.invitation(body.invitation_id)


def refused(key, act, *args, **named):
    with pytest.raises(Refusal) as caught:
        act(*args, **named)
    assert caught.value.key == key
    return caught.value


def test_an_entry_names_nobody_and_is_shown_for_fifteen_days(market):
    entry = market.ledger.wanted(post(market, market.worker("王建国")))
    assert (entry.surname, entry.phone_masked, entry.offer) == ("王", "139****0000", OFFER)
    assert is_shown(entry, TODAY + timedelta(days=15))
    assert not is_shown(entry, TODAY + timedelta(days=16))


@pytest.mark.parametrize(
    ("name", "surname"),
    [("王建国", "王"), ("欧阳建国", "欧阳"), ("买买提·艾力", "买"), ("anna Smith", "A"), ("𠮷田", "𠮷")],
)
def test_what_strangers_may_call_somebody(name, surname):
    assert shown_surname(name) == surname


def test_a_new_entry_takes_the_earlier_one_down_with_what_was_written_there(market):
    worker = market.worker()
    first, second = post(market, worker), post(market, worker)
    assert market.ledger.wanted(first).status is WantedStatus.WITHDRAWN
    assert market.ledger.wanted(first).offer.note == ""
    assert market.ledger.wanted(second).status is WantedStatus.OPEN


@pytest.mark.parametrize(
    ("changes", "key", "field"),
    [
        ({"trades": ()}, "refusal.trade_missing", "trades"),
        ({"trades": (WorkerTrade(trade="jz"),)}, "refusal.unknown_trade", "trades"),
        ({"days": ()}, "refusal.days_missing", "days"),
        ({"days": (2, 1)}, "refusal.days_missing", "days"),
        ({"days": (8,)}, "refusal.days_missing", "days"),
        ({"parts": ()}, "refusal.parts_missing", "parts"),
        ({"districts": ()}, "refusal.region_missing", "districts"),
        ({"districts": ("371000",)}, "refusal.region_unknown", "districts"),
        ({"wage_wish_fen": 0}, "refusal.amount_zero", "wage"),
        ({"note": "干" * 61}, "refusal.note_long", "note"),
        ({"note": "打我电话1380-000 0000"}, "refusal.note_contact", "note"),
        ({"note": "微信１３８００００"}, "refusal.note_contact", "note"),
        ({"note": "能干😀"}, "refusal.note_characters", "note"),
        ({"note": "只招男工"}, "finding.wording_sex", "note"),
    ],
)
def test_an_offer_that_says_too_little_or_too_much_is_refused(market, changes, key, field):
    refusal = refused(key, post, market, market.worker(), replace(OFFER, **changes))
    assert refusal.field == field


@pytest.mark.parametrize(
    "note",
    [
        "电话一三八零六三一零九零一",
        "打幺三八零六三幺零九零幺",
        "壹叁捌 零陆叁壹-零玖",
        "贰.叁.肆.伍.陆.柒.捌",
        "①③⑧⓪⑥③①",
        "138o631",
        "1 3 8，0631",
        "微信号bguangyi",
        "微信 bi",
        "加微信",
        "加我V",
        "vx: abc",
        "WX abc",
        "QQ",
        "扣扣",
    ],
)
def test_a_number_or_an_account_is_known_in_whatever_writing(note):
    with pytest.raises(Refusal) as caught:
        check_note(note, RULES)
    assert caught.value.key == "refusal.note_contact"


@pytest.mark.parametrize(
    "note",
    [
        "干了12年，260元1天，8点到18点，3人一起",
        "一天两百六，五六个人一起，七八点能到",
        "会瓦工、木工，二十三年，三五个人",
        "工钱微信转也行",
        "能加班，能开车",
        "welding too",
    ],
)
def test_years_and_wages_in_the_line_are_no_phone_number(market, note):
    assert post(market, market.worker(), replace(OFFER, note=note))


def test_renewing_shows_it_longer_and_not_beyond_fifteen_days(market):
    wanted = post(market, market.worker())
    market.now += timedelta(days=10)
    until = local_date(market.now) + timedelta(days=15)
    market.run(RenewWanted(wanted_id=wanted, valid_until=until))
    assert market.ledger.wanted(wanted).valid_until == until
    later = RenewWanted(wanted_id=wanted, valid_until=until + timedelta(days=1))
    refused("refusal.validity", market.run, later)


def test_withdrawn_is_withdrawn(market):
    wanted = post(market, market.worker())
    market.run(WithdrawWanted(wanted_id=wanted))
    assert market.ledger.wanted(wanted).status is WantedStatus.WITHDRAWN
    assert market.run(WithdrawWanted(wanted_id=wanted)).puts == ()
    refused("refusal.wanted_withdrawn", market.run, RenewWanted(wanted_id=wanted, valid_until=TODAY))


def test_who_withdraws_consent_is_offered_to_nobody_any_more(market):
    worker = market.worker()
    wanted = post(market, worker)
    market.run(WithdrawConsent(worker_id=worker))
    assert market.ledger.wanted(wanted).status is WantedStatus.WITHDRAWN
    refused("refusal.consent_withdrawn", post, market, worker)


def test_another_name_or_phone_shows_on_the_entry(market):
    market.run(REGISTER)
    wanted = post(market, REGISTER.worker_id)
    market.run(update_of(REGISTER, name="赵大海", phone="13711112222"))
    entry = market.ledger.wanted(wanted)
    assert (entry.surname, entry.phone_masked) == ("赵", "137****2222")


def test_an_employer_asks_once_and_the_invitation_says_what_for(market):
    wanted = post(market, market.worker("王建国"))
    listing, employer = published(market)
    invitation = invite(market, wanted, listing, employer)
    assert (invitation.surname, invitation.terms, invitation.worker_home) == ("王", TERMS, "WH01")
    assert invitation.status is InvitationStatus.OPEN
    refused("refusal.already_invited", invite, market, wanted, listing, employer)


def test_what_is_over_on_either_side_brings_nobody_together(market):
    wanted = post(market, market.worker())
    listing, employer = published(market)
    refused("refusal.listing_unknown", invite, market, wanted, listing, market.employer())
    market.run(CloseListing(listing_id=listing))
    refused("refusal.listing_closed", invite, market, wanted, listing, employer)
    listing, employer = published(market)
    market.run(WithdrawWanted(wanted_id=wanted))
    refused("refusal.wanted_withdrawn", invite, market, wanted, listing, employer)


def test_a_banned_employer_asks_nobody(market):
    wanted = post(market, market.worker())
    listing, employer = published(market)
    market.run(SetStanding(employer_id=employer, standing=Standing.BANNED, reason="欠薪"), STAFF)
    refused("refusal.employer_banned", invite, market, wanted, listing, employer)


def test_workers_are_no_mailing_list(market):
    listing, employer = published(market, headcount=1)
    for _ in range(5):
        invite(market, post(market, market.worker()), listing, employer)
    refused("refusal.invited_many", invite, market, post(market, market.worker()), listing, employer)


def test_a_no_may_become_a_yes_and_a_yes_stays(market):
    listing, employer = published(market)
    invitation = invite(market, post(market, market.worker()), listing, employer)

    def say(answer):
        return market.run(AnswerInvitation(invitation_id=invitation.id, answer=answer)).puts

    assert say(InvitationStatus.DECLINED)[0].status is InvitationStatus.DECLINED
    assert say(InvitationStatus.DECLINED) == ()
    assert say(InvitationStatus.ACCEPTED)[0].status is InvitationStatus.ACCEPTED
    refused("refusal.invitation_answered", say, InvitationStatus.DECLINED)


def test_the_rules_judge_the_line_as_they_judge_listings():
    assert RULES.check_words("交押金才干", "note")
