"""Newsweave for other programs: `newsweave.client`. The code is in `services`."""
