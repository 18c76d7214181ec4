"""Newsweave: contracts <- runtime <- services; see docs/architecture.md."""
