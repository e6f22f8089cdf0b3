"""Fixtures of the city's tests."""

from tests.city.stage import city, cluster, database, kiosk, market, other

__all__ = ["city", "cluster", "database", "kiosk", "market", "other"]
