"""The steps from one schema of the city to the next (Alembic)."""
