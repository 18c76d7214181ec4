"""Addresses of articles: the form that identifies, and the day in it."""
