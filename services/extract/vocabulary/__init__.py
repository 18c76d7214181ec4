"""Words by class: the word lists, and what a noun tells of whom it names."""
