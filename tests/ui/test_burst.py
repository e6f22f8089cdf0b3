import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.ui.burst import BurstDetector, BurstRules, Verdict, is_full_width_key, plain, without_caps_lock

ENTER = "\n"
CHARS = st.characters(min_codepoint=33, max_codepoint=126)


def run(keys: list[tuple[str, int]], rules: BurstRules | None = None) -> tuple[str, list[str]]:
    """Feed keys with the gaps before them; gives what reached the fields and the codes."""
    detector, fields, codes, held, now = BurstDetector(rules), "", [], "", 0
    for key, gap in keys:
        now += gap
        if key != ENTER:
            if detector.character(key, now) is Verdict.RELEASE:
                fields, held = fields + held, ""
            held += key
            continue
        if detector.enter(now) is Verdict.SCANNED:
            codes.append(detector.code)
        else:
            fields += held + ENTER
        held = ""
    return fields + held, codes


def burst(code: str, gap: int = 5) -> list[tuple[str, int]]:
    return [(char, gap) for char in code + ENTER]


@given(st.text(CHARS, min_size=6, max_size=400), st.integers(0, 30))
def test_a_burst_is_a_code_and_reaches_no_field(code, gap):
    fields, codes = run(
        [("x", 1000), *[(char, 1000 if i == 0 else gap) for i, char in enumerate(code + ENTER)]]
    )
    assert fields == "x"
    assert codes == [without_caps_lock(code)]


@given(st.lists(st.tuples(st.one_of(CHARS, st.just(ENTER)), st.integers(31, 2000)), max_size=200))
def test_typing_is_never_swallowed_or_reordered(keys):
    fields, codes = run(keys)
    assert fields == "".join(key for key, _ in keys)
    assert codes == []


@given(st.lists(st.tuples(st.one_of(CHARS, st.just(ENTER)), st.integers(0, 60)), max_size=300))
def test_every_key_is_either_given_or_scanned(keys):
    detector, given_back, scanned, held, now = BurstDetector(), [], [], [], 0
    for number, (key, gap) in enumerate(keys):
        now += gap
        if key != ENTER:
            if detector.character(key, now) is Verdict.RELEASE:
                given_back += held
                held = []
            held.append(number)
        elif detector.enter(now) is Verdict.SCANNED:
            scanned += [*held, number]
            assert len(held) >= 6
            held = []
        else:
            given_back += [*held, number]
            held = []
    given_back += held
    assert given_back == sorted(given_back)
    assert sorted(given_back + scanned) == list(range(len(keys)))


@given(st.text(CHARS, min_size=1, max_size=5))
def test_a_few_keys_rolled_together_are_typing(keys):
    assert run(burst(keys)) == (keys + ENTER, [])


def test_a_pause_before_enter_is_a_person():
    keys = [*[(char, 5) for char in "abcdefgh"], (ENTER, 200)]
    assert run(keys) == ("abcdefgh" + ENTER, [])


def test_a_code_right_after_typing():
    assert run([("w", 500), ("a", 90), *[("1", 90 if i == 0 else 4) for i in range(8)], (ENTER, 4)]) == (
        "wa",
        ["11111111"],
    )


def test_with_a_prefix_only_that_is_a_scanner():
    rules = BurstRules(prefix="~#")
    assert run(burst("~#123456"), rules) == ("", ["123456"])
    assert run(burst("123456789"), rules) == ("123456789" + ENTER, [])


def test_full_width_and_chinese_signs_become_plain():
    wide = "ｈｔｔｐｓ：／／ｃｉｔｙ。ｅｘａｍｐｌｅ／ｓ／Ａｂ１"
    assert run(burst(wide)) == ("", ["https://city.example/s/Ab1"])
    assert plain("、") == "/"


def test_caps_lock_is_undone_where_it_shows():
    assert without_caps_lock("HTTPS://CITY/S/aBc") == "https://city/s/AbC"
    assert without_caps_lock("HTTPS://CITY/S/ABC") == "HTTPS://CITY/S/ABC"
    assert without_caps_lock("STAFFbadge") == "STAFFbadge"


@pytest.mark.parametrize(
    ("text", "begun", "key"),
    [
        ("Ａ", False, True),
        ("，", False, False),
        ("，", True, True),
        ("王", True, False),
        ("ＡＢ", True, False),
        ("a", True, False),
    ],
)
def test_which_commits_are_keys_of_a_scanner(text, begun, key):
    assert is_full_width_key(text, begun=begun) is key


def test_rules_that_would_eat_typing_are_refused():
    with pytest.raises(ValueError, match="max_gap_ms"):
        BurstRules(max_gap_ms=80)
    with pytest.raises(ValueError, match="min_length"):
        BurstRules(min_length=2)


def test_reset_forgets():
    detector = BurstDetector()
    detector.character("a", 0)
    detector.reset()
    assert not detector.holding
    assert detector.enter(1) is Verdict.GIVE
