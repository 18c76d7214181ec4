"""The table of figures: what is counted, in which rows, and whether the values of a row can all be true."""

from services.dedupe.merging.figures.mention import Counted, Mention, label
from services.dedupe.merging.figures.rows import bounded_mentions, mentions
from services.dedupe.merging.figures.table import figure_table
from services.dedupe.merging.figures.verdicts import relation

__all__ = ["Counted", "Mention", "bounded_mentions", "figure_table", "label", "mentions", "relation"]
