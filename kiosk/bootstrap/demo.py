"""``gig-kiosk demo``: a city, a market morning and a kiosk enrolled with it, all on this machine."""

import json
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path

from kiosk.bootstrap.demo_city import DISTRICT, KIOSK, morning_of
from kiosk.bootstrap.endings import Interrupts
from kiosk.bootstrap.kiosk import Kiosk, Outside
from kiosk.bootstrap.run import run
from kiosk.bootstrap.window import Size
from kiosk.domain.decide import decide
from kiosk.domain.operations import MakeInvitation, Operation, PostListing, PostWanted, RegisterWorker
from kiosk.domain.records import Identity
from kiosk.domain.resident_id import mask_resident_id
from kiosk.services.ports import Sealer, UnitOfWork
from kiosk.services.setup import SetupForm
from kiosk.settings import Settings
from kiosk.ui.strings import Strings

#: Shown when the demo starts; nobody's secret.
STAFF_PIN = "246813"
BATCH = 200
START_SECONDS = 60

Say = Callable[[str], None]


class CityProcess:
    """The demo's city in a process of its own, so that the kiosk's memory is the kiosk's."""

    def __init__(self, folder: Path, seed: int, now: datetime) -> None:
        frozen = getattr(sys, "frozen", False)
        program = [sys.executable] if frozen else [sys.executable, "-m", "kiosk"]
        self._command = [*program, "--data-dir", str(folder), "city", "demo"]
        self._command += ["--seed", str(seed), "--now", now.isoformat()]
        self._process: subprocess.Popen[str] | None = None

    def start(self) -> tuple[str, str]:
        """Start it and wait until it serves.

        Returns:
            Address of the gateway and a one-time token.

        Raises:
            RuntimeError: it ended instead.
        """
        # A group of its own: Ctrl-C in the terminal ends the kiosk first, and the kiosk ends its city.
        self._process = subprocess.Popen(  # noqa: S603 - our own program
            self._command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, start_new_session=True
        )
        assert self._process.stdout is not None, "asked for a pipe"
        line = self._process.stdout.readline()
        if not line:
            code = self._process.wait()
            raise RuntimeError(f"the demo's city ended with {code}")
        told = json.loads(line)
        return told["url"], told["token"]

    def stop(self) -> None:
        """End it; closing its input is its sign to go."""
        if self._process is None:
            return
        assert self._process.stdin is not None, "asked for a pipe"
        self._process.stdin.close()
        try:
            self._process.wait(START_SECONDS)
        except subprocess.TimeoutExpired:
            self._process.kill()


def demo(settings: Settings, outside: Outside, *, seed: int, keep: bool, size: Size | None, say: Say) -> int:
    """Run the demo until it is told to stop.

    Args:
        settings: of this machine; the demo keeps its data in a folder of its own.
        outside: clock and randomness.
        seed: of the invented morning.
        keep: keep the data for the next time; else they are gone at the end.
        size: of the window.
        say: takes a line for the person who started it.
    """
    began = time.monotonic()
    folder = settings.data_dir / "demo" if keep else Path(tempfile.mkdtemp(prefix="gig-kiosk-demo-"))
    folder.mkdir(parents=True, exist_ok=True)
    # PostgreSQL runs as another user when we are root, and has to get through to its own folder.
    folder.chmod(0o711)
    now = outside.clock.now()
    city = CityProcess(folder, seed, now)
    with Interrupts() as interrupts, _ended(city, None if keep else folder):
        say("starting the city: PostgreSQL and the gateway ...")
        url, token = city.start()
        say(f"the city answers at {url}")
        own = Settings(data_dir=folder / "kiosk", slip_dir=folder / "slips", city_data_dir=folder / "city")
        kiosk = Kiosk(own, outside, Strings(settings.language))
        kiosk.open()
        if kiosk.config is None:
            say(f"setting the kiosk up and enrolling it as {KIOSK} ...")
            _set_up(kiosk, url, token)
            say("filling in a market morning ...")
            fill(kiosk, morning_of(seed, now, kiosk.rules, own_seal(kiosk.services().context.sealer)))
        interrupts.check()
        say(f"staff sign in with number 1 and PIN {STAFF_PIN}; slips are put in {own.slip_dir}")

        def ready(_seconds: float) -> None:
            if interrupts.asked:  # while the window was made
                signal.raise_signal(signal.SIGINT)
            say(f"ready in {time.monotonic() - began:.1f} s - touch the screen; Ctrl-C ends everything")

        return run(own, outside, size=size, ready=ready, kiosk=kiosk)


@contextmanager
def _ended(city: CityProcess, folder: Path | None) -> Iterator[None]:
    """The city ends with what happens inside, and the folder goes."""
    try:
        yield
    finally:
        city.stop()
        if folder is not None:
            shutil.rmtree(folder, ignore_errors=True)


def _set_up(kiosk: Kiosk, url: str, token: str) -> None:
    words = Strings()
    form = SetupForm(
        kiosk=KIOSK,
        name=words.text("demo.station"),
        station_phone=words.text("demo.station_phone"),
        district=DISTRICT,
        city_url=url,
        enrol_token=token,
        staff_name=words.text("demo.staff"),
        pin=STAFF_PIN,
        pin_again=STAFF_PIN,
    )
    kiosk.setup().finish(form)
    kiosk.reload()


def own_seal(sealer: Sealer) -> Callable[[str, date], Identity]:
    """Make identities as the kiosk does when someone registers."""

    def seal(number: str, birth: date) -> Identity:
        secret = number.encode("ascii")
        return Identity(
            sealed=sealer.seal(secret),
            lookup=sealer.lookup(secret),
            birth_date=birth,
            masked=mask_resident_id(number),
        )

    return seal


def fill(kiosk: Kiosk, operations: Sequence[Operation]) -> None:
    """Carry out what happened at this kiosk this morning, as if people had stood here."""
    mine = [op for op in operations if op.kiosk == KIOSK]
    for first in range(0, len(mine), BATCH):
        with kiosk.storage.unit_of_work() as uow:
            for op in mine[first : first + BATCH]:
                # Without a city nobody here knows the entries of other kiosks' workers.
                if isinstance(op.body, MakeInvitation) and uow.wanted(op.body.wanted_id) is None:
                    continue
                _carry_out(kiosk, uow, op)
            uow.commit()


def _carry_out(kiosk: Kiosk, uow: UnitOfWork, op: Operation) -> None:
    for record in decide(op, uow, kiosk.rules).puts:
        uow.put(record)
    uow.append(op)
    series = {RegisterWorker: "worker", PostListing: "listing", PostWanted: "wanted"}.get(type(op.body))
    if series is not None:
        uow.next_number(series)
