"""Connections to the web that others name: to no internal address, and to none that was not checked."""
