"""What outlets do, as it can be measured: no ratings, no ranking."""
