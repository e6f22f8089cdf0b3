"""First set-up: what the station is, its devices, its city, its first member of staff."""

from kiosk.ui.screen import Screen


def screens() -> tuple[type[Screen], ...]:
    """The screens of first set-up. Imported here: a cold start needs the first page alone."""
    from kiosk.ui.screens.setup.city import CityStep
    from kiosk.ui.screens.setup.devices import DevicesStep
    from kiosk.ui.screens.setup.done import DoneStep
    from kiosk.ui.screens.setup.staff import StaffStep
    from kiosk.ui.screens.setup.station import StationStep
    from kiosk.ui.screens.setup.where import WhereStep

    return (StationStep, WhereStep, DevicesStep, CityStep, StaffStep, DoneStep)
