"""The input dock: handwriting, pinyin, numbers, letters and rare characters, inside the kiosk's own window.

Screens say what a field is for with ``wish_input(field, InputWish.NAME)``; the dock does the rest.
"""

from kiosk.ui.input.dock import InputDock
from kiosk.ui.input.look import DockLook
from kiosk.ui.input.recogniser import Recogniser
from kiosk.ui.input.wish import InputWish, wish_input

__all__ = ["DockLook", "InputDock", "InputWish", "Recogniser", "wish_input"]
