"""A value with some fields changed: what ``dataclasses.replace`` does, in a fifth of the time.

A batch of operations changes about three records an operation, of twenty fields each, and ``dataclasses.replace`` was
the most expensive function of all. Our values have slots and no ``__post_init__``, so a copy of the slots is a new one;
and a function written out for the class, as ``dataclasses`` writes its ``__init__``, copies them in half the time of a
loop over them.
"""

from collections.abc import Callable
from dataclasses import fields
from datetime import datetime
from functools import cache
from typing import Any, TypeVar, cast

T = TypeVar("T")
_Copy = Callable[[Any], Any]
_Put = Callable[[Any, Any], None]


def _written(kind: type[Any]) -> tuple[_Copy, dict[str, _Put]]:
    """How to copy a value, and how to fill each slot of the copy."""
    if hasattr(kind, "__post_init__") or not hasattr(kind, "__slots__"):
        raise TypeError(f"{kind.__name__} is not copied by its slots")
    names = [field.name for field in fields(kind)]
    puts: dict[str, _Put] = {name: getattr(kind, name).__set__ for name in names}
    known: dict[str, Any] = {f"put_{name}": put for name, put in puts.items()}
    known |= {"new": object.__new__, "kind": kind}
    lines = [f" put_{name}(twin, value.{name})" for name in names]
    exec("\n".join(["def copy(value):", " twin = new(kind)", *lines, " return twin"]), known)  # noqa: S102 - our own field names
    return known["copy"], puts


_form = cast("Callable[[type[Any]], tuple[_Copy, dict[str, _Put]]]", cache(_written))


def replace(value: T, **changes: object) -> T:
    """A copy of a slotted dataclass with these fields changed.

    Raises:
        TypeError: there is no such field, or the class has no slots or a ``__post_init__``.
    """
    copy, puts = _form(type(value))
    twin: T = copy(value)
    for name, held in changes.items():
        if name not in puts:
            raise TypeError(f"{type(value).__name__} has no field {name!r}")
        puts[name](twin, held)
    return twin


def changed(value: T, at: datetime, **changes: object) -> tuple[T, ...]:
    """The value with these fields changed, and ``changed_at``; nothing when it is so already.

    An operation that runs again on what it has made, on the other side of a wrong clock, must not leave its time there.
    """
    after = replace(value, **changes)
    return () if after == value else (replace(after, changed_at=at),)
