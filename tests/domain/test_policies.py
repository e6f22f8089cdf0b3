"""Policies: what this country's two cities have, in both languages, and what answers come to."""

import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.domain.eligibility import Answers, Verdict, asks, is_one, open_conditions, verdict
from kiosk.domain.policy_files import POLICIES, parse_policies
from kiosk.domain.reference import BadReference
from tests.domain.samples import REFERENCE, REFERENCE_TEXTS

RULES = [rule for policy in REFERENCE.policies for rule in policy.rules]


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: f"{rule.applies}-{rule.item}")
def test_each_says_what_one_gets_who_decides_and_which_notice_has_it(rule):
    for said in (rule.said, rule.said_en):
        assert said.title
        assert said.office
        assert said.brief
        assert said.source
    assert all(text.isascii() for text in (rule.said_en.title, rule.said_en.brief, *rule.said_en.conditions))


def test_what_is_not_said_in_english_is_said_in_chinese():
    text = "[[policy]]\nkey='a'\ntitle='标题'\noffice='局'\n[[policy.rule]]\napplies='371000'\nitem='W1'\nwho=['甲']\n"
    rule = parse_policies(text)[0].rules[0]
    assert rule.said_en == rule.said
    assert rule.said.brief == ""


@pytest.mark.parametrize("name", ["who", "conditions"])
def test_another_number_of_sentences_in_english_is_refused(name):
    head = "[[policy]]\nkey='a'\ntitle='b'\noffice='c'\n[[policy.rule]]\napplies='1'\nitem='W1'\n"
    text = f"{head}{name}=['x','y']\n{name}_en=['x']\n"
    with pytest.raises(BadReference, match=r"policies\.toml.*English"):
        parse_policies(text)


def test_every_notice_in_the_file_is_one_of_a_city_with_policies():
    tree = tomllib.loads(REFERENCE_TEXTS[POLICIES])
    assert {each["applies"] for each in tree["notice"]} == {rule.applies for rule in RULES}


@given(st.sampled_from(RULES), st.data())
def test_it_fits_when_nothing_is_open_and_only_then(rule, data):
    said = rule.said
    who = data.draw(st.none() | st.integers(0, len(said.who) - 1)) if said.who else None
    met = data.draw(st.frozensets(st.integers(0, 5)))
    answers = Answers(who=who, met=met)
    fits = (not said.who or who is not None) and set(range(len(said.conditions))) <= met
    assert (verdict(said, answers) is Verdict.FITS) is fits
    assert fits == (is_one(said, answers) and not open_conditions(said, answers))


def test_nothing_is_asked_where_the_notice_asks_nothing():
    rules = {policy.key: rule for policy, rule in REFERENCE.policies_of("371000")}
    assert not asks(rules["pension"].said)
    assert asks(rules["tax_relief"].said)
