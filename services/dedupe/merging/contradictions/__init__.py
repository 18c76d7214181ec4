"""Claims of an event that cannot all be true."""
