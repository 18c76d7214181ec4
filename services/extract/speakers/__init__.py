"""Whom the words of a source mean: a person, a body, an unnamed source, or nobody."""
