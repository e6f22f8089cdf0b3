"""The members of staff: added, badges, PINs, shut out; each change with its line in the audit trail."""

import pytest

from kiosk.domain.refusal import Refusal
from tests.kiosk_fixture import PIN

NEW = "408215"
BADGE = "ZGZ-0007"


def refused(call):
    with pytest.raises(Refusal) as caught:
        call()
    return caught.value


@pytest.fixture
def members(market):
    return market.services.members


@pytest.fixture
def me(market):
    return market.staff()


@pytest.fixture
def other(market, members, me):
    return members.add(me, PIN, "邹慧", NEW, NEW)


def audited(market):
    with market.kiosk.storage.database.reader() as connection:
        rows = connection.execute("SELECT actor, action, entity_id FROM audit ORDER BY rowid").fetchall()
    return [(actor, action, bytes(about)) for actor, action, about in rows if action.startswith("staff.")]


def test_another_member_signs_in_with_the_next_number_and_signs_as_themselves(market, members, me):
    added = members.add(me, PIN, "邹慧", NEW, NEW)
    assert (added.number, added.name, added.active, added.badge, added.me) == (2, "邹慧", True, "", False)
    session = market.services.staff.sign_in("2", NEW)
    assert session.actor.staff_id != me.actor.staff_id
    assert [(each.number, each.me) for each in members.all(session)] == [(1, False), (2, True)]
    assert (f"staff:{me.staff_id}", "staff.add", session.staff_id.bytes) in audited(market)


@pytest.mark.parametrize(
    ("name", "pin", "again", "field"),
    [
        ("", NEW, NEW, "staff_name"),
        ("邹慧", "123456", "123456", "pin"),
        ("邹慧", "4082", "4082", "pin"),
        ("邹慧", NEW, "408216", "pin_again"),
    ],
)
def test_who_cannot_be_added_is_not(members, me, name, pin, again, field):
    assert refused(lambda: members.add(me, PIN, name, pin, again)).field == field
    assert len(members.all(me)) == 1


def test_somebody_else_at_an_open_console_adds_nobody_and_five_tries_lock_the_sign_in(market, members, me):
    for _ in range(5):
        refusal = refused(lambda: members.add(me, "999999", "邹慧", NEW, NEW))
        assert (refusal.key, refusal.field) == ("refusal.own_pin", "own_pin")
    assert refused(lambda: members.add(me, PIN, "邹慧", NEW, NEW)).key == "refusal.sign_in_locked"
    assert refused(lambda: market.services.staff.sign_in("1", PIN)).key == "refusal.sign_in_locked"
    assert len(members.all(me)) == 1


def test_one_who_is_locked_out_does_not_lock_the_station(market, members, me, other):
    staff = market.services.staff
    for _ in range(5):
        refused(lambda: staff.sign_in("1", "999999"))
    assert refused(lambda: staff.sign_in("1", PIN)).key == "refusal.sign_in_locked"
    colleague = staff.sign_in("2", NEW)
    assert [each.paused for each in members.all(colleague)] == [True, False]
    members.set_pin(colleague, 1, NEW, "975310", "975310")
    assert staff.sign_in("1", "975310").number == 1


def test_a_badge_signs_in_until_it_is_taken_away(market, members, me, other):
    assert members.set_badge(me, 2, f" {BADGE} ").badge == BADGE
    assert market.services.staff.sign_in(BADGE, NEW).number == 2
    assert members.set_badge(me, 2, "").badge == ""
    assert refused(lambda: market.services.staff.sign_in(BADGE, NEW)).key == "refusal.sign_in"
    assert [action for _, action, _ in audited(market) if "badge" in action] == [
        "staff.badge",
        "staff.badge_off",
    ]


@pytest.mark.parametrize("code", ["00010002", "69012345678921234567890"])
def test_a_badge_may_be_digits_alone(market, members, me, code):
    members.set_badge(me, 1, code)
    assert market.services.staff.sign_in(code, PIN).number == 1


def test_what_no_number_and_no_badge_is_signs_nobody_in(market):
    for who in ("9" * 40, "", "²"):
        assert refused(lambda who=who: market.services.staff.sign_in(who, PIN)).key == "refusal.sign_in"


def test_a_badge_of_somebody_else_is_refused_and_says_whose(members, me, other):
    members.set_badge(me, 1, BADGE)
    refusal = refused(lambda: members.set_badge(me, 2, BADGE))
    assert (refusal.key, refusal.params) == ("refusal.badge_taken", {"number": 1})
    assert refused(lambda: members.set_badge(me, 2, "0001")).params == {"number": 1}
    members.set_badge(me, 1, BADGE)  # one's own again


@pytest.mark.parametrize("code", ["2", "https://whc.example/s/AbC", "x" * 121])
def test_what_is_no_badge_is_refused(members, me, code):
    assert refused(lambda: members.set_badge(me, 1, code)).key == "refusal.badge_form"


def test_a_pin_is_changed_by_who_knows_the_old_one(market, members, me):
    assert refused(lambda: members.set_pin(me, 1, "111222", NEW, NEW)).field == "own_pin"
    assert refused(lambda: members.set_pin(me, 1, PIN, NEW, PIN)).field == "pin_again"
    members.set_pin(me, 1, PIN, NEW, NEW)
    assert refused(lambda: market.services.staff.sign_in("1", PIN)).key == "refusal.sign_in"
    assert market.services.staff.sign_in("1", NEW).number == 1


def test_a_colleague_gets_a_new_pin_by_ones_own(market, members, me, other):
    assert refused(lambda: members.set_pin(me, 2, NEW, "975310", "975310")).field == "own_pin"
    members.set_pin(me, 2, PIN, "975310", "975310")
    assert market.services.staff.sign_in("2", "975310").number == 2
    done = audited(market)[-3:]
    assert [action for _, action, _ in done] == ["staff.wrong_pin", "staff.pin_of_other", "staff.sign_in"]


def test_who_is_shut_out_signs_in_no_more_until_they_are_let_in_again(market, members, me, other):
    members.set_badge(me, 2, BADGE)
    assert not members.set_active(me, 2, active=False).active
    for who in ("2", BADGE):
        assert refused(lambda who=who: market.services.staff.sign_in(who, NEW)).key == "refusal.sign_in"
    assert members.set_active(me, 2, active=True).active
    assert market.services.staff.sign_in(BADGE, NEW).number == 2


def test_nobody_shuts_themselves_out_and_one_always_stays(market, members, me, other):
    assert refused(lambda: members.set_active(me, 1, active=False)).key == "refusal.staff_oneself"
    colleague = market.services.staff.sign_in("2", NEW)
    members.set_active(me, 2, active=False)
    for number in (1, 2):  # whoever is still at the console when they are shut out
        refusal = refused(lambda number=number: members.set_active(colleague, number, active=False))
        assert refusal.key == "refusal.staff_only"
    assert market.kiosk.storage.read.staff_count() == 1
    assert refused(lambda: members.set_active(me, 7, active=False)).key == "refusal.staff_unknown"
