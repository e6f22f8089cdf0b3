"""Qt's enumerations made the quick way are what Python makes of them the usual way."""

import enum
import sys
from collections.abc import Iterator

import pytest
from PySide6 import QtCore, QtGui, QtNetwork, QtPrintSupport, QtSvg, QtWidgets

from kiosk.bootstrap import quick_enums as quick
from kiosk.bootstrap.quick_enums import KNOWN_PYTHON, quick_enums, usual_enums

MODULES = (QtCore, QtGui, QtWidgets, QtSvg, QtNetwork, QtPrintSupport)
KINDS = (enum.Enum, enum.IntEnum, enum.Flag, enum.IntFlag)

pytestmark = pytest.mark.skipif(sys.version_info[:2] != KNOWN_PYTHON, reason="made the usual way")


@pytest.fixture(autouse=True)
def usual_in_the_end() -> Iterator[None]:
    before = enum.EnumType._create_
    yield
    enum.EnumType._create_ = before


def of_qt() -> list[type[enum.Enum]]:
    """All enumerations of Qt's classes and modules."""
    found = {}
    for module in MODULES:
        named = [getattr(module, name) for name in dir(module)]  # they are made when they are asked for
        for holder in (module, *(each for each in named if isinstance(each, type))):
            for name in dir(holder):
                each = getattr(holder, name, None)
                if isinstance(each, enum.EnumType) and each not in KINDS:
                    found[each.__module__, each.__qualname__] = each
    return list(found.values())


def made(qts: type[enum.Enum]) -> type[enum.Enum]:
    """One with the same name and members, asked for as PySide does it."""
    kind = next(each for each in qts.__mro__[1:] if each in KINDS)
    pairs = [(name, member.value) for name, member in qts.__members__.items()]
    return kind(qts.__name__, pairs, boundary=enum.KEEP)


def told(value: object, of: type[enum.Enum]) -> object:
    """What can be compared of a part of an enumeration."""
    if isinstance(value, of):
        return type(value) is of, value.__objclass__ is of, {**vars(value), "__objclass__": None}
    if isinstance(value, dict):
        return {key: told(each, of) for key, each in value.items()}
    if isinstance(value, list):
        return [told(each, of) for each in value]
    return value.__func__ if getattr(value, "__self__", None) is of else value


def parts(each: type[enum.Enum]) -> dict[str, object]:
    """All that stands in the class, in no order."""
    of_python = ("__dict__", "__weakref__")
    return {name: told(value, each) for name, value in vars(each).items() if name not in of_python}


def test_all_of_qts_are_the_same_both_ways() -> None:
    found = of_qt()
    assert len(found) > 500
    assert {"Key", "AlignmentFlag", "Weight", "RenderHint"} <= {each.__name__ for each in found}
    usual = [made(each) for each in found]
    quick_enums()
    for long, short in zip(usual, map(made, found), strict=True):
        assert parts(long) == parts(short)
        assert long.__mro__[1:] == short.__mro__[1:]
        assert list(map(repr, long)) == list(map(repr, short))


def test_it_is_the_quick_way_that_was_compared(monkeypatch) -> None:
    monkeypatch.setattr(quick, "_usual", None)  # nobody may call it
    quick_enums()
    for each in of_qt():
        made(each)


def test_flags_are_put_together_and_taken_apart() -> None:
    quick_enums()
    ways = enum.Flag("Ways", [("Left", 1), ("Right", 2), ("Both", 3), ("Near", 2)], boundary=enum.KEEP)
    assert ways.Left | ways.Right is ways.Both
    assert list(ways.Both) == [ways.Left, ways.Right]
    assert ways.Near is ways.Right
    assert (~ways.Left).value == 2
    assert ways(9).value == 9
    numbers = enum.IntEnum("Numbers", [("One", 1), ("Two", 2)], boundary=enum.KEEP)
    assert numbers.Two == 2
    assert numbers(1) is numbers["One"]
    with pytest.raises(ValueError, match="3 is not a valid"):
        numbers(3)
    with pytest.raises(AttributeError):
        numbers.One = 3


@pytest.mark.parametrize(
    ("names", "how"),
    [
        ("One Two", {}),
        (["One", "Two"], {}),
        ([("One", 1), ("value", 2)], {"boundary": enum.KEEP}),
        ([("One", 1), ("_private", 2)], {"boundary": enum.KEEP}),
        ([("One", 1)], {"boundary": enum.KEEP, "module": "somewhere"}),
        ([("One", 1)], {}),
    ],
)
def test_what_pyside_does_not_ask_for_is_made_as_ever(names, how, monkeypatch) -> None:
    usual, asked = quick._usual, []

    def noted(cls, name, names, **how):
        asked.append(name)
        return usual(cls, name, names, **how)

    monkeypatch.setattr(quick, "_usual", noted)
    quick_enums()
    found = enum.Enum("Found", names, **how)
    assert found["One"]._value_ == 1
    assert found.__module__ == how.get("module", __name__)
    assert asked == ["Found"]


def test_the_same_name_twice_is_an_error_as_ever() -> None:
    quick_enums()
    with pytest.raises(TypeError, match="already defined"):
        enum.Enum("Twice", [("One", 1), ("One", 2)], boundary=enum.KEEP)


def test_another_python_keeps_its_own_way(monkeypatch) -> None:
    before = enum.EnumType._create_
    monkeypatch.setattr(quick, "KNOWN_PYTHON", (3, 0))
    quick_enums()
    assert enum.EnumType._create_ is before


def test_the_usual_way_comes_back() -> None:
    before = enum.EnumType._create_
    quick_enums()
    assert enum.EnumType._create_ is not before
    usual_enums()
    assert enum.EnumType._create_ is before
