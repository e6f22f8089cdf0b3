"""Frozen values that cost a start next to nothing.

``dataclasses`` writes source text for each class and compiles it: half a millisecond, for every start of the program;
and it imports ``inspect``, four milliseconds more. What the first page is made of needs some thirty such classes. A
class decorated with ``light`` is a slotted, frozen dataclass to whoever uses it (the standard library's ``replace`` and
``fields`` work, and the type checker reads it as one), but what its methods do is written once, here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar, cast, dataclass_transform

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from dataclasses import field, replace

__all__ = ["field", "light", "replace"]

_Made = TypeVar("_Made")
_keep = object.__setattr__


class _Fresh:
    """A default that is made anew for each value."""

    def __init__(self, make: Callable[[], object]) -> None:
        self.make = make


if not TYPE_CHECKING:  # the type checker knows the standard library's, which do the same

    def field(*, default_factory: Callable[[], object]) -> _Fresh:
        """A field whose default is made anew for each value."""
        return _Fresh(default_factory)

    def replace(value: _Made, /, **changes: object) -> _Made:
        """A copy of a light value with other values in some fields."""
        kept = {name: getattr(value, name) for name in value.__light__[0] if name not in changes}
        return type(value)(**kept, **changes)


class _Fields:
    """What the standard library wants to know of a dataclass, found out when it asks."""

    def __get__(self, _value: object, owner: Any) -> Any:  # noqa: ANN401 - a light class, and a private table of it
        import dataclasses

        names, defaults, _ = owner.__light__
        body = {"__annotations__": {name: owner.__annotations__[name] for name in names}}
        for name, default in defaults.items():
            fresh = isinstance(default, _Fresh)
            body[name] = dataclasses.field(default_factory=default.make) if fresh else default
        told: Any = dataclasses.dataclass(init=False, repr=False, eq=False)(type(owner.__name__, (), body))
        owner.__dataclass_fields__ = told.__dataclass_fields__
        return owner.__dataclass_fields__


class _Light:
    """What all of them do. Not their base class: slots want to be the class's own."""

    def __init__(self, *placed: Any, **named: Any) -> None:  # noqa: ANN401 - any class's
        names, defaults, checked = self.__light__  # type: ignore[attr-defined]  # set by ``light``
        if len(placed) > len(names):
            raise TypeError(f"{type(self).__name__} has {len(names)} fields, {len(placed)} were given")
        for name, value in zip(names, placed, strict=False):
            _keep(self, name, value)
        for name in names[len(placed) :]:
            _keep(self, name, named.pop(name) if name in named else _default(self, name, defaults))
        if named:
            raise TypeError(f"{type(self).__name__} has no {_listed(named)}, or it was given twice")
        if checked:
            self.__post_init__()  # type: ignore[attr-defined]  # the class has one

    def __eq__(self, other: object) -> bool:
        return _values(self) == _values(other) if type(other) is type(self) else NotImplemented

    def __hash__(self) -> int:
        return hash(_values(self))

    def __repr__(self) -> str:
        told = _listed(
            f"{name}={value!r}"
            for name, value in zip(self.__light__[0], _values(self), strict=True)  # type: ignore[attr-defined]  # as above
        )
        return f"{type(self).__qualname__}({told})"

    def __reduce__(self) -> tuple[type[_Light], tuple[Any, ...]]:
        """How to copy or pickle it."""
        return type(self), _values(self)

    def __setattr__(self, name: str, value: object) -> None:
        from dataclasses import FrozenInstanceError

        raise FrozenInstanceError(f"cannot assign to field {name!r}")

    def __delattr__(self, name: str) -> None:
        from dataclasses import FrozenInstanceError

        raise FrozenInstanceError(f"cannot delete field {name!r}")


_METHODS = ("__init__", "__eq__", "__hash__", "__repr__", "__reduce__", "__setattr__", "__delattr__")


@dataclass_transform(frozen_default=True, field_specifiers=(field,))
def light(cls: type[_Made]) -> type[_Made]:
    """A frozen, slotted value with comparison, hash and text. Fields may be given by place or by name."""
    body = dict(cls.__dict__)
    names = tuple(body.get("__annotations__", ()))
    defaults = {name: body.pop(name) for name in names if name in body}
    if shared := [name for name, default in defaults.items() if type(default).__hash__ is None]:
        raise ValueError(f"{cls.__name__}: one {_listed(shared)} for all values; make it anew with field()")
    for name in ("__dict__", "__weakref__"):  # of the class without slots that it was
        body.pop(name, None)
    for name in _METHODS:
        if name not in body or name == "__hash__":
            body[name] = _Light.__dict__[name]
    body |= {"__slots__": names, "__qualname__": cls.__qualname__, "__dataclass_fields__": _Fields()}
    body["__light__"] = names, defaults, "__post_init__" in body
    made: Any = type(cls)
    return cast("type[_Made]", made(cls.__name__, cls.__bases__, body))


def _default(value: object, name: str, defaults: dict[str, Any]) -> Any:  # noqa: ANN401 - any field's
    if name not in defaults:
        raise TypeError(f"{type(value).__name__}: {name} is missing")
    default = defaults[name]
    return default.make() if isinstance(default, _Fresh) else default


def _listed(names: Iterable[str]) -> str:
    return ", ".join(names)


def _values(value: Any) -> tuple[Any, ...]:  # noqa: ANN401 - any of them
    return tuple(getattr(value, name) for name in value.__light__[0])
