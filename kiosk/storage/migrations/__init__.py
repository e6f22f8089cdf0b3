"""Steps from one schema of the kiosk's database to the next, for Alembic."""
