"""Claims of an event: prepared, compared, grouped into merged claims."""
