"""The input dock: handwriting, pinyin, numbers, letters and rare characters, inside the kiosk's own window.

Screens say what a field is for with ``wish_input(field, InputWish.NAME)``; the dock does the rest. Its rooms are
imported by who needs them, by name: a page that has a field does not need the dock yet.
"""
