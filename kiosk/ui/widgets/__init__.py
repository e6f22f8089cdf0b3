"""Widgets that know nothing of the market: they take finished words and millimetres."""
