"""Which assertions become claims: vetoes, and one learned threshold."""
