"""The kiosk's use cases. Each owns its transaction; everything outside comes in through ``ports``."""
