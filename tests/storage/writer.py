"""A kiosk that works until it is killed: says every placement that was promised, one a line, after its commit."""

import sys
from pathlib import Path

from tests.storage.desk import Desk, storage_at


def main(path: str, seed: str) -> None:
    storage = storage_at(Path(path))
    storage.open()
    desk = Desk(storage, int(seed))
    print("ready", flush=True)  # noqa: T201 - heard by the test
    while True:
        listing = desk.listing(headcount=3)
        for _ in range(4):
            print(desk.apply(listing, desk.worker()), flush=True)  # noqa: T201 - heard by the test


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
