"""All use cases of a kiosk in one value: what the screens are given."""

from dataclasses import dataclass

from kiosk.domain.reference import Reference
from kiosk.services.calls import CallList
from kiosk.services.catalogue import Catalogue
from kiosk.services.context import Context
from kiosk.services.courier_ports import CourierDesk
from kiosk.services.drafts import Drafts
from kiosk.services.employers import Employers
from kiosk.services.forgetting import Forgetting
from kiosk.services.identify import Identify
from kiosk.services.listings import Listings
from kiosk.services.one_person import OnePerson
from kiosk.services.placements import Placements
from kiosk.services.policies import PolicyDesk
from kiosk.services.ports import PersonLookup, SlipPress, SlotReserver
from kiosk.services.printing import Printing
from kiosk.services.set_aside import AsideDesk
from kiosk.services.slip_issue import SlipIssuer
from kiosk.services.staff import StaffDesk
from kiosk.services.staff_members import StaffMembers
from kiosk.services.station import CityEntry, Station
from kiosk.services.station_config import StationConfig
from kiosk.services.station_devices import StationDevices
from kiosk.services.visitors import Visitors
from kiosk.services.wanted import WantedDesk
from kiosk.services.workers import Workers


@dataclass(frozen=True, slots=True, kw_only=True)
class Services:
    """The use cases of a configured kiosk.

    Attributes:
        context: who this kiosk is, and its clock.
        catalogue: trades and regions (pure: any thread).
        identify: who stands at the screen (read lane, except ``workers_by_phone``: database lane).
        one_person: registrations that are one person's, and visitors who wish to be remembered.
        workers, employers, listings, placements, wanted: the market; writes go to the database lane.
        printing: slips to paper (outside lane).
        staff: sign-in (database lane).
        members: who may sign in (reads: read lane; changes: database lane).
        drafts: forms in the middle, saved for a quarter of an hour (database lane).
        policies: what the city's notice has for people (any thread), and a paper about it (database lane).
        station: what this station is and how it stands with the city.
        calls: whom staff have to ring up (reads: read lane; marks: database lane).
        courier: sticks (outside lane); None while no city knows this kiosk.
        aside: operations that the city set aside or rejected (reads: read lane; decisions: database lane).
    """

    context: Context
    catalogue: Catalogue
    identify: Identify
    workers: Workers
    employers: Employers
    listings: Listings
    placements: Placements
    one_person: OnePerson
    wanted: WantedDesk
    forgetting: Forgetting
    printing: Printing
    staff: StaffDesk
    members: StaffMembers
    drafts: Drafts
    policies: PolicyDesk
    station: Station
    station_devices: StationDevices
    aside: AsideDesk
    calls: CallList
    courier: CourierDesk | None


def build(
    context: Context,
    config: StationConfig,
    reference: Reference,
    press: SlipPress,
    reserver: SlotReserver | None = None,
    entry: CityEntry | None = None,
    courier: CourierDesk | None = None,
    lookup: PersonLookup | None = None,
) -> Services:
    """Wire the use cases together. Touches nothing outside.

    ``reserver`` and ``lookup`` are None while no city knows this kiosk; ``entry`` is the way into one, also into the
    same one again.
    """
    catalogue = Catalogue(reference, config.city)
    slips = SlipIssuer(context, catalogue, config.name, config.phone)
    visitors = Visitors()
    placements = Placements(context, slips, reserver, visitors)
    return Services(
        context=context,
        catalogue=catalogue,
        identify=Identify(context, visitors, lookup),
        workers=Workers(context, slips, visitors),
        employers=Employers(context),
        listings=Listings(context, slips),
        placements=placements,
        one_person=OnePerson(context, placements, visitors),
        wanted=WantedDesk(context),
        forgetting=Forgetting(context),
        printing=Printing(context, press),
        staff=StaffDesk(context),
        members=StaffMembers(context),
        drafts=Drafts(context, config.name),
        policies=PolicyDesk(context, catalogue, config.name),
        station=Station(config, context.read, context.signals, entry),
        station_devices=StationDevices(context, config),
        aside=AsideDesk(context),
        calls=CallList(context, catalogue, config.name),
        courier=courier,
    )
