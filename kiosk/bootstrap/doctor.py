"""``gig-kiosk doctor``: is everything ready? A line each for storage, key, clock, printer, fonts, input, disk, sync."""

import json
import shutil
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from kiosk.services.faults import DeviceFault
from kiosk.settings import Settings

if TYPE_CHECKING:
    from kiosk.bootstrap.kiosk import Kiosk
    from kiosk.bootstrap.reference import Reference
    from kiosk.services.station_config import StationConfig

Say = Callable[[str], None]
FREE_BYTES = 256 * 1024 * 1024
#: No kiosk of this program can have run before; a clock that says so has lost its battery.
BUILT = datetime(2026, 11, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line of the report.

    Attributes:
        name: what was looked at.
        ok: whether it is ready.
        needed: whether the kiosk cannot work without it.
        detail: what was found, or what to do.
    """

    name: str
    ok: bool
    detail: str
    needed: bool = True


def sentence(fault: DeviceFault, language: str) -> str:
    """A fault in words, with what to do."""
    from kiosk.ui.strings import Strings

    strings = Strings(language)
    params = dict(fault.params)
    told = f"{strings.text(fault.key, **params)} {strings.text(fault.what_to_do, **params)}"
    return f"{told} ({fault.code})" if fault.code else told


def doctor(settings: Settings, *, as_json: bool, say: Say) -> int:
    """Look at everything and say how it is.

    Returns:
        0 when all that is needed is ready, else 1.
    """
    lines = list(_look(settings))
    ready = all(line.ok for line in lines if line.needed)
    if as_json:
        say(json.dumps({"ready": ready, "lines": [asdict(line) for line in lines]}, ensure_ascii=False))
    else:
        for line in lines:
            mark = "ok  " if line.ok else "FAIL" if line.needed else "no  "
            say(f"{mark} {line.name:<12} {line.detail}")
        say("ready" if ready else "not ready")
    return 0 if ready else 1


def _look(settings: Settings) -> Iterator[Line]:
    yield _clock()
    yield _disk(settings)
    yield _reference()
    yield _fonts()
    yield _rare_fonts()
    yield from _kiosk(settings)
    yield _handwriting()
    yield _speech(settings)
    yield _click(settings)
    yield _screen()


def _clock() -> Line:
    now = datetime.now(UTC)
    return Line(name="clock", ok=now > BUILT, detail=f"{now:%Y-%m-%d %H:%M} UTC")


def _disk(settings: Settings) -> Line:
    folder = settings.data_dir
    while not folder.exists():
        folder = folder.parent
    free = shutil.disk_usage(folder).free
    return Line(name="disk", ok=free > FREE_BYTES, detail=f"{free // 2**20} MiB free for {settings.data_dir}")


def _reference() -> Line:
    from kiosk.bootstrap.reference import load_rules

    reference = load_rules().reference
    detail = f"{len(reference.regions)} regions, {len(reference.trades)} trades, {len(reference.wages)} wages"
    return Line(name="reference", ok=True, detail=detail)


def _fonts() -> Line:
    from kiosk.fonts import main_font

    try:
        return Line(name="fonts", ok=True, detail=main_font().name)
    except FileNotFoundError as error:
        return Line(name="fonts", ok=False, detail=f"{error} is not installed")


def _rare_fonts() -> Line:
    from kiosk.fonts import fallback_fonts

    names = ", ".join(path.name for path in fallback_fonts())
    told = names or "rare characters beyond the standard table cannot be shown; install fonts-hanazono"
    return Line(name="rare fonts", ok=bool(names), needed=False, detail=told)


def _kiosk(settings: Settings) -> Iterator[Line]:
    """Storage, key, station, printer, sync; opens the database only if there is one, and makes none."""
    from kiosk.bootstrap.kiosk import Kiosk, Outside
    from kiosk.bootstrap.system import SystemClock, SystemEntropy
    from kiosk.storage.connection import check_library
    from kiosk.storage.storage import FILE_NAME
    from kiosk.ui.strings import Strings

    try:
        check_library()
    except DeviceFault as fault:
        yield Line(name="storage", ok=False, detail=sentence(fault, settings.language))
        return
    if not (settings.data_dir / FILE_NAME).exists():
        yield Line(name="storage", ok=True, detail="no database yet: gig-kiosk run makes one")
        return
    kiosk = Kiosk(settings, Outside(clock=SystemClock(), entropy=SystemEntropy()), Strings(settings.language))
    try:
        kiosk.open()
    except DeviceFault as fault:
        yield Line(name="storage", ok=False, detail=sentence(fault, settings.language))
        return
    try:
        yield Line(name="storage", ok=True, detail=str(settings.data_dir / FILE_NAME))
        yield _rules(kiosk.reference)
        yield from _station(kiosk, settings)
    finally:
        kiosk.close()


def _rules(reference: "Reference") -> Line:
    told = "as shipped, the city has published none"
    if reference.made_at is not None:
        told = f"the city's version {reference.version} of {reference.made_at:%Y-%m-%d}"
    return Line(name="rules", ok=True, detail=told)


def _station(kiosk: "Kiosk", settings: Settings) -> Iterator[Line]:
    from kiosk.bootstrap.printers import make_printer

    config = kiosk.config
    if config is None:
        yield Line(name="station", ok=True, detail="first set-up is still to be made: gig-kiosk run")
        return
    yield Line(name="station", ok=True, detail=f"{config.kiosk} {config.name}")
    fault = make_printer(config, settings.slip_dir).status()
    told = f"{config.printer} {config.printer_address}".strip()
    yield Line(
        name="printer", ok=fault is None, detail=told if fault is None else sentence(fault, settings.language)
    )
    yield from _readers(config, settings)
    counts = kiosk.storage.read.sync_counts()
    enrolled = config.enrolment is not None
    heard = (
        f"last contact {counts.last_contact:%Y-%m-%d %H:%M} UTC" if counts.last_contact else "no contact yet"
    )
    told = f"{counts.unsent} operations not sent, {heard}" if enrolled else "not enrolled with a city"
    yield Line(name="sync", ok=enrolled and not counts.quarantined, needed=False, detail=told)
    if enrolled:
        yield _city_clock(kiosk.city_time, settings.language)


def _city_clock(ask: Callable[[], datetime | None], language: str) -> Line:
    """This machine's clock beside the city's. Where it is not reached: why, for a certificate may be out of date."""
    from kiosk.services.city_clock import TOLERANCE
    from kiosk.services.station import STOPPED

    try:
        city = ask()
    except DeviceFault as fault:
        told = f"not compared: {sentence(fault, language)}"
        return Line(name="city clock", ok=fault.key not in STOPPED, needed=False, detail=told)
    if city is None:
        return Line(name="city clock", ok=True, needed=False, detail="not compared: no city")
    ahead = datetime.now(UTC) - city
    seconds = round(ahead.total_seconds())
    wrong = abs(ahead) > TOLERANCE
    told = f"{seconds:+d} s against the city's" + (": set the clock of this machine" if wrong else "")
    return Line(name="city clock", ok=not wrong, needed=False, detail=told)


def _readers(config: "StationConfig", settings: Settings) -> Iterator[Line]:
    """The scanner and the card reader; a station may have neither."""
    from kiosk.bootstrap.readers import make_card_reader, scanner_fault

    fault = scanner_fault(config) if config.scanner else None
    told = config.scanner or "none with a line of its own; one that types like a keyboard needs none"
    told = sentence(fault, settings.language) if fault is not None else told
    yield Line(name="scanner", ok=fault is None, needed=False, detail=told)
    reader = make_card_reader(config)
    if reader is None:
        yield Line(name="card reader", ok=True, needed=False, detail="none")
        return
    fault = reader.status()
    reader.close()
    told = sentence(fault, settings.language) if fault is not None else config.card_reader
    yield Line(name="card reader", ok=fault is None, needed=False, detail=told)


def _handwriting() -> Line:
    from kiosk.devices.handwriting import DinkitRecogniser

    recogniser = DinkitRecogniser()
    absence = recogniser.absence()
    recogniser.close()
    return Line(name="handwriting", ok=not absence, needed=False, detail=absence or "ready")


def _speech(settings: Settings) -> Line:
    """Asked without a window: Qt needs only its core application to say which engines there are."""
    if not settings.voice:
        return Line(name="speech", ok=False, needed=False, detail="switched off (voice = false)")
    from PySide6.QtCore import QCoreApplication

    from kiosk.ui.speech import SystemVoice

    application = QCoreApplication.instance() or QCoreApplication(["doctor"])
    absence = SystemVoice().absence()
    del application
    return Line(name="speech", ok=not absence, needed=False, detail=absence or "ready")


def _click(settings: Settings) -> Line:
    from kiosk.bootstrap.click import OFF, command

    words = command(settings.click)
    lacking = "switched off (click = off)" if settings.click == OFF else "no player: pw-play, paplay or aplay"
    return Line(name="click", ok=bool(words), needed=False, detail=words[0] if words else lacking)


def _screen() -> Line:
    try:
        from PySide6.QtCore import qVersion
    except ImportError as error:
        return Line(name="screen", ok=False, detail=f"Qt cannot be loaded: {error}")
    return Line(name="screen", ok=True, detail=f"Qt {qVersion()}")
