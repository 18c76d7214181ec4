"""What is counted or measured: amounts, bounds, units."""
