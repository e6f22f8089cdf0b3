"""The kiosk's side of the exchange with the city: client, pump, its thread."""
