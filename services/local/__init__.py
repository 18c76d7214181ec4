"""The embedded stack and the `newsweave` command."""
