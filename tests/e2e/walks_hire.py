"""The employer's ways: post a listing, see who comes."""

from tests.e2e.stop import Walk

WALKS: tuple[Walk, ...] = ()
