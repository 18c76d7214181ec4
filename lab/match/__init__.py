"""Fits the decision by which a text finds its event."""
