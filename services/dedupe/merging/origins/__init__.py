"""Which articles and reports come from one text."""
