"""Guests' pages, kept as bytes and answered in front of Django until a stream they were made from steps."""
