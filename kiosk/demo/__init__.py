"""The demo's market morning: operations of invented people, made by a seeded generator."""
