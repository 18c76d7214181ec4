"""What follows a cue: the clause or quotation that it introduces."""

from services.extract.attributions.clauses import View, find_cues, shares_subject, verb_group
from services.extract.attributions.subjects import Subject
from services.extract.figures.counted import is_plural
from services.extract.text.grammar import BE, CLAUSE_MARKERS, HEARERS, MODALS, NO_CLAUSE, OPENS_SUBORDINATE
from services.extract.text.lexicon import Cue
from services.extract.text.ranges import Range
from services.extract.text.tokens import MARK, QUOTE, WORD

MIN_CONTENT_WORDS = 3
ADJUNCT_TOKENS = 14
"""Longest phrase of time, place or hearer between a cue and its content."""


def content_after(view: View, index: int, cue: Cue, subject: Subject | None = None) -> tuple[Range, ...]:
    """Content that follows the cue at `index`; empty when none does."""
    content = _following(view, index, cue, subject)
    if len(content) != 1 or not _clips_at_comma(view, index, subject):
        return content
    start, end = content[0]
    comma = next((token for token in view.tokens if token.start > start and token.text == ","), None)
    return (Range(start, comma.start),) if comma is not None and comma.start < end else content


def _clips_at_comma(view: View, index: int, subject: Subject | None) -> bool:
    """Whether the clause of the cue ends at a comma: relative clauses, and "While X has claimed …, …"."""
    if subject is not None and subject.relative:
        return True
    opens = view.tokens[0].lower in OPENS_SUBORDINATE
    return opens and not any(token.text == "," for token in view.tokens[:index])


def _following(view: View, index: int, cue: Cue, subject: Subject | None) -> tuple[Range, ...]:
    tokens = view.tokens
    at = _skip_adjunct(view, _skip_hearer(view, index + 1, cue))
    presents = at + 1 < len(tokens) and tokens[at].text in (",", ":")
    if presents and (tokens[at + 1].kind == QUOTE or tokens[at + 1].lower == "that"):
        at += 1
    if at >= len(tokens):
        return ()
    token = tokens[at]
    if token.kind == QUOTE:
        return _quotation(view, at, index, cue)
    if token.lower in CLAUSE_MARKERS and (cue.takes_that or cue.takes_clause or cue.takes_person):
        # "Said that was the point": here "that" is the clause's subject.
        verb = at + 1 < len(tokens) and tokens[at + 1].lower in BE | MODALS
        return clause_from(view, at if verb else at + 1, index)
    if cue.takes_object and token.kind == WORD and at == index + 1:
        return _object(view, at, index, cue)
    bare = cue.takes_clause and (not cue.also_noun or _is_surely_verb(view, index, subject))
    return clause_from(view, at, index) if bare and _starts_clause(view, at) else ()


def _quotation(view: View, at: int, index: int, cue: Cue) -> tuple[Range, ...]:
    """A quotation right after the cue, with the rest of the clause where it goes on in plain words."""
    tokens = view.tokens
    if not cue.takes_quotation:
        return _object(view, at, index, cue)
    ends = at + 1 == len(tokens) or tokens[at + 1].kind != WORD
    return (Range(tokens[at].start, tokens[at].end),) if ends else clause_from(view, at, index)


def _starts_clause(view: View, at: int) -> bool:
    """Whether a clause without "that" may start here, rather than a phrase of time or place."""
    token = view.tokens[at]
    if token.kind != WORD or token.lower in NO_CLAUSE:
        return False
    return token.lower not in view.lexicon.adjunct_starts or token.lower in ("this", "there", "when")


def _is_surely_verb(view: View, index: int, subject: Subject | None) -> bool:
    """Whether a form that is also a noun agrees with its subject: "lawmakers estimate", "Zelensky claims"."""
    if subject is None or index == 0:
        return False
    if view.tokens[index].lower.endswith("s"):
        return index - 1 in view.name_ends
    return is_plural(view.tokens[index - 1].lower)


def _object(view: View, first: int, index: int, cue: Cue) -> tuple[Range, ...]:
    """What is held of the object: "accused North Korea of providing weapons"; of other verbs only with quoted words."""
    content = clause_from(view, first, index)
    if not cue.takes_object or not content:
        return ()
    inside = [token for token in view.tokens[first:] if token.end <= content[0].end]
    quotes = any(token.kind == QUOTE for token in inside)
    accuses = cue.lemma == "accuse" and any(token.lower == "of" for token in inside[1:])
    return content if quotes or accuses else ()


def _skip_hearer(view: View, at: int, cue: Cue) -> int:
    """Index after "reporters" in "told reporters that"."""
    if not cue.takes_person or at >= len(view.tokens):
        return at
    for index in range(at, min(at + ADJUNCT_TOKENS, len(view.tokens))):
        token = view.tokens[index]
        if token.lower in CLAUSE_MARKERS or token.kind == QUOTE:
            return index
        if token.kind == MARK and index not in view.in_name:
            break
    if view.tokens[at].lower in HEARERS:
        return at + 1
    name_at = at + 1 if view.tokens[at].lower == "the" else at
    if name_at in view.in_name:
        while name_at < len(view.tokens) and name_at in view.in_name:
            name_at += 1
        return name_at
    for index in range(at, min(at + 4, len(view.tokens))):
        if view.tokens[index].lower in view.lexicon.source_nouns:
            return index + 1
    return len(view.tokens)


def _skip_adjunct(view: View, at: int) -> int:
    """Index after "on Friday (Oct 25)" and the like, where a clause or quotation follows; else `at`."""
    tokens = view.tokens
    if at >= len(tokens) or tokens[at].lower not in view.lexicon.adjunct_starts:
        return at
    for index in range(at + 1, min(at + ADJUNCT_TOKENS, len(tokens))):
        if tokens[index].lower == "that" and tokens[index - 1].lower not in ("in", "on", "at", "of"):
            return index
        if tokens[index].kind == QUOTE and tokens[index - 1].text in (",", ":"):
            return index
        if tokens[index].text in (",", ";", ":", "—") and tokens[min(index + 1, len(tokens) - 1)].kind != QUOTE:
            break
    if tokens[at].lower in view.lexicon.weekdays and at + 1 < len(tokens) and tokens[at + 1].kind == WORD:
        return at + 1
    return at


def clause_from(view: View, first: int, cue: int) -> tuple[Range, ...]:
    """Content from the token at `first` to the sentence's end, or to the next cue that shares the subject."""
    tokens = view.tokens
    last = len(tokens) - 1
    for index, _ in find_cues(view):
        if index > max(first, cue):
            group = verb_group(view, index)
            if group.first > first and shares_subject(view, group, index) and _after_is_content(view, index):
                last = group.first - 2
                break
    while last > first and tokens[last].kind == MARK and tokens[last].text not in ')%]"':
        last -= 1
    if sum(token.kind == WORD for token in tokens[first : last + 1]) < MIN_CONTENT_WORDS and not any(
        token.kind == QUOTE for token in tokens[first : last + 1]
    ):
        return ()
    return (Range(tokens[first].start, tokens[last].end),)


def _after_is_content(view: View, index: int) -> bool:
    """Whether a shared-subject cue brings content of its own ("and said that", "but added, …")."""
    following = view.tokens[index + 1] if index + 1 < len(view.tokens) else None
    if following is None:
        return False
    return (
        following.lower in CLAUSE_MARKERS
        or following.kind == QUOTE
        or following.text in (",", ":")
        or (view.lexicon.cues[view.tokens[index].lower].takes_clause and following.lower not in NO_CLAUSE)
    )
