"""What a row of figures counts, in words that a reader understands without the text: "people killed"."""

import re
from collections import Counter
from collections.abc import Sequence
from itertools import compress
from operator import attrgetter

from services.contracts.base import Span
from services.dedupe.merging.figures.counted_vocabulary import PEOPLE, load_vocabulary
from services.dedupe.merging.figures.figure_mention import FigureMention, RowKey
from services.dedupe.merging.figures.measured_amount import build_clause_label, read_whole_clause
from services.dedupe.merging.figures.occasions import Occasion
from services.dedupe.merging.opening_words import content_stems
from services.language.places import load_gazetteer
from services.language.stems import singulars

_NAMES, _COUNTED = attrgetter("thing.names"), attrgetter("quantity.counted")
_SHORTEST_CLAUSE = 4
"""Words, the ellipsis among them, from which a clause says more than the noun: not "put at …"."""
_LONGEST_CLAUSE = 18
_ELLIPSIS = "\u2026"
_MOST_COMPARED = 16
"""Figures of a row whose sentences are held against a clause."""
_LEAST_SHARED = 0.3
"""Share of the words of a clause that other origins must have."""
_LARGE = 10
"""Smaller counts of a mere noun say nothing: "two sides", "six ways"."""
_HALF_A_SENTENCE = re.compile(
    r"(?:(?i:that|which|who|whom|whose|where|when|while|including|because|if|but|and|or|nor|so|as|than|after|before"
    r"|since|until|though|although|unless|i|me|my|we|our|us|you|your|he|she|it|they|them|this|these|those|some|one"
    r"|\w+ing)|with|of|to|by|from|for|in|on|at)\b"
)
"""How a label begins that lacks its subject, or has only a pronoun for it."""
_LEADS_ON = frozenset(
    ("of", "for", "to", "in", "on", "at", "by", "from", "with", "the", "a", "an", "and", "or", "that")
)
"""Words that no clause ends with."""
_RELATIVE = re.compile(r"\b(?:who|which|whose|whom|where)\b[^\u2026]*\u2026")
"""The figure stands in a relative clause: it is about something else than the sentence."""
_OTHER_WORDS = re.compile("[:;()\u201c\u201d\"\u2018\u2014\u2013]|\\.\\.| -- |(?:^|\\s)'|'(?:\\s|$)")
"""Marks that do not stand inside a plain clause."""
_COMPLEMENT = re.compile(
    r" of (?:(?:the|its|their|his|her|a|an) )?"
    r"(?P<of>(?!(?:the|its|their|his|her|a|an)\b)[^\W\d][\w'’-]*(?: [^\W\d][\w'’-]*)?)"
)


def find_row_label(row_key: RowKey, mentions: Sequence[FigureMention]) -> str | None:
    """Name what a row counts, for readers, with the noun that most reports use: `North Korean troops`.

    For a measured amount, a clause without the amount: `The quake will cost …`. Likewise for a single count of which
    no noun says enough: nothing happened to what is counted, it did on another occasion, or other rows count the same
    of other places. None where neither a whole clause nor a plain noun phrase names it.
    """
    if row_key.measured:
        return _find_clause(mentions) or _find_cut_clause(mentions)
    if not _says_little_without_clause(row_key, mentions):
        return name_row_by_noun(row_key, mentions)
    clause = _find_clause(mentions)
    if clause is not None:
        return clause
    if row_key.fate is not None:
        is_of_now = all(map(_is_of_now, mentions))
        is_main = row_key.number == 0 or len({mention.report.origin_id for mention in mentions}) > 1
        return name_row_by_noun(row_key, mentions) if is_of_now and is_main else None
    return _name_by_phrase(mentions)


def _says_little_without_clause(row_key: RowKey, mentions: Sequence[FigureMention]) -> bool:
    if any(mention.value_key != mentions[0].value_key for mention in mentions):
        return False
    if row_key.fate is None or row_key.is_among_several:
        return True
    return not all(map(_is_of_now, mentions))


def _is_of_now(mention: FigureMention) -> bool:
    """Whether it counts what has happened: not on another occasion, nor what happens each day."""
    return mention.context.occasion is Occasion.THIS and not mention.context.rate


def _find_clause(mentions: Sequence[FigureMention]) -> str | None:
    """The whole clause of which other origins have most words; None where they have few of any.

    "Eight aircraft would begin at first light" is not what an origin tells that says "rain did what eight could not".
    """
    compared = mentions[:_MOST_COMPARED]
    clauses = [(mention, clause) for mention in compared if (clause := _read_clause(mention)) is not None]
    weighed = [(_share_in_other_origins(clause, mention, compared), clause) for mention, clause in clauses]
    share, clause = max(weighed, key=lambda one: one[0], default=(0.0, None))
    return clause if share >= _LEAST_SHARED else None


