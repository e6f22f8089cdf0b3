"""First set-up by staff: what they type, what is checked, what the city answers."""

import re
import unicodedata
from dataclasses import dataclass
from typing import Protocol

import msgspec

from kiosk.domain.names import check_organisation_name, check_person_name
from kiosk.domain.reference import Reference
from kiosk.domain.refusal import Refusal
from kiosk.services.ports import (
    AuditEntry,
    Clock,
    Entropy,
    UnitOfWorkFactory,
)
from kiosk.services.staff import check_new_pin, new_member
from kiosk.services.station_config import (
    IDLE_LEAST,
    IDLE_USUAL,
    SETTING,
    Enrolment,
    PrinterKind,
    StationConfig,
)

#: A number to call the station by: short ones such as 12333 up to landlines with an extension.
PHONE_DIGITS, PHONE_MAX, PHONE_SIGNS = 5, 24, frozenset("0123456789-+() ")
_CODE = re.compile(r"[A-Z0-9]{4,8}")
_ADDRESS = re.compile(r"[^\s:/]+:\d{1,5}")
MIN_INCH, MAX_INCH = 7.0, 98.0
#: Host in the QR codes of a kiosk that no city knows yet: a reserved name (RFC 2606) that leads nowhere.
OFFLINE_HOST = "offline.invalid"


@dataclass(frozen=True, slots=True, kw_only=True)
class SetupForm:
    """What staff typed at first set-up. An empty ``city_url`` means offline for now."""

    kiosk: str = ""
    name: str = ""
    station_phone: str = ""
    district: str = ""
    panel_inch: str = "21.5"
    printer: PrinterKind = PrinterKind.FOLDER
    printer_address: str = ""
    scanner: str = ""
    card_reader: str = ""
    idle_seconds: int = IDLE_USUAL
    city_url: str = ""
    enrol_token: str = ""
    staff_name: str = ""
    pin: str = ""
    pin_again: str = ""


def check_station_phone(text: str) -> str:
    """The station's number as it is printed, mobile or landline; "" for none.

    Raises:
        Refusal: something that no phone number has, or too few digits.
    """
    plain = unicodedata.normalize("NFKC", text).strip()
    digits = sum(char.isdigit() for char in plain)
    if plain and (digits < PHONE_DIGITS or len(plain) > PHONE_MAX or not PHONE_SIGNS.issuperset(plain)):
        raise Refusal("refusal.station_phone", "station_phone")
    return plain


@dataclass(frozen=True, slots=True, kw_only=True)
class Enrolled:
    """The city's answer to an enrolment: what is kept of it, and the host for QR codes."""

    enrolment: Enrolment
    city: str
    city_host: str


class Enroller(Protocol):
    """Makes this kiosk known to a city, over the network."""

    def enroll(self, url: str, token: str, kiosk: str, name: str, district: str) -> Enrolled:
        """Present the one-time token; keeps the keys that come back.

        Raises:
            Refusal: the token is wrong, used, or for another kiosk.
            DeviceFault: the city cannot be reached or is not one.
        """


def check_printer_address(kind: PrinterKind, address: str) -> str:
    """The address of a printer, as its kind needs it.

    Raises:
        Refusal: missing or of another form.
    """
    plain = address.strip()
    if kind is PrinterKind.FOLDER or (kind is PrinterKind.USB and not plain):
        return ""
    if kind is PrinterKind.TCP and _ADDRESS.fullmatch(plain) is None:
        raise Refusal("refusal.printer_address", "printer_address")
    if kind is PrinterKind.SERIAL and not plain:
        raise Refusal("refusal.printer_address", "printer_address")
    return plain


def parse_inch(text: str) -> float:
    """The diagonal of the screen in inches.

    Raises:
        Refusal: not a number from 7 to 98.
    """
    try:
        inch = float(text.strip())
    except ValueError:
        raise Refusal(
            "refusal.panel_inch", "panel_inch", minimum=int(MIN_INCH), limit=int(MAX_INCH)
        ) from None
    if not MIN_INCH <= inch <= MAX_INCH:
        raise Refusal("refusal.panel_inch", "panel_inch", minimum=int(MIN_INCH), limit=int(MAX_INCH))
    return inch


