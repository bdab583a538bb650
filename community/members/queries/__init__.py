"""Members and cities, read."""
