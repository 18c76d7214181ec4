"""The table of figures of an event: what is counted, by whom, and whether all values can be true."""
