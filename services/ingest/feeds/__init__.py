"""Feeds: what an outlet lists of its articles, read, polled and handed on."""
