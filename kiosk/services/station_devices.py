"""What a station prints on and reads with, and how patient it is, changed after first set-up."""

from dataclasses import replace

import msgspec

from kiosk.services.context import Context
from kiosk.services.ports import AuditEntry
from kiosk.services.setup import (
    SetupForm,
    check_devices,
    check_printer_address,
    check_station_phone,
    parse_inch,
)
from kiosk.services.staff import StaffSession
from kiosk.services.station_config import IDLE_LEAST, SETTING, StationConfig, load_config


class StationDevices:
    """The same questions and checks as at first set-up; saved with the station."""

    def __init__(self, context: Context, config: StationConfig) -> None:
        self._context = context
        self._config = config

    @property
    def form(self) -> SetupForm:
        """The station as it is, for the form."""
        config = self._config
        return SetupForm(
            station_phone=config.phone,
            panel_inch=f"{config.panel_inch:g}",
            printer=config.printer,
            printer_address=config.printer_address,
            scanner=config.scanner,
            card_reader=config.card_reader,
            idle_seconds=config.idle_seconds,
        )

    def change(self, session: StaffSession, form: SetupForm) -> StationConfig:
        """Save what staff said; the kiosk then opens its devices anew (``Signals.station_changed``). Database lane.

        Raises:
            Refusal: what has to be mended; nothing has changed.
        """
        check_devices(form)
        phone = check_station_phone(form.station_phone)
        saved = load_config(self._context.read) or self._config  # it may have joined a city since
        config = replace(
            saved,
            phone=phone,
            panel_inch=parse_inch(form.panel_inch),
            printer=form.printer,
            printer_address=check_printer_address(form.printer, form.printer_address),
            scanner=form.scanner.strip(),
            card_reader=form.card_reader.strip(),
            idle_seconds=max(IDLE_LEAST, form.idle_seconds),
        )
        with self._context.unit_of_work() as uow:
            uow.put_setting(SETTING, msgspec.json.encode(config))
            entry = AuditEntry(
                at=self._context.now(),
                actor=f"staff:{session.staff_id}",
                action="station.devices",
                entity="station",
                entity_id=None,
            )
            uow.audit(entry)
            uow.commit()
        self._config = config
        self._context.signals.station_changed()
        return config
