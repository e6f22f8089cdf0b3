"""The locks name packages and hashes, never a place."""

import re
from pathlib import Path

import pytest

from tools.lock import LEVELS, check
from tools.terminal import ToolError

REQUIREMENTS = Path(__file__).resolve().parents[2] / "requirements"


def pins(level: str) -> dict[str, str]:
    text = (REQUIREMENTS / f"{level}.txt").read_text(encoding="utf-8")
    return dict(re.findall(r"^([a-z0-9-]+)==(\S+)", text, re.MULTILINE))


@pytest.mark.parametrize("level", LEVELS)
def test_the_present_lock_names_no_place_and_has_a_hash_for_everything(level):
    check((REQUIREMENTS / f"{level}.txt").read_text(encoding="utf-8"), level)
    assert len(pins(level)) > 40


@pytest.mark.parametrize("level", ["test", "build"])
def test_the_larger_locks_hold_all_of_run_at_the_same_versions(level):
    larger = pins(level)
    assert {name: larger.get(name) for name in pins("run")} == pins("run")


@pytest.mark.parametrize("level", LEVELS)
def test_every_wish_is_in_its_lock(level):
    text = (REQUIREMENTS / f"{level}.in").read_text(encoding="utf-8")
    wishes = {name.lower() for name in re.findall(r"^([A-Za-z0-9_-]+)", text, re.MULTILINE) if name != "-r"}
    assert {wish.replace("_", "-") for wish in wishes if not wish.startswith("-")} <= set(pins(level))


@pytest.mark.parametrize(
    "line",
    [
        "--index-url https://packages.invalid/simple",
        "--find-links ./wheels",
        "a @ file:///wheels/a.whl",
        "a==1",
    ],
)
def test_a_lock_that_names_a_place_or_lacks_a_hash_is_refused(line):
    with pytest.raises(ToolError):
        check(f"b==1 \\\n    --hash=sha256:00\n{line}\n", "run.txt")
