"""Composition: the only room that knows all others. Kiosk, city, demo and doctor are each put together here."""
