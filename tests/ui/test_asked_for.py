"""A page whose words ask for a slip under the scanner, or for an identity card, takes it there."""

import ast
import re
import sys
from pathlib import Path

import pytest

from kiosk.ui.screen import Screen
from kiosk.ui.screens import all_screens
from kiosk.ui.strings import Strings

#: Words that ask a person to hold something to the scanner, or to lay a card on the reader, here and now.
SCAN = re.compile(r"请扫|扫凭条，|扫一下|再扫一次|扫招工回执|扫工牌|对准扫码口")
CARD = re.compile(r"放身份证|把身份证放")
#: Sentences that are told of another place: the first page says what the page 扫码 is for, the bars where to go.
ELSEWHERE = {
    "common.scan_not_here": "said by the shell where nothing is asked for",
    "common.scan_unused": "said by the shell where nothing is asked for",
}
#: Whose sentences a page says by a function of theirs: ``carry_on`` says ``identify.prove`` on the page that calls it.
SAID_FOR = {"identify.prove": ("identify",)}
STRINGS = Strings(strict=True)
SCREENS = {
    screen.name: screen for configured in (True, False) for screen in all_screens(configured=configured)
}


def keys_of(screen: type[Screen]) -> set[str]:
    """Keys of sentences that stand in the page's own module, whole or behind a beginning (``f"wanted.{key}"``)."""
    source = Path(str(sys.modules[screen.__module__].__file__)).read_text(encoding="utf-8")
    tree = ast.parse(source)
    texts = {
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    heads = [
        node.values[0].value
        for node in ast.walk(tree)
        if isinstance(node, ast.JoinedStr) and isinstance(node.values[0], ast.Constant)
    ]
    room = {text for text in texts if "." in text and STRINGS.has(text)}
    return room | {f"{head}{text}" for head in heads for text in texts if STRINGS.has(f"{head}{text}")}


def asks(pattern: re.Pattern[str]) -> list[tuple[str, str]]:
    """Pages and the keys by which they ask."""
    found = []
    for name, screen in SCREENS.items():
        keys = keys_of(screen) | {key for key, names in SAID_FOR.items() if name in names}
        found += [
            (name, key)
            for key in sorted(keys - set(ELSEWHERE))
            if pattern.search(STRINGS.words["zh_CN"][key])
        ]
    return found


def test_the_pages_that_ask_are_found():
    assert {"identify", "hire_known", "wanted_entry", "staff_sign_in", "scan"} <= {
        name for name, _ in asks(SCAN)
    }
    assert "identify" in {name for name, _ in asks(CARD)}


@pytest.mark.parametrize(("name", "key"), asks(SCAN))
def test_who_is_asked_to_scan_can_scan_there(name, key):
    assert SCREENS[name].scanned is not Screen.scanned, f"{name} says {key}"


@pytest.mark.parametrize(("name", "key"), asks(CARD))
def test_who_is_asked_for_a_card_can_lay_it_down_there(name, key):
    assert SCREENS[name].takes_cards, f"{name} says {key}"
    assert SCREENS[name].card_read is not Screen.card_read
