"""The city's side: gateway, handlers, PostgreSQL, and the pages behind the QR codes."""
