"""What is computed of one article, and of a pair: pure functions over typed arrays."""
