"""Frozen values that cost a start next to nothing.

``dataclasses`` writes source text for each class and compiles it: half a millisecond, for every start of the program.
What the first page is made of needs some thirty such classes. A class decorated with ``light`` is a slotted, frozen
dataclass to whoever uses it (``replace`` and ``fields`` work, and the type checker reads it as one), but what
its methods do is written once, here. Making an instance is a microsecond or two slower.
"""

from __future__ import annotations

from dataclasses import MISSING, FrozenInstanceError, dataclass, field, fields
from typing import Any, TypeVar, dataclass_transform

_Made = TypeVar("_Made")
_keep = object.__setattr__


class _Light:
    """What all of them do. Not their base class: slots want to be the class's own."""

    def __init__(self, *placed: Any, **named: Any) -> None:  # noqa: ANN401 - any class's
        names, defaults = self.__light__  # type: ignore[attr-defined]  # set by ``light``
        if len(placed) > len(names):
            raise TypeError(f"{type(self).__name__} has {len(names)} fields, {len(placed)} were given")
        given = dict(zip(names, placed, strict=False))
        if not given.keys().isdisjoint(named):
            raise TypeError(f"{type(self).__name__}: a field was given twice")
        given |= named
        for name in names:
            _keep(self, name, given.pop(name) if name in given else _default(self, name, defaults))
        if given:
            raise TypeError(f"{type(self).__name__} has no {', '.join(given)}")

    def __eq__(self, other: object) -> bool:
        return _values(self) == _values(other) if type(other) is type(self) else NotImplemented

    def __hash__(self) -> int:
        return hash(_values(self))

    def __repr__(self) -> str:
        told = ", ".join(
            f"{name}={value!r}"
            for name, value in zip(self.__light__[0], _values(self), strict=True)  # type: ignore[attr-defined]  # as above
        )
        return f"{type(self).__qualname__}({told})"

    def __setattr__(self, name: str, value: object) -> None:
        raise FrozenInstanceError(f"cannot assign to field {name!r}")

    def __delattr__(self, name: str) -> None:
        raise FrozenInstanceError(f"cannot delete field {name!r}")


_METHODS = ("__init__", "__eq__", "__hash__", "__repr__", "__setattr__", "__delattr__")


@dataclass_transform(frozen_default=True, field_specifiers=(field,))
def light(cls: type[_Made]) -> type[_Made]:
    """A frozen, slotted value with comparison, hash and text. Fields may be given by place or by name."""
    made = dataclass(init=False, repr=False, eq=False, match_args=False, slots=True)(cls)
    known = fields(made)  # type: ignore[arg-type]  # it is one since the line above
    made.__light__ = tuple(each.name for each in known), {each.name: each for each in known}  # type: ignore[attr-defined]  # ours
    for name in _METHODS:
        if name not in cls.__dict__ or name == "__hash__":
            setattr(made, name, _Light.__dict__[name])
    return made


def _default(value: object, name: str, defaults: dict[str, Any]) -> Any:  # noqa: ANN401 - any field's
    known = defaults[name]
    if known.default is not MISSING:
        return known.default
    if known.default_factory is not MISSING:
        return known.default_factory()
    raise TypeError(f"{type(value).__name__}: {name} is missing")


def _values(value: Any) -> tuple[Any, ...]:  # noqa: ANN401 - any of them
    return tuple(getattr(value, name) for name in value.__light__[0])
