"""The rules of the market: records, operations and the pure transitions between them. No I/O, no clock, no Qt."""
