"""Cleaning a text, and what it says of itself."""
