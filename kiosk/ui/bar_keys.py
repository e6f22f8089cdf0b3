"""What staff press instead of touching the two bars; the actions of a page have F2 to F6 (``components.page``)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

from kiosk.ui.speech import Ask

if TYPE_CHECKING:
    from kiosk.ui.widgets.buttons import BigButton

STATUS_KEYS = {"read_aloud": "F7", "text_size": "F8", "contrast": "F9", "language": "F10"}
#: Back, home (or the end of what is done on behalf), drafts, and the call.
NAV_KEYS = ("Esc", "F12", "F11", "F1")


def key_status(
    buttons: Mapping[str, BigButton], icons: Mapping[str, str], voice: Mapping[Ask, BigButton], *, staff: bool
) -> None:
    """Give the keys or take them away; what is beside the voice by Tab, and the key that began it ends it."""
    for name, button in buttons.items():
        button.set_keys(STATUS_KEYS[name] if staff else "")
        button.set_icon("" if staff else icons[name])  # the key has its room
    for ask, button in voice.items():
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus if staff else Qt.FocusPolicy.NoFocus)
        button.set_keys(STATUS_KEYS["read_aloud"] if staff and ask is Ask.STOP else "")


def key_nav(buttons: Sequence[BigButton], *, staff: bool) -> None:
    """The same for the bar below, in the order of ``NAV_KEYS``."""
    for button, key in zip(buttons, NAV_KEYS, strict=True):
        button.set_keys(key if staff else "")
