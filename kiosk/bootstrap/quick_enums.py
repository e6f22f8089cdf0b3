"""Qt's enumerations in a third of the time.

PySide makes each of them as a person would at a prompt, ``IntEnum("Key", pairs)``: five microseconds for each of the
2,900 members that are there when the first page is painted, most of them for checks of names. The standard library has
a quicker way for its own enumerations, ``enum._simple_enum``. What it makes differs in one thing, that members are
found by a property: here they are put in its place, as the long way does.

That is a private part of Python: used with the Python that it was compared in only, for what PySide asks for, and until
the kiosk is open. ``tests/bootstrap/test_quick_enums.py`` makes all of Qt's both ways.
"""

from __future__ import annotations

import enum
import sys
from typing import Any

#: Another Python makes them as ever, and starts later.
KNOWN_PYTHON = (3, 11)
#: How PySide asks for one.
PYSIDES = {"module": None, "qualname": None, "type": None, "start": 1, "boundary": enum.KEEP}
#: The kinds that it asks for, and the names that members of each would hide.
_KINDS = {
    kind: frozenset(name for base in kind.__mro__ for name in vars(base))
    for kind in (enum.Enum, enum.IntEnum, enum.Flag, enum.IntFlag)
}
_usual = enum.EnumType._create_  # type: ignore[attr-defined]  # see above


def quick_enums() -> None:
    """From here on."""
    if sys.version_info[:2] == KNOWN_PYTHON:
        enum.EnumType._create_ = _create  # type: ignore[attr-defined]  # see above


def usual_enums() -> None:
    """As ever."""
    enum.EnumType._create_ = _usual  # type: ignore[attr-defined]  # see above


def _create(cls: Any, class_name: str, names: Any, **how: Any) -> Any:  # noqa: ANN401 - stands for Python's own
    module = sys._getframe(2).f_globals.get("__name__")  # noqa: SLF001 - as Python's own does
    taken, plain = _KINDS.get(cls), how == PYSIDES
    how["module"] = how["module"] or module
    if taken is None or not plain:
        return _usual(cls, class_name, names, **how)
    body = dict(names)
    if len(body) != len(names) or not taken.isdisjoint(body) or any(name.startswith("_") for name in body):
        return _usual(cls, class_name, names, **how)
    body["__module__"] = module
    simple = enum._simple_enum(cls, boundary=enum.KEEP)  # type: ignore[attr-defined]  # noqa: SLF001 - see above
    made = simple(type(class_name, (), body))
    put = type.__setattr__
    put(made, "__doc__", None)
    for name, member in made._member_map_.items():
        put(made, name, member)
    return made
