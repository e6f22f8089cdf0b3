"""``gig-kiosk city import-courier`` and ``export-courier``: what comes from a kiosk on a stick, and what goes there."""

from collections.abc import Callable
from pathlib import Path
from uuid import UUID

import msgspec

from kiosk.city import admin
from kiosk.city.context import CityContext
from kiosk.city.courier import MOST_IN_FILE, unasked
from kiosk.city.gateway import take_courier
from kiosk.city.problems import Refused
from kiosk.domain.refusal import Refusal
from kiosk.protocol.courier import Direction, Header, file_bytes
from kiosk.sync import courier_files as files

Say = Callable[[str], None]
WORDS = {
    "refusal.courier_damaged": "damaged, cut off, or no courier file: have it exported again",
    "refusal.courier_full": "no space left where the answers are to be written",
    "refusal.courier_read_only": "the answers cannot be written there",
    "refusal.courier_gone": "it cannot be read, or the answers' folder is not there",
}


def import_courier(city: CityContext, path: Path, answers: Path | None, say: Say) -> int:
    """Carry out every part of the file; write the answers to a folder, if one is named.

    Returns:
        Exit status: 0 good, 1 refused (the line says why; what was taken stays taken, and may be taken again).
    """
    area = city.store.run(lambda tx: tx.city()).area
    boxes: list[bytes] = []
    try:
        with files.stick_errors(), files.reading(path) as reader:
            header = reader.header
            if header.direction is not Direction.UP or header.city != area:
                say(f"{path} is of city {header.city}, or no file for a city")
                return 1
            for part in reader.parts():
                boxes += take_courier(city, part, MOST_IN_FILE)
        say(f"{header.kiosk}: {header.parts} parts taken, made {header.made_at:%Y-%m-%d %H:%M} UTC")
        if answers is not None:
            say(f"answers for {header.kiosk}: {_write(header, boxes, answers)}")
    except Refused as refused:
        say(f"{path}: {refused.code} {refused.problem.detail}")
        return 1
    except Refusal as refusal:
        say(f"{path}: {WORDS.get(refusal.key, refusal.key)}")
        return 1
    return 0


def export_courier(city: CityContext, kiosk: str, folder: Path, say: Say) -> int:
    """Write all that the city shows a kiosk to a folder.

    Returns:
        Exit status: 0 good, 1 refused (the line says why; nothing is left in the folder).
    """
    area = city.store.run(lambda tx: tx.city()).area
    device = next((row for row in admin.devices(city) if row.kiosk == kiosk), None)
    if device is None:
        say(f"the city knows no kiosk {kiosk}")
        return 1
    if device.revoked_at or device.fenced_at:
        say(f"{kiosk} is shut out: enrol it anew first")
        return 1
    file_id = UUID(bytes=city.random(16), version=4)
    boxes = list(unasked(city, device, file_id))
    header = Header(
        direction=Direction.DOWN,
        file_id=file_id,
        kiosk=kiosk,
        device=device.device,
        city=area,
        made_at=city.now(),
        parts=len(boxes),
        incarnation=device.incarnation,
    )
    try:
        say(f"for {kiosk}: {_write(header, boxes, folder)}")
    except Refusal as refusal:
        say(f"{folder}: {WORDS.get(refusal.key, refusal.key)}")
        return 1
    return 0


def _write(header: Header, boxes: list[bytes], folder: Path) -> Path:
    down = msgspec.structs.replace(header, direction=Direction.DOWN, parts=len(boxes))
    with files.stick_errors():
        return files.write(folder, files.name_of(down), file_bytes(down, boxes))
