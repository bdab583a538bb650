"""Makers of the smallest legal things, for every test."""
