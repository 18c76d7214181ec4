"""How much of an answer fits into the tokens that may be spent. Pure.

Tokens are counted cautiously, a third of the bytes in UTF-8, over the whole answer: its structure and its text. English
has about four bytes a token; other scripts have fewer characters a token, and more bytes a character.
"""

import json
from collections.abc import Mapping, Sequence

from services.mcp.answers import Item, Source, ToolAnswer, compact
from services.mcp.readable import Marks, item_lines, readable, source_line

BYTES_A_TOKEN = 3
DEFAULT_TOKENS = 4_000
LEAST_TOKENS = 2_000
MOST_TOKENS = 16_000
_RESERVE_BYTES = 900
"""For the cursor, what is counted, and what the protocol puts around an answer."""
_SEPARATOR_BYTES = 12
"""Between two items, and for the digits of their numbers."""


def how_many_fit(
    answer: ToolAnswer, items: Sequence[Item], sources: Mapping[str, Source], marks: Marks, tokens: int
) -> int:
    """How many of the items fit into an answer, beside what it has.

    Args:
        answer: What stands there anyway.
        items: What is to be added.
        sources: The articles that the items cite.
        marks: Around words of others.
        tokens: Those that may be spent.
    """
    left = tokens * BYTES_A_TOKEN - _RESERVE_BYTES - _bytes(compact(answer)) - _bytes(readable(answer, marks))
    cited: set[str] = set()
    for number, item in enumerate(items):
        left -= _bytes(compact(item)) + _bytes("\n".join(item_lines(item, {}, marks))) + _SEPARATOR_BYTES
        for article_id in {*(words.article_id for words in item.words), *item.also} - cited:
            source = sources[article_id]
            left -= _bytes(compact(source)) + _bytes(source_line(0, source, marks)) + _SEPARATOR_BYTES + len(article_id)
            cited.add(article_id)
        if left < 0:
            return number
    return len(items)


def slim(item: Item) -> Item:
    """An item with one quotation and the other reports counted: what is given where not even one fits, to lead on."""
    left_out = len(item.words[1:]) + len(item.also)
    return item.model_copy(update={"words": item.words[:1], "also": (), "more": item.more + left_out})


def _bytes(value: object) -> int:
    return len(json.dumps(value, ensure_ascii=False).encode())
