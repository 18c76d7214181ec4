"""Receipts of claims: the words of each report, where they stand, and whether our copy of the article has them."""
