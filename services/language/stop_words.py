"""Words that carry no meaning where claims are compared word by word."""

STOP_WORDS = frozenset((
    "a", "an", "and", "are", "as", "at", "be", "been", "but", "by", "for", "from", "had", "has", "have", "he", "her",
    "his", "in", "is", "it", "its", "of", "on", "or", "our", "she", "that", "the", "their", "them", "they", "this",
    "to", "was", "we", "were", "which", "who", "will", "with", "would", "said", "say", "told",
))  # fmt: skip
"""In lower case. Negations are not among them (`services.language.negation`)."""
