"""The use cases of a kiosk whose database is still being opened behind the screen."""

from __future__ import annotations

from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from kiosk.bootstrap.face import EarlyCatalogue

if TYPE_CHECKING:
    from kiosk.bootstrap.face import Face
    from kiosk.services.app import Services


class LateServices:
    """Stands where ``kiosk.services.app.Services`` will.

    Name of the station and categories are there at once. Anything else is a ``Later`` until the kiosk is open: an early
    page may take it and hand it to a lane, which begins when there is something to call (``Tasks.hold``).
    """

    def __init__(self, face: Face) -> None:
        self._early = {
            "station": SimpleNamespace(config=SimpleNamespace(name=face.name)),
            "catalogue": EarlyCatalogue(face.tiles),
        }
        self._services: Services | None = None

    def fill(self, services: Services) -> None:
        """The kiosk is open."""
        self._services = services

    @property
    def there(self) -> Services:
        """The use cases.

        Raises:
            RuntimeError: too early.
        """
        if self._services is None:
            raise RuntimeError("the kiosk is not open yet")
        return self._services

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - a use case, or what stands for it
        if self._services is not None:
            return getattr(self._services, name)
        return self._early[name] if name in self._early else Later(self, (name,))


class Later:
    """A use case's function that can be handed to a lane before there is one."""

    def __init__(self, services: LateServices, path: tuple[str, ...]) -> None:
        self._services = services
        self._path = path

    def __getattr__(self, name: str) -> Later:
        return Later(self._services, (*self._path, name))

    def __call__(self, *arguments: Any, **named: Any) -> Any:  # noqa: ANN401 - passed through
        """Do it."""
        found: Any = self._services.there
        for name in self._path:
            found = getattr(found, name)
        return found(*arguments, **named)
