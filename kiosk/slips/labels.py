"""The words of slips, by key: ``assets/strings/<language>/slip.toml`` as one flat table."""

import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path

from kiosk.slips.layout import LayoutError


def load_labels(path: Path) -> dict[str, str]:
    """Read a catalogue: sentences by dotted key.

    Raises:
        LayoutError: the file is missing, no TOML, or holds something that is not text.
    """
    try:
        tree = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        message = f"{path.name}: {error}"
        raise LayoutError(message) from error
    return dict(_leaves(tree, ""))


def _leaves(tree: Mapping[str, object], above: str) -> Iterator[tuple[str, str]]:
    for name, value in tree.items():
        if isinstance(value, dict):
            yield from _leaves(value, f"{above}{name}.")
        elif isinstance(value, str):
            yield above + name, value
        else:
            message = f"{above}{name} is not text"
            raise LayoutError(message)
