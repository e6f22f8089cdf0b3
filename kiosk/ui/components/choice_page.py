"""What a page shows whose question is answered by one touch: at most six large buttons, the answer so far marked."""

from kiosk.ui.theme import Role, Theme
from kiosk.ui.widgets.choices import ChoiceGrid

#: Two fingers high at least; with much room no tile is higher than this, and what is over stays free below.
LEAST_MM, MOST_MM = 26.0, 52.0


class BigChoices(ChoiceGrid):
    """The answers of a page that goes on at the touch: connect ``changed``, put the widget into the body with stretch.

    ``changed`` is sent for every touch, also of the answer that is marked already. With ``several`` it is a list of
    ticks, and the page has its own way on.
    """

    def __init__(
        self,
        theme: Theme,
        *,
        several: bool = False,
        upright: int = 2,
        across: int = 3,
        role: Role = Role.FACT,
    ) -> None:
        """Make an empty place for answers.

        Args:
            theme: the look.
            several: whether any number of them may be chosen.
            upright: how many stand beside each other upright.
            across: the same across.
            role: size of the words.
        """
        super().__init__(theme, upright, several=several, role=role, height_mm=LEAST_MM, most_mm=MOST_MM)
        self._beside = (upright, across)

    def arrange(self, *, portrait: bool) -> None:
        """Upright or across."""
        upright, across = self._beside
        self.set_columns(upright if portrait else across)
