"""PySide6, without what only its own tools need of it.

Most of its support is Python text within its library: it writes the stubs of its modules and words the error when a
function of Qt is called with wrong arguments. PySide compiles all of it, whenever it starts: thirty milliseconds. Here
each of those modules is a name until somebody asks for something in it; then it is compiled as ever.

PySide puts an ``import`` of its own in place of the usual one, too, so that ``from __feature__ import snake_case`` can
do something: at each import it asks whether the text of the imported module mentions PySide6. That is a third of a
millisecond, and all of the text (kept by ``linecache`` for good), for each of the six hundred modules of a running
kiosk, SQLAlchemy's among them. Nothing here uses that feature: the ``import`` from before it is put back.
"""

from __future__ import annotations

import builtins
import sys
from _thread import RLock
from functools import partial
from importlib import machinery
from importlib.machinery import ModuleSpec
from types import ModuleType
from typing import Any

_SUPPORT = "shibokensupport."
#: What no start of a program asks for. The rest of the support is small and used at once.
LATE = frozenset(
    _SUPPORT + name
    for name in (
        "feature",
        "signature.mapping",
        "signature.errorhandler",
        "signature.layout",
        "signature.parser",
        "signature.lib.enum_sig",
        "signature.lib.pyi_generator",
        "signature.lib.tool",
    )
)
#: Functions without arguments that the library takes from there; without them the first wrong call of a function of Qt
#: would end the program instead of saying what is wrong.
PEEKED = {_SUPPORT + "signature.mapping": ("update_mapping",)}
#: Functions that PySide's own ``import`` asks whether a feature is wanted, until the other one is put back: none is.
ANSWERED = {_SUPPORT + "feature": ("feature_import", "feature_imported")}
_loading = RLock()


class LateModule(ModuleType):
    """A module that is loaded when something in it is asked for."""

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - whatever the module has
        """Load it. Names of Python's own (``__path__``, ``__file__``) are asked of modules by whoever passes by."""
        if name.startswith("__"):
            raise AttributeError(name)
        _load(self)
        return ModuleType.__getattribute__(self, name)


class _LateLoader:
    """Stands for PySide's own loader of one of the modules."""

    def __init__(self, loader: Any, name: str) -> None:  # noqa: ANN401 - a class within PySide
        self._loader = loader
        self._name = name

    def create_module(self, spec: ModuleSpec) -> ModuleType:
        """A name only, and what PySide's library looks up in the module's dictionary without asking the module."""
        module = LateModule(spec.name)
        for peeked in PEEKED.get(spec.name, ()):
            setattr(module, peeked, partial(self._call, module, peeked))
        for asked in ANSWERED.get(spec.name, ()):
            setattr(module, asked, _none)
        return module

    def exec_module(self, module: ModuleType) -> None:
        """Not yet."""

    def _call(self, module: ModuleType, name: str) -> Any:  # noqa: ANN401 - whatever the function returns
        _load(module)
        return getattr(module, name)()

    def load(self, module: ModuleType) -> None:
        """What importing it would have done. Whoever asks meanwhile, in this thread, finds what is there so far."""
        module.__loader__ = self._loader
        spec = module.__spec__
        assert spec is not None, "it was imported"
        published = spec.name
        spec.name = self._name  # PySide gives it a second name, by which its loader knows nothing
        try:
            self._loader.exec_module(module)
        finally:
            spec.name = published
        module.__class__ = ModuleType


def _none(*_asked: object, **_more: object) -> None:
    """No feature is wanted: a usual import."""


def _load(module: ModuleType) -> None:
    with _loading:
        loader = module.__dict__["__loader__"]
        if isinstance(loader, _LateLoader):
            loader.load(module)


def _spec(name: str, loader: Any, *rest: Any, **more: Any) -> ModuleSpec:  # noqa: ANN401 - as ``ModuleSpec``
    late: Any = _LateLoader(loader, name)
    return ModuleSpec(name, late if name in LATE else loader, *rest, **more)


def lean_pyside() -> None:
    """Import PySide6 for the first time. A PySide that does it in another way is imported as it is, and only slower."""
    if "PySide6" not in sys.modules:
        machinery.ModuleSpec = _spec  # type: ignore[assignment,misc]  # PySide's importer takes it from there
        try:
            import PySide6.QtCore  # noqa: F401 - its support is there from here on
        finally:
            machinery.ModuleSpec = ModuleSpec  # type: ignore[misc]  # as it was
    builtins.__import__ = getattr(builtins, "__orig_import__", builtins.__import__)
