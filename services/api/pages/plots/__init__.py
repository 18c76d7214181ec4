"""Plots of the event page: where each mark stands, as numbers for inline SVG. Pure; the templates draw."""
