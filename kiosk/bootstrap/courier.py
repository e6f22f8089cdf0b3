"""The courier's desk of an enrolled kiosk, put together."""

from pathlib import Path

from kiosk.bootstrap.secrets_kept import KioskSecrets
from kiosk.devices.usb_folders import UsbFolders
from kiosk.protocol.messages import COURIER_KEY_ENTITY
from kiosk.services.ports import Clock, Entropy
from kiosk.services.station_config import StationConfig
from kiosk.settings import Settings
from kiosk.storage.storage import Storage
from kiosk.sync.carried_pages import CarriedPages
from kiosk.sync.client import CityClient
from kiosk.sync.courier_office import CourierOffice, OfficePorts, key_from

FOLDER = "courier"


def courier_office(
    client: CityClient,
    config: StationConfig,
    storage: Storage,
    secrets: KioskSecrets,
    settings: Settings,
    clock: Clock,
    entropy: Entropy,
) -> CourierOffice:
    """The desk; its client has a connection of its own."""
    enrolment = config.enrolment
    assert enrolment is not None, "who has a client is enrolled"
    ports = OfficePorts(
        client=client,
        pages=CarriedPages(client, storage.outbox, storage.inbox),
        outbox=storage.outbox,
        inbox=storage.inbox,
        decisions=storage.decisions,
        clock=clock,
        boot_id=storage.boot_id,
        private=secrets.escrow,
        city_key=lambda: key_from(storage.inbox.bodies(COURIER_KEY_ENTITY)),
        streams=lambda: enrolment.streams,
        random=entropy.token_bytes,
        folder=settings.data_dir / FOLDER,
        sticks=UsbFolders(roots_of(settings)),
        city=config.city,
    )
    return CourierOffice(ports)


def roots_of(settings: Settings) -> tuple[Path, ...]:
    """Where sticks are mounted."""
    return tuple(Path(each) for each in settings.usb_roots.split(":") if each)
