"""What crosses the wire: canonical bytes, envelopes, signatures, tokens. Shared by kiosk and city."""
