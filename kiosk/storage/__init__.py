"""The kiosk's database: one encrypted SQLite file. Implements the ports of services and sync."""
