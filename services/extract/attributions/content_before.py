"""What stands before `…, the minister said`: a quotation, or the front of the sentence."""

from collections.abc import Iterator

from services.extract.attributions.clauses import View
from services.extract.attributions.content_after import ADJUNCT_TOKENS
from services.extract.text.grammar import NO_CONTENT
from services.extract.text.lexicon import Cue
from services.extract.text.ranges import Range
from services.extract.text.tokens import MARK, QUOTE, WORD

MIN_FRONTED_WORDS = 4


def follows_quotation(view: View, first: int) -> bool:
    """Whether a quotation, perhaps with a comma, comes right before the token at `first`."""
    before = first - 2 if first > 1 and view.tokens[first - 1].text == "," else first - 1
    return before >= 0 and view.tokens[before].kind == QUOTE


def content_before(view: View, subject: int, cue: int, what: Cue) -> tuple[Range, ...]:
    """Content that stands before `…, the minister said`, with what goes on after it in quote marks.

    `subject` is the index where the attribution starts, `cue` the one where it ends, before any adjunct.
    """
    tokens = view.tokens
    last = subject - 1
    comma = last >= 0 and tokens[last].text in (",", "—", "–", "-")
    if comma:
        last -= 1
    if last < 0:
        return ()
    if tokens[last].kind == QUOTE and what.takes_quotation:
        first = last if last == 0 or tokens[last - 1].kind != WORD else 0
        pieces = [Range(tokens[first].start, tokens[last].end)]
        pieces.extend(second_half(view, cue + 1))
        return tuple(pieces)
    fronted = comma and what.takes_quotation and what.takes_clause and _is_parenthesis(view, cue + 1)
    words = sum(token.kind == WORD for token in tokens[: last + 1])
    if not fronted or words < MIN_FRONTED_WORDS or tokens[0].lower in NO_CONTENT:
        return ()
    return (Range(tokens[0].start, tokens[last].end),)


def second_half(view: View, at: int) -> Iterator[Range]:
    """The quotation after `"…," he said on Friday,`, which goes on with the one before."""
    tokens = view.tokens
    for index in range(at, min(at + ADJUNCT_TOKENS, len(tokens))):
        if tokens[index].kind == QUOTE:
            if tokens[index - 1].text in (",", "—", "–", "-", ":"):
                yield Range(tokens[index].start, tokens[index].end)
            return


def _is_parenthesis(view: View, at: int) -> bool:
    """Whether the attribution ends at `at`: a mark, the sentence's end, or a phrase of time, place or hearer."""
    if at >= len(view.tokens):
        return True
    token = view.tokens[at]
    return token.kind == MARK or token.lower in view.lexicon.adjunct_starts
