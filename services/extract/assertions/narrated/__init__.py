"""What the outlet itself asserts, and what it tells that somebody said by an act."""
