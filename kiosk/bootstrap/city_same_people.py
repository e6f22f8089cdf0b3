"""``gig-kiosk city merge-workers``: who is registered twice, found with the key out of the safe."""

from collections.abc import Callable
from pathlib import Path

from kiosk.city import same_people
from kiosk.city.context import CityContext
from kiosk.domain.names import mask_name
from kiosk.domain.records import Worker
from kiosk.protocol.sealing import KEY_BYTES, public_of

Say = Callable[[str], None]


def merge_workers(city: CityContext, key: Path, say: Say, *, write: bool) -> int:
    """List the pairs, and with ``write`` make one of each.

    Returns:
        Exit status: 0 done, 1 the key cannot be used, or a pair was refused.
    """
    private = _key(city, key, say)
    if private is None:
        return 1
    found = same_people.find(city, private)
    refused = 0
    for pair in found.pairs:
        said = same_people.merge(city, pair) if write else ""
        refused += bool(said)
        say(f"{_shown(pair.goes)}  is  {_shown(pair.stays)}{f'  refused: {said}' if said else ''}")
    say(
        f"{found.opened} ID numbers compared, {len(found.pairs)} registrations of somebody who has an earlier one"
    )
    if found.closed:
        say(f"{found.closed} boxes are not for this key: sealed by stations before they joined the city")
    if found.pairs and not write:
        say("nothing was changed; with --write they are made one, and their kiosks hear of it")
    return 1 if refused else 0


def _key(city: CityContext, path: Path, say: Say) -> bytes | None:
    try:
        private = bytes.fromhex(path.read_text(encoding="ascii").strip())
    except (OSError, ValueError):
        say(f"{path} cannot be read, or is no key")
        return None
    row = city.store.run(lambda tx: tx.city())
    if len(private) != KEY_BYTES or public_of(private) != row.sealing_key:
        say(f"{path} is not the key of this city's ID numbers")
        return None
    return private


def _shown(worker: Worker) -> str:
    """Enough to find them at their kiosk, and no more."""
    return f"{worker.home}-{worker.number:04d} {mask_name(worker.name)}"
