"""Dates named in a text, resolved against the day of publication."""
