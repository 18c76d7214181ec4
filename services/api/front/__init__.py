"""The front page: the list of events, its filters, and what waits to be shown on it."""
