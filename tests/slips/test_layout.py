"""Layouts and papers are data, and wrong data is found at start."""

from pathlib import Path

import pytest

from kiosk.assets import asset_path
from kiosk.domain.values import SlipKind
from kiosk.slips.labels import load_labels
from kiosk.slips.layout import LayoutError, load_layout, load_papers
from kiosk.slips.press import SlipPress


@pytest.mark.parametrize(
    "text",
    [
        "block = 3",
        '[[block]]\ntype = "picture"',
        '[[block]]\ntype = "rows"',
        '[[block]]\ntype = "title"\ncolour = "red"',
        "[[block",
        "\xff",
    ],
)
def test_a_wrong_layout_is_refused(tmp_path: Path, text: str) -> None:
    path = tmp_path / "odd.toml"
    path.write_text(text, encoding="latin-1")
    with pytest.raises(LayoutError, match=r"odd\.toml"):
        load_layout(path)


def test_missing_files_are_refused(tmp_path: Path) -> None:
    for load in (load_layout, load_papers, load_labels):
        with pytest.raises(LayoutError):
            load(tmp_path / "none.toml")


def test_a_catalogue_holds_text_only(tmp_path: Path) -> None:
    path = tmp_path / "slip.toml"
    path.write_text("[slip]\nn = 1", encoding="utf-8")
    with pytest.raises(LayoutError, match=r"slip\.n"):
        load_labels(path)


def test_every_kind_of_slip_has_a_layout(press: SlipPress) -> None:
    wanted = {kind.value for kind in SlipKind} | {
        "wage_record",
        "complaint_receipt",
        "queue_number",
        "test_slip",
    }
    assert wanted <= press.kinds


def test_no_paper_has_a_code_that_a_phone_cannot_read() -> None:
    papers = load_papers(asset_path("slips", "paper.toml"))
    assert set(papers) == {384, 576}
    assert all(paper.module / 8 >= 0.4 for paper in papers.values())


def test_both_languages_have_the_same_words() -> None:
    chinese, english = (load_labels(asset_path("strings", name, "slip.toml")) for name in ("zh_CN", "en"))
    assert set(chinese) == set(english)
    assert all(chinese.values())
    assert all(english.values())
