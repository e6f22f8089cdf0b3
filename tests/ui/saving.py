"""Which buttons of which pages save something, read from the screens' own code."""

import inspect
import re
from collections.abc import Iterator

from kiosk.ui.components.page import Page
from kiosk.ui.screens import all_screens

_ACTION = re.compile(
    r"self\.action\(\s*f?\"(?P<key>[^\"]+)\",\s*self\.(?P<slot>\w+)(?P<rest>.*?)\)\n", re.DOTALL
)
_METHOD = re.compile(r"self\.(\w+)\b")
_FUNCTION = re.compile(r"(?<![.\w])(\w+)\(self\b")


def pages() -> Iterator[type[Page]]:
    """All pages of a kiosk, also of one that is not set up yet."""
    found = {screen for configured in (True, False) for screen in all_screens(configured=configured)}
    yield from sorted((each for each in found if issubclass(each, Page)), key=lambda each: each.name)


def saving_actions(page: type[Page]) -> Iterator[tuple[str, bool]]:
    """Key of each action whose touch calls ``submit`` at once, and whether it is said to commit."""
    for each in page.__mro__:
        for found in _ACTION.finditer(inspect.getsource(each) if _ours(each) else ""):
            if _saves(page, found["slot"]):
                yield found["key"], "commits=True" in found["rest"]


def _ours(thing: object) -> bool:
    return str(getattr(thing, "__module__", "")).startswith(("kiosk.ui.screens", "kiosk.ui.components"))


def _saves(page: type[Page], slot: str) -> bool:
    """Whether a method submits something, or calls one of the page's, or a function given the page, that does."""
    reached: set[object] = set()
    ahead: list[object] = [getattr(page, slot, None)]
    while ahead:
        at = ahead.pop()
        if at in reached or not inspect.isfunction(at) or not _ours(at):
            continue
        reached.add(at)
        source = inspect.getsource(at)
        if ".submit(" in source:
            return True
        ahead += [getattr(page, name, None) for name in _METHOD.findall(source)]
        ahead += [at.__globals__.get(name) for name in _FUNCTION.findall(source)]
    return False