def _share_in_other_origins(clause: str, mention: FigureMention, mentions: Sequence[FigureMention]) -> float:
    """Share of the words of a clause that the sentences of other origins have, in the mean; 1 without others."""
    words = content_stems(clause)
    others = [other.report for other in mentions if other.report.origin_id != mention.report.origin_id]
    if not words or not others:
        return 1.0
    shared = (len(words & content_stems(report.prepared.sentence_text)) / len(words) for report in others)
    return sum(shared) / len(others)


def _find_cut_clause(mentions: Sequence[FigureMention]) -> str | None:
    """What the first of the reports with words around the figure has of its clause."""
    labels = (build_clause_label(mention.report, mention.quantity) for mention in mentions)
    return next((label for label in labels if label != _ELLIPSIS), None)


def _read_clause(mention: FigureMention) -> str | None:
    report = mention.report
    span = read_whole_clause(report, mention.quantity)
    if span is None or not _has_verb(mention, span):
        return None
    text, amount = report.article.text, mention.quantity.span
    words = [*text[span.start : amount.start].split(), _ELLIPSIS, *text[amount.end : span.end].split()]
    label = " ".join(words).strip(" ,.")
    if not _SHORTEST_CLAUSE <= len(words) <= _LONGEST_CLAUSE:
        return None
    if words[-1].casefold() in _LEADS_ON:
        return None
    is_plain = not any((_HALF_A_SENTENCE.match(label), _RELATIVE.search(label), _OTHER_WORDS.search(label)))
    return label if is_plain else None


def _has_verb(mention: FigureMention, span: Span) -> bool:
    predicates = mention.report.claim.predicates
    return not predicates or any(span.start <= verb.span.start < span.end for verb in predicates)


def name_row_by_noun(row_key: RowKey, mentions: Sequence[FigureMention]) -> str:
    """Name what a row counts by its noun and what happened; a measured amount by its verb."""
    if row_key.measured:
        return f"{row_key.noun} {_ELLIPSIS}"
    names = list(map(len, map(_NAMES, mentions)))
    with_most_names = map(max(names).__eq__, names)
    phrases = Counter(counted or "" for counted in map(_COUNTED, compress(mentions, with_most_names)))
    phrase = max(phrases, key=phrases.__getitem__)  # of equally frequent ones the first reported
    if row_key.noun == PEOPLE:
        return _join_words(phrase, _fate_beside(phrase, row_key)) if row_key.names else f"{PEOPLE} {row_key.fate}"
    return _join_words(*row_key.names, phrase.split()[-1], row_key.fate)


def _name_by_phrase(mentions: Sequence[FigureMention]) -> str | None:
    """The fullest noun phrase for what is counted; None where that is a single word which could mean anything.

    That depends: a single origin's "offices" are any, what two origins count is the event's. "Democrats" are never all.
    """
    phrases = [_read_phrase(mention) for mention in mentions]
    fullest = max(phrases, key=_fullness)  # of equally full ones the first reported
    words = fullest.split()
    if len(words) > 1:
        return fullest
    if not words or len({mention.report.origin_id for mention in mentions}) == 1:
        return None
    if fullest[:1].isupper():
        return fullest if load_gazetteer().is_demonym(fullest.removesuffix("s")) else None
    is_of_people = bool(set(singulars(fullest)) & load_vocabulary().living)
    return fullest if is_of_people or mentions[0].quantity.value >= _LARGE else None


def _fullness(phrase: str) -> tuple[bool, int]:
    """How much a phrase says: one with a name the most, then one of more words."""
    return any(word[:1].isupper() for word in phrase.split()), len(phrase.split())


def _read_phrase(mention: FigureMention) -> str:
    """What is counted, with what it is of: "members of the council"."""
    counted = mention.quantity.counted or ""
    behind = mention.context.after.strip()
    if not behind.startswith(counted):
        return counted
    complement = _COMPLEMENT.match(behind, len(counted))
    if complement is None or complement.end("of") < len(behind):
        return counted
    return behind[: complement.end("of")]


def _fate_beside(phrase: str, row_key: RowKey) -> str | None:
    """What happened, unless the phrase says it: "Karvelian deaths"."""
    vocabulary = load_vocabulary()
    heads = singulars(phrase)[-2:]
    is_said = any(vocabulary.implied.get(head) or vocabulary.happenings.get((head,)) for head in heads)
    return None if is_said or "toll" in heads else row_key.fate


def _join_words(*parts: str | None) -> str:
    return " ".join(dict.fromkeys(part for part in parts if part))
