"""Claims put together from what was found: spans, kinds, ids."""