def check_devices(form: SetupForm) -> None:
    """Screen, printer, scanner and card reader; no two on one port.

    Raises:
        Refusal: what has to be mended.
    """
    parse_inch(form.panel_inch)
    check_printer_address(form.printer, form.printer_address)
    scanner, reader = form.scanner.strip(), form.card_reader.strip()
    printer = form.printer_address.strip() if form.printer is PrinterKind.SERIAL else ""
    if scanner and scanner in (reader, printer):
        raise Refusal("refusal.port_taken", "scanner")
    if reader and reader == printer:
        raise Refusal("refusal.port_taken", "card_reader")


class Setup:
    """First set-up, once, by staff. Everything is checked before anything is kept."""

    def __init__(
        self,
        unit_of_work: UnitOfWorkFactory,
        clock: Clock,
        entropy: Entropy,
        reference: Reference,
        enroller: Enroller,
    ) -> None:
        self._unit_of_work = unit_of_work
        self._clock = clock
        self._entropy = entropy
        self._reference = reference
        self._enroller = enroller

    @property
    def reference(self) -> Reference:
        """The reference data, for choosing city and district."""
        return self._reference

    def check_station(self, form: SetupForm) -> None:
        """Check the first step: code and name.

        Raises:
            Refusal: what has to be mended.
        """
        if _CODE.fullmatch(form.kiosk.strip().upper()) is None:
            raise Refusal("refusal.kiosk_code", "kiosk")
        check_organisation_name(form.name, "name")
        check_station_phone(form.station_phone)

    def check_district(self, form: SetupForm) -> None:
        """Check the second step: a district was chosen.

        Raises:
            Refusal: none was.
        """
        region = self._reference.region(form.district)
        if region is None or region.level != "district":
            raise Refusal("refusal.region_missing", "district")

    def check_devices(self, form: SetupForm) -> None:
        """Check the third step: screen, printer, scanner and card reader; no two on one port.

        Raises:
            Refusal: what has to be mended.
        """
        check_devices(form)

    def check_staff(self, form: SetupForm) -> None:
        """Check the last step: the first member of staff.

        Raises:
            Refusal: what has to be mended.
        """
        check_person_name(form.staff_name, "staff_name")
        if check_new_pin(form.pin) != form.pin_again.strip():
            raise Refusal("refusal.pin_differs", "pin_again")

    def finish(self, form: SetupForm) -> StationConfig:
        """Enrol (unless offline), then keep the station and its first member of staff in one transaction.

        Raises:
            Refusal: what has to be mended; nothing is kept.
            DeviceFault: the city cannot be reached; nothing is kept, offline is always possible.
        """
        self.check_station(form)
        self.check_district(form)
        self.check_devices(form)
        self.check_staff(form)
        config = self._config(form)
        with self._unit_of_work() as uow:
            uow.put_setting(SETTING, msgspec.json.encode(config))
            member = new_member(self._clock, self._entropy, uow, form.staff_name, form.pin)
            uow.audit(
                AuditEntry(
                    at=self._clock.now(),
                    actor=f"staff:{member.id}",
                    action="station.setup",
                    entity="station",
                    entity_id=None,
                )
            )
            uow.commit()
        return config

    def _config(self, form: SetupForm) -> StationConfig:
        kiosk = form.kiosk.strip().upper()
        region = self._reference.region(form.district)
        assert region is not None, "checked by check_station"
        enrolled = None
        if form.city_url.strip():
            if not form.enrol_token.strip():
                raise Refusal("refusal.enrol_token_missing", "enrol_token")
            enrolled = self._enroller.enroll(
                form.city_url.strip(), form.enrol_token.strip(), kiosk, form.name, form.district
            )
            if enrolled.city != region.parent:
                raise Refusal("refusal.other_city", "district")
        return StationConfig(
            kiosk=kiosk,
            name=" ".join(form.name.split()),
            phone=check_station_phone(form.station_phone),
            city=region.parent,
            district=form.district,
            city_host=enrolled.city_host if enrolled is not None else OFFLINE_HOST,
            panel_inch=parse_inch(form.panel_inch),
            printer=form.printer,
            printer_address=check_printer_address(form.printer, form.printer_address),
            scanner=form.scanner.strip(),
            card_reader=form.card_reader.strip(),
            idle_seconds=max(IDLE_LEAST, form.idle_seconds),
            enrolment=enrolled.enrolment if enrolled is not None else None,
        )
