"""Fetching from a web that may be slow, broken or hostile."""
