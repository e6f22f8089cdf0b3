"""A real kiosk in a folder of the test: real database, real rules, slips in a folder; offline unless told otherwise."""

from pathlib import Path

from kiosk.bootstrap.kiosk import Kiosk, Outside
from kiosk.bootstrap.system import SystemEntropy
from kiosk.services.ports import Clock, Words
from kiosk.services.setup import SetupForm
from kiosk.settings import KeySource, Settings
from kiosk.ui.strings import Strings

PIN = "246813"


def settings_in(folder: Path) -> Settings:
    """Settings that keep everything in ``folder``."""
    return Settings(
        data_dir=folder / "data",
        slip_dir=folder / "slips",
        city_data_dir=folder / "city",
        key_source=KeySource.FILE,
        click="off",
        reserve_mib=0,  # hundreds of kiosks are opened in a test run
    )


def open_kiosk(
    folder: Path, clock: Clock, words: Words | None = None, *, form: SetupForm | None = None
) -> Kiosk:
    """An open kiosk that has been set up (WHC1 in Huancui, staff number 1 with ``PIN``); close it in the end."""
    folder.mkdir(parents=True, exist_ok=True)
    outside = Outside(clock=clock, entropy=SystemEntropy())
    kiosk = Kiosk(settings_in(folder), outside, words or Strings(strict=True))
    kiosk.open()
    if kiosk.config is None:
        kiosk.setup().finish(form or setup_form())
        kiosk.reload()
    return kiosk


def setup_form(**changes: str) -> SetupForm:
    """A first set-up as staff would type it."""
    values = {
        "kiosk": "WHC1",
        "name": "环翠零工驿站",
        "district": "371002",
        "staff_name": "于海燕",
        "pin": PIN,
        "pin_again": PIN,
    }
    return SetupForm(**{**values, **changes})
