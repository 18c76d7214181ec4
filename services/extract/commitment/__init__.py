"""How far a source stands behind what it says: asserts, denies, declines to confirm, conditional, reports."""
