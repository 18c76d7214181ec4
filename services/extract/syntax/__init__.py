"""A sentence as its grammar has it: the parse, its tree, its clauses."""
