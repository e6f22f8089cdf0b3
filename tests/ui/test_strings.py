import ast
import re
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from kiosk.domain.refusal import Refusal
from kiosk.ui.strings import (
    FOLDER,
    LANGUAGES,
    CatalogueError,
    MissingString,
    Strings,
    load_catalogue,
    placeholders,
)

SOURCE = Path(__file__).resolve().parents[2] / "kiosk"
#: Characters that make words. Punctuation may stand in code that normalises what people type.
CHINESE = re.compile("[\u2e80-\u2fdf\u3041-\u30fa\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
SUNDAY = date(2026, 11, 22)


@pytest.fixture
def strings(qapp) -> Strings:
    return Strings(strict=True)


@pytest.fixture
def english(qapp) -> Strings:
    return Strings("en", strict=True)


def _folder(tmp_path: Path, **files: str) -> Path:
    for language in LANGUAGES:
        (tmp_path / language).mkdir()
        for name, text in files.items():
            (tmp_path / language / f"{name}.toml").write_text(text, encoding="utf-8")
    return tmp_path


# --- the shipped catalogues


def test_both_languages_have_the_same_keys():
    chinese, english = (load_catalogue(FOLDER / language) for language in LANGUAGES)
    assert sorted(chinese.keys() - english.keys()) == []
    assert sorted(english.keys() - chinese.keys()) == []


def test_both_languages_fill_the_same_fields():
    chinese, english = (load_catalogue(FOLDER / language) for language in LANGUAGES)
    differ = [
        key
        for key in chinese.keys() & english.keys()
        if placeholders(chinese[key]) != placeholders(english[key])
    ]
    assert differ == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_fields_have_names(language):
    sentences = load_catalogue(FOLDER / language)
    unnamed = [
        key for key, text in sentences.items() if any(not f.isidentifier() for f in placeholders(text))
    ]
    assert unnamed == []


def test_no_chinese_stands_in_the_code():
    found = []
    for path in sorted(SOURCE.rglob("*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        documentation = {
            id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr) and _is_text(node.value)
        }
        found += [
            f"{path.relative_to(SOURCE)}:{node.lineno}"
            for node in ast.walk(tree)
            if _is_text(node) and id(node) not in documentation and CHINESE.search(node.value)
        ]
    assert found == []


def _is_text(node: ast.AST) -> bool:
    return isinstance(node, ast.Constant) and isinstance(node.value, str)


def test_every_key_that_the_code_names_exists():
    known = load_catalogue(FOLDER / LANGUAGES[0])
    tables = tuple(f"{room}." for room in ("common", "fault", "idle", "refusal"))
    named = {
        node.value
        for path in SOURCE.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if _is_text(node) and re.fullmatch(r"[a-z_]+(\.[a-z0-9_]+)+", node.value)
    }
    missing = {key for key in named if key.startswith(tables) and key not in known}
    assert sorted(missing) == []


def test_english_counts_one_and_many(english):
    assert english.text("find.count", n=1) == "1 job"
    assert english.text("find.count", n=12) == "12 jobs"
    assert (
        english.text("staff.review_row", employer="A", n=1, ago="now", findings=2)
        == "A, 1 person, now, 2 findings"
    )


def test_english_marks_are_not_those_of_chinese():
    """In a typeface for Chinese, curly quotation marks are as wide as a character: gaps in an English sentence."""
    wide = {key for key, text in load_catalogue(FOLDER / "en").items() if re.search("[“”‘’]", text)}
    assert wide == set()


# --- loading


def test_files_are_merged_and_tables_nested(tmp_path):
    folder = _folder(tmp_path, one='[a.b]\nc = "C"', two='d = "D"')
    assert load_catalogue(folder / "en") == {"a.b.c": "C", "d": "D"}


def test_the_same_key_twice_is_an_error(tmp_path):
    folder = _folder(tmp_path, one='[a]\nb = "1"', two='[a]\nb = "2"')
    with pytest.raises(CatalogueError, match=r"a\.b stands in one\.toml and in two\.toml"):
        load_catalogue(folder / "en")


@pytest.mark.parametrize("text", ["a = 1", "a = [", 'a = ["x"]'])
def test_a_broken_file_is_named(tmp_path, text):
    folder = _folder(tmp_path, broken=text)
    with pytest.raises(CatalogueError, match=r"broken\.toml"):
        load_catalogue(folder / "en")


def test_no_files_is_an_error(tmp_path):
    with pytest.raises(CatalogueError, match="no strings"):
        load_catalogue(tmp_path)


# --- looking up


def test_the_language_changes_and_tells(strings, qtbot):
    assert strings.text("common.back") == "上一步"
    with qtbot.waitSignal(strings.language_changed, timeout=100):
        strings.set_language(strings.next_language())
    assert strings.text("common.back") == "Back"
    with qtbot.assertNotEmitted(strings.language_changed):
        strings.set_language("en")


def test_an_unknown_language_is_refused(strings):
    with pytest.raises(ValueError, match="fr"):
        strings.set_language("fr")


def test_fields_are_filled(strings):
    assert strings.text("common.ago.minutes", n=12) == "12 分钟前"


def test_a_missing_key_or_field_raises_in_tests(strings):
    with pytest.raises(MissingString):
        strings.text("common.nowhere")
    with pytest.raises(MissingString):
        strings.text("common.ago.minutes")


def test_a_missing_key_falls_back_on_a_kiosk(tmp_path, qapp, caplog):
    folder = _folder(tmp_path, one='a = "A {n}"')
    (folder / "zh_CN" / "more.toml").write_text('only = "仅中文"', encoding="utf-8")
    strings = Strings("en", folder=folder)
    assert strings.text("only") == "仅中文"
    assert strings.text("none") == "none"
    assert strings.text("a") == "A {n}"
    assert [record.args[0] for record in caplog.records] == ["only", "none", "a"]


def test_refusals_speak(tmp_path, qapp):
    folder = _folder(tmp_path, refusal='[refusal]\npay = "≥ {yuan}"')
    assert Strings(folder=folder, strict=True).refusal(Refusal("refusal.pay", "pay", yuan=22)) == "≥ 22"


# --- numbers, money, days


@pytest.mark.parametrize(
    ("fen", "said"),
    [
        (18000, "180"),
        (1850, "18.5"),
        (1855, "18.55"),
        (5, "0.05"),
        (0, "0"),
        (20_000_000, "200,000"),
        (-150, "-1.5"),
    ],
)
def test_money(strings, fen, said):
    assert strings.money(fen) == said


def test_pay_has_its_unit(strings, english):
    assert strings.pay(18000, "day") == "180 元/天"
    assert english.pay(18000, "day") == "180 yuan/day"
    assert strings.pay_unit("hour") == "元/小时"
    assert strings.yuan(600_000) == "6000 元"


def test_numbers_are_grouped_when_long(strings):
    assert [strings.number(n) for n in (6000, 12345)] == ["6000", "12,345"]


def test_days(strings, english):
    assert strings.date(SUNDAY) == "11月22日 周日"
    assert english.date(SUNDAY) == "Sun 22 Nov"
    assert strings.day(SUNDAY, SUNDAY) == "今天 11月22日 周日"
    assert strings.day(date(2026, 11, 23), SUNDAY) == "明天 11月23日 周一"
    assert english.day(date(2026, 11, 30), SUNDAY) == "Mon 30 Nov"


def test_moments_are_told_in_local_time(strings):
    moment = datetime(2026, 11, 21, 21, 30, tzinfo=UTC)
    assert strings.time(moment) == "05:30"
    assert strings.date(moment) == "11月22日 周日"
    assert strings.hours(330, 1020) == "05:30–17:00"
    assert strings.hours(22 * 60, 6 * 60) == "22:00–次日06:00"
    assert strings.hours(8 * 60, 8 * 60) == "08:00–次日08:00"


@pytest.mark.parametrize(
    ("minutes", "said"), [(3, "刚刚发布"), (59, "59 分钟前"), (60, "1 小时前"), (60 * 24 * 2, "2 天前")]
)
def test_freshness(strings, clock, minutes, said):
    then = clock.now()
    clock.advance(minutes * 60)
    assert strings.ago(then, clock.now()) == said
