"""The table of figures: what is counted, in which rows, and whether the values of a row can all be true."""

from services.dedupe.merging.figures.mentions import Counted, Mention, label
from services.dedupe.merging.figures.relations import relation
from services.dedupe.merging.figures.rows import bounded_mentions, mentions, mentions_in
from services.dedupe.merging.figures.table import figure_table

__all__ = ["Counted", "Mention", "bounded_mentions", "figure_table", "label", "mentions", "mentions_in", "relation"]
