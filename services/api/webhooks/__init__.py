"""Webhooks: changes of events that a saved search asks for, sent to an address until it has taken them."""
