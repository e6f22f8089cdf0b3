"""Operations of earlier versions, read as the present one: ``kind/1 → kind/2``, one step each, on plain JSON values.

An operation's bytes never change; what changes is how they are read. When the body of a kind changes, its old version
moves here with a function that makes the new body of the old one, and stays for as long as kiosks, logs or sticks may
hold one. A step is pure: no clock, no records, nothing that could be another thing tomorrow.
"""

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple


class Upcaster(NamedTuple):
    """One step: the kind that it leads to, and how."""

    kind: str
    cast: Callable[[Mapping[str, Any]], Mapping[str, Any]]


#: Old kind → step. All kinds are in their first version now.
UPCASTERS: Mapping[str, Upcaster] = {}
#: More steps than any chain has: a circle ends here.
MOST_STEPS = 20
