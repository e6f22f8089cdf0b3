"""Fixtures of the hard tests."""

from tests.city.stage import city, database, kiosk, market

__all__ = ["city", "database", "kiosk", "market"]
