"""Fixtures of the city's tests."""

from tests.city.stage import city, database, kiosk, market, other
from tests.city.test_quarantine import known

__all__ = ["city", "database", "kiosk", "known", "market", "other"]
