"""我的: what the worker applied for, what became of it, and their own data."""

from kiosk.ui.screen import Screen


def screens() -> tuple[type[Screen], ...]:
    """The screens of this flow. Imported here: a cold start needs the first page alone."""
    from kiosk.ui.screens.mine.job import MyJobScreen
    from kiosk.ui.screens.mine.mine import MineScreen
    from kiosk.ui.screens.mine.my_data import MyDataScreen
    from kiosk.ui.screens.mine.withdrawn import WithdrawnScreen

    return (MineScreen, MyJobScreen, MyDataScreen, WithdrawnScreen)
