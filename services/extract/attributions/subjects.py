"""The noun phrase beside a verb that may be its subject, found without a parser."""

from dataclasses import dataclass, replace

from services.extract.attributions.clauses import View
from services.extract.text.grammar import (
    BE,
    BOUNDARIES,
    DO,
    HAVE,
    LEADING,
    MODALS,
    NEGATIONS,
    PREPOSITIONS,
    PRONOUNS,
    RELATIVES,
    STAND_ALONE,
)
from services.extract.text.ranges import Range
from services.extract.text.tokens import QUOTE, WORD, Token

MAX_SUBJECT_WORDS = 14
_CONTRACTING = frozenset(("he", "she", "it", "that", "what", "who", "there", "here", "how", "where", "let"))
MAX_BARE_SUBJECT_WORDS = 5
"""A phrase whose noun we do not know is a subject only if it is short."""


@dataclass(frozen=True)
class Subject:
    """A noun phrase beside a verb."""

    first: int
    """Index of the token where it starts, appositions included."""
    last: int
    source: Range
    """The phrase without appositions."""
    relative: bool = False
    """Whether the verb stands in a relative clause: "Feldane, who had insisted that …, said …"."""


def subject_before(view: View, verb: int) -> Subject | None:
    """The noun phrase that ends where the verb group at index `verb` starts, appositions between commas passed over."""
    tokens = view.tokens
    last = verb - 1
    if last < 0 or tokens[last].kind == QUOTE:
        return None
    if tokens[last].text == ")":
        opening = next((at for at in range(last, max(last - 7, 0), -1) if tokens[at].text == "("), None)
        return _phrase(view, _start_of(view, opening - 1), opening - 1, last) if opening else None
    if tokens[last].text == ",":
        return _before_apposition(view, last)
    if tokens[last].lower == "who":
        found = _antecedent(view, last)
        return replace(found, relative=True) if found else None
    first = _start_of(view, last)
    if first > 0 and tokens[first - 1].lower in ("who", "whose"):
        # "Two people who attended the meeting said": the verb's subject is what "who" stands for.
        subject = _antecedent(view, first - 1)
        if subject is not None:
            return subject
    return _phrase(view, first, last, last)


def _antecedent(view: View, pronoun: int) -> Subject | None:
    """What "who" at index `pronoun` stands for."""
    last = pronoun - 2 if pronoun > 1 and view.tokens[pronoun - 1].text == "," else pronoun - 1
    return _phrase(view, _start_of(view, last), last, last) if last >= 0 else None


def subject_after(view: View, verb: int) -> Subject | None:
    """The noun phrase right after a verb, as in `"…," said the minister`."""
    tokens = view.tokens
    first = last = verb + 1
    while last < len(tokens) and last - first < MAX_SUBJECT_WORDS:
        token = tokens[last]
        inside = last in view.in_name
        joins = token.lower == "and" and any(is_source(view, at) for at in range(last + 1, last + 4))
        if not inside and not joins and (token.kind != WORD or token.lower in BOUNDARIES):
            break
        if not inside and token.lower in PREPOSITIONS and token.lower not in ("of", "for"):
            break
        if not inside and token.lower in view.lexicon.weekdays:
            break
        last += 1
    last -= 1
    if last > first and last not in view.in_name and tokens[last].lower.endswith("ed"):
        last -= 1
    subject = _phrase(view, first, last, last) if last >= first else None
    if subject is not None and last + 2 < len(tokens) and tokens[last + 1].text == ",":
        name = view.name_starts.get(last + 2)
        if name is not None and not any(at in view.in_name for at in range(first, last + 1)):
            return replace(subject, source=Range(name.start, name.range.end))
    return subject


def is_source(view: View, index: int) -> bool:
    """Whether the token is a noun for people or bodies that speak."""
    if index >= len(view.tokens):
        return False
    word = view.tokens[index].lower
    return word in view.lexicon.source_nouns or word in view.lexicon.organisation_nouns


def _start_of(view: View, last: int) -> int:
    """Index where the run of words that ends at `last` starts: after a mark, a conjunction or the sentence's start."""
    first = last
    while first > 0 and last - first < MAX_SUBJECT_WORDS:
        token = view.tokens[first - 1]
        if first - 1 not in view.in_name and (token.kind != WORD or token.lower in BOUNDARIES):
            break
        first -= 1
    return first


