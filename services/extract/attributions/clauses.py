"""One sentence as the attribution rules see it: names by token, cues, and the verb group of a cue."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from services.extract.names.names import Name
from services.extract.text.grammar import ADVERBS, BE, CONJUNCTIONS, DO, HAVE, MODALS, NEGATIONS
from services.extract.text.lexicon import Cue, Lexicon
from services.extract.text.tokens import QUOTE, WORD, Token

MAX_CUES = 16
"""Cues looked at in one sentence."""


@dataclass(frozen=True)
class View:
    """One sentence as the attribution rules see it."""

    tokens: Sequence[Token]
    """Each quotation is one token."""
    names: Sequence[Name]
    lexicon: Lexicon
    name_starts: dict[int, Name]
    """By index of the token that the name, or the title before it, starts at."""
    name_ends: dict[int, Name]
    """By index of the name's last token."""
    in_name: frozenset[int]


def view_sentence(tokens: Sequence[Token], names: Sequence[Name], lexicon: Lexicon) -> View:
    """Index the names of a sentence by its tokens."""
    starts, ends, inside = {}, {}, set()
    rest = 0
    for index, token in enumerate(tokens):
        while rest < len(names) and names[rest].range.end <= token.start:
            rest += 1
        if rest == len(names):
            break
        name = names[rest]
        if token.kind == QUOTE or token.end <= name.start:
            continue
        inside.add(index)
        if token.start == name.start:
            starts[index] = name
        if token.start < name.range.end <= token.end:
            ends[index] = name
    return View(tokens, names, lexicon, starts, ends, frozenset(inside))


@dataclass(frozen=True)
class VerbGroup:
    """A cue with what belongs to the verb before it ("has also said")."""

    first: int
    last: int
    negated: bool = False
    passive: bool = False
    modal: bool = False
    withholds: bool = False
    """Whether it is "declined to confirm" or the like."""


def verb_group(view: View, cue: int) -> VerbGroup:
    """The verb group that ends with the cue at index `cue`."""
    tokens = view.tokens
    first, withholds = _leading_verb(view, cue)
    negated = passive = modal = False
    while first > 0 and tokens[first - 1].kind == WORD and first - 1 not in view.in_name:
        word = tokens[first - 1].lower
        negated = negated or word in NEGATIONS or word.endswith("n't")
        passive = passive or word in BE
        modal = modal or word in MODALS
        auxiliary = word in HAVE or word in BE or word in DO or word in MODALS or word in NEGATIONS
        if not (auxiliary or word in ADVERBS or word.endswith(("n't", "ly"))):
            break
        if word.endswith("ly") and word in view.lexicon.organisation_nouns:
            break
        first -= 1
    return VerbGroup(first, cue, negated, passive, modal, withholds)


def _leading_verb(view: View, cue: int) -> tuple[int, bool]:
    """Where "declined to", "stopped short of" or "went on to" before the cue starts, and whether it withholds."""
    words = [token.lower for token in view.tokens[max(cue - 3, 0) : cue]]
    match words:
        case [*_, verb, "to"] if verb in view.lexicon.withholding_verbs:
            if view.tokens[cue].lower in view.lexicon.withholding_objects:
                return cue - 2, True
        case ["went" | "goes" | "going", "on", "to"]:
            return cue - 3, False
        case [_, "short", "of"]:
            return cue - 3, True
        case _:
            pass
    return cue, False


def find_cues(view: View) -> Iterator[tuple[int, Cue]]:
    """Indexes and entries of the sentence's cues, the first `MAX_CUES` of them."""
    return islice(_all_cues(view), MAX_CUES)


def _all_cues(view: View) -> Iterator[tuple[int, Cue]]:
    for index, token in enumerate(view.tokens):
        cue = view.lexicon.cues.get(token.lower)
        if cue is not None and index not in view.in_name:
            yield index, cue
        elif token.lower == "confirming" and index > 1 and view.tokens[index - 2].lower == "short":
            yield index, view.lexicon.cues["confirm"]


def shares_subject(view: View, group: VerbGroup, index: int) -> bool:
    """Whether the verb shares the subject of what comes before: "… and said that", ", adding that"."""
    before = view.tokens[group.first - 1].text.lower() if group.first > 0 else ""
    return before in CONJUNCTIONS or (before == "," and view.tokens[index].lower.endswith("ing"))
