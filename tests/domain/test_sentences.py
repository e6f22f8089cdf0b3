"""Every refusal, finding and law of the program has its sentence, in both languages, and every sentence is used."""

import re
import string

import pytest

from kiosk.domain import values
from kiosk.domain.reference import Certainty
from tests.domain.samples import ASSETS, WORDING, strings

SOURCES = {path: path.read_text(encoding="utf-8") for path in (ASSETS.parent / "kiosk").rglob("*.py")}
RULES_SOURCE = "".join(text for path, text in SOURCES.items() if path.name in {"rules.py", "wages.py"})
CHINESE, ENGLISH = strings("zh_CN"), strings("en")
OWN = ("refusal.", "finding.", "suggestion.", "law.", "words.")
PASSED_ON = {"name", "phone"}


def fields(sentence: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(sentence) if name}


def refusals() -> set[str]:
    return {key for text in SOURCES.values() for key in re.findall(r'"(refusal\.\w+)"', text)}


def finding_rules() -> set[str]:
    named = set(re.findall(r'(?:_block|_warn|_finding)\(\s*"(\w+)"', RULES_SOURCE))
    named |= set(re.findall(r'rule="(\w+)"', RULES_SOURCE)) | {"minimum_wage", "minimum_wage_month"}
    named |= {f"{field}_long" for field in ("title", "address", "meeting_place", "requirements")}
    named |= {
        key.removeprefix("refusal.") for key in refusals() if key.split(".")[1].split("_")[0] in PASSED_ON
    }
    return named | {rule.code for rule in WORDING.rules}


def laws() -> set[str]:
    named = set(re.findall(r'law="(\w+)"|law: str = "(\w+)"', RULES_SOURCE))
    named_in_calls = re.findall(r'_warn\(\s*"\w+",\s*"\w+",\s*"(\w+)"', RULES_SOURCE)
    named_in_calls += re.findall(
        r'_finding\(\s*\w+|_finding\("?\w+"?,\s*Severity\.\w+,\s*"(\w+)"', RULES_SOURCE
    )
    return (
        {each for pair in named for each in pair if each}
        | set(filter(None, named_in_calls))
        | {rule.law for rule in WORDING.rules}
    )


@pytest.mark.parametrize("catalogue", [CHINESE, ENGLISH], ids=["zh_CN", "en"])
def test_every_refusal_has_its_sentence(catalogue):
    assert {key for key in refusals() if key not in catalogue} == set()


@pytest.mark.parametrize("catalogue", [CHINESE, ENGLISH], ids=["zh_CN", "en"])
def test_every_finding_and_law_has_its_sentence(catalogue):
    assert {rule for rule in finding_rules() if f"finding.{rule}" not in catalogue} == set()
    assert {law for law in laws() if f"law.{law}" not in catalogue} == set()


def test_wording_findings_come_with_a_suggestion():
    assert {rule.code for rule in WORDING.rules if f"suggestion.{rule.code}" not in CHINESE} == set()


def test_no_finding_or_law_is_left_over():
    assert {key.split(".")[1] for key in CHINESE if key.startswith("finding.")} == finding_rules()
    assert {key.split(".")[1] for key in CHINESE if key.startswith("law.")} == laws()


def test_both_languages_say_the_same_things():
    chinese = {key for key in CHINESE if key.startswith(OWN)}
    assert chinese == {key for key in ENGLISH if key.startswith(OWN)}
    for key in chinese:
        assert fields(CHINESE[key]) == fields(ENGLISH[key]), key


def test_sentences_are_short_enough_to_be_read_standing():
    for key, sentence in CHINESE.items():
        if key.startswith(("refusal.", "finding.")):
            assert len(re.sub(r"\{\w+\}", "00", sentence)) <= 34, key


@pytest.mark.parametrize(
    ("table", "kind"),
    [
        ("settlement", values.Settlement),
        ("strength", values.Strength),
        ("employer_kind", values.EmployerKind),
        ("standing", values.Standing),
        ("source", values.Source),
        ("listing_status", values.ListingStatus),
        ("placement_status", values.PlacementStatus),
        ("slip_kind", values.SlipKind),
        ("severity", values.Severity),
        ("day_part", values.DayPart),
        ("invitation_status", values.InvitationStatus),
        ("certainty", Certainty),
    ],
)
def test_every_fixed_word_of_the_records_is_said(table, kind):
    said = {key.split(".")[2] for key in CHINESE if key.startswith(f"words.{table}.")}
    assert said == {each.value for each in kind}
