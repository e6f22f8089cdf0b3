"""Drivers of real devices behind the ports in ``services.device_ports``. No Qt."""
