"""Fixtures of the hard tests."""

from tests.city.stage import city, cluster, database, kiosk, market

__all__ = ["city", "cluster", "database", "kiosk", "market"]