def _before_apposition(view: View, comma: int) -> Subject | None:
    """Go left over "34," and "a teacher from Tannerby," to the name or noun that they stand to."""
    end = comma
    for _ in range(4):
        last = end - 1
        if last < 0:
            return None
        first = _start_of(view, last)
        stop = view.tokens[first - 1].lower if first > 0 else ""
        if stop in RELATIVES:
            first = _relative_start(view, first)
            stop = view.tokens[first - 1].text if first > 0 else ""
        elif first in view.name_starts and view.name_ends.get(last) is view.name_starts[first]:
            return _phrase(view, first, last, comma)
        if stop != ",":
            return _phrase(view, first, last, comma)
        end = first - 1
    return None


def _relative_start(view: View, first: int) -> int:
    """Where a relative clause starts whose last run of words starts at `first`: back to its comma or its noun."""
    for _ in range(3):
        if first == 0 or view.tokens[first - 1].lower not in RELATIVES:
            break
        first -= 1
        if first > 0 and view.tokens[first - 1].text != ",":
            first = _start_of(view, first - 1)
    return first


def _phrase(view: View, first: int, last: int, end: int) -> Subject | None:
    """The phrase from `first` to `last` as a subject, cut to its noun phrase; None if it is none."""
    tokens = view.tokens
    if tokens[last].kind != WORD or (last not in view.in_name and tokens[last].lower in BOUNDARIES):
        return None
    last = _without_time(view, first, last)
    while first < last and first not in view.in_name and tokens[first].lower in LEADING:
        first += 1
    word = tokens[last].lower
    if word in PRONOUNS:
        return Subject(last, end, Range(tokens[last].start, tokens[last].end))
    if tokens[first].lower in PREPOSITIONS or tokens[first].lower in view.lexicon.weekdays:
        start = _inner_start(view, first, last)
        if start is None:
            return None
        first = start
    if last - first >= MAX_SUBJECT_WORDS or not _is_noun_phrase(view, first, last):
        return None
    return Subject(first, end, Range(tokens[first].start, tokens[last].end))


def _without_time(view: View, first: int, last: int) -> int:
    """Index of the phrase's last word before "on Wednesday"."""
    if last == first or view.tokens[last].lower not in view.lexicon.weekdays:
        return last
    return max(first, last - 2) if view.tokens[last - 1].lower == "on" else last - 1


def _inner_start(view: View, first: int, last: int) -> int | None:
    """Where the subject starts in "On Wednesday Marchenkov" and "By noon the minister"."""
    name = view.name_ends.get(last)
    if name is not None:
        at = next((index for index, found in view.name_starts.items() if found is name), None)
        if at is not None and at > first and view.tokens[at - 1].lower in view.lexicon.source_nouns:
            at -= 1
        return at
    for index in range(last, first, -1):
        if view.tokens[index].lower in ("the", "a", "an") and view.tokens[index - 1].lower not in PREPOSITIONS:
            return index
    return None


def _is_noun_phrase(view: View, first: int, last: int) -> bool:
    tokens = view.tokens
    if any(index not in view.in_name and _breaks(tokens[index]) for index in range(first, last + 1)):
        return False
    if last in view.name_ends:
        return not tokens[last].lower.endswith("'s")
    head = _head(view, first, last)
    if is_source(view, head) or (first in view.name_starts and _goes_on_after_name(view, first, last)):
        return True
    if first == last:
        return tokens[first].lower in STAND_ALONE
    return tokens[first].lower in ("the", "a", "an") and last - first < MAX_BARE_SUBJECT_WORDS and head == last


def _breaks(token: Token) -> bool:
    """Whether the token cannot stand in a subject: an auxiliary, "that's", a quotation."""
    word = token.lower
    if word in BE or word in HAVE or word in DO or word in MODALS or word in NEGATIONS or word.endswith("n't"):
        return True
    contracted = word.endswith("'s") and word[:-2] in _CONTRACTING
    return contracted or word in ("i", "we", "you", "there") or token.kind == QUOTE


def _goes_on_after_name(view: View, first: int, last: int) -> bool:
    """Whether a preposition follows the name that the phrase starts with: "Oriane Teskel of the Civic Union"."""
    following = next((index for index in range(first, last + 1) if index not in view.in_name), last)
    return view.tokens[following].lower in ("of", "for", "from", "at", "in", "and")


def _head(view: View, first: int, last: int) -> int:
    """Index of the phrase's noun: the word before its first preposition or participle, else its last word."""
    for index in range(first + 1, last + 1):
        if index not in view.in_name and view.tokens[index].lower in PREPOSITIONS:
            return index - 1
    known = [index for index in range(first, last + 1) if is_source(view, index)]
    return known[-1] if known and known[-1] >= last - 1 else last
