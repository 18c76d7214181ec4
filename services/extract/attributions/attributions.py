"""Who is said to say what, sentence by sentence, by plain patterns around a cue verb.

An attribution names three things: the cue, the source (a noun phrase), the content (one range, or two where the cue
stands between the halves of a quotation). How it was found is its own business: a dependency parser can put its
attributions in the place of these.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from services.contracts.claim import Commitment
from services.extract.attributions.clauses import VerbGroup, View, find_cues, shares_subject, verb_group
from services.extract.attributions.content_after import clause_from, content_after
from services.extract.attributions.content_before import (
    MIN_FRONTED_WORDS,
    content_before,
    follows_quotation,
    second_half,
)
from services.extract.attributions.sources import inverted_subject, sentence_subject, subject_of
from services.extract.attributions.subjects import subject_after
from services.extract.text.lexicon import Cue
from services.extract.text.ranges import Range

MAX_SENTENCE_TOKENS = 250
"""Longer runs without a stop are tables and lists."""


@dataclass(frozen=True)
class Attribution:
    """One content with its cue and source. Ranges count characters of the article."""

    sentence: int
    cue: Range
    source: Range
    content: tuple[Range, ...]
    commitment: Commitment


def find_attributions(view: View, number: int) -> list[Attribution]:
    """Attributions of one sentence in the order of their cues; none lies in the content of another."""
    if len(view.tokens) > MAX_SENTENCE_TOKENS:
        return []
    found: list[Attribution] = []
    for index, cue in find_cues(view):
        attribution = _attribute(view, number, index, cue, found[-1].source if found else None)
        if attribution is not None:
            found.extend(_coordinated(view, attribution))
    found.extend(_according_to(view, number))
    return _outermost(sorted(found, key=lambda attribution: attribution.cue))


def _attribute(view: View, number: int, index: int, cue: Cue, earlier: Range | None) -> Attribution | None:
    """What the cue at `index` attributes. `earlier`: the source found before it in the sentence."""
    group = verb_group(view, index)
    withheld = group.withholds or (group.negated and cue.lemma in ("confirm", "say"))
    unreal = group.passive or group.modal or (group.negated and not withheld)
    if unreal or (group.first > 0 and view.tokens[group.first - 1].lower == "to"):
        return None
    if withheld and not _is_open_question(view, index):
        return None
    source, content = _source_and_content(view, group, index, cue, earlier)
    if source is None or not content:
        return None
    commitment = Commitment.DECLINES_TO_CONFIRM if withheld else cue.commitment
    cue_range = Range(view.tokens[group.first if group.withholds else index].start, view.tokens[index].end)
    return Attribution(number, cue_range, source, content, commitment)


def _source_and_content(
    view: View, group: VerbGroup, index: int, cue: Cue, earlier: Range | None
) -> tuple[Range | None, tuple[Range, ...]]:
    subject = subject_of(view, group, index)
    if subject is not None:
        quoted_first = follows_quotation(view, subject.first) and cue.takes_quotation
        before = content_before(view, subject.first, index, cue)
        after = content_after(view, index, cue, subject)
        return subject.source, (before or after) if quoted_first else (after or before)
    inverted = inverted_subject(view, group, cue)
    if inverted is not None:
        last, source = inverted
        return source, content_before(view, group.first, last, cue) or tuple(second_half(view, last + 1))
    if shares_subject(view, group, index):
        return earlier or sentence_subject(view), content_after(view, index, cue)
    return None, ()


def _coordinated(view: View, attribution: Attribution) -> Iterator[Attribution]:
    """One attribution for each of two clauses: "said that A and that B"."""
    (start, end), *others = attribution.content
    tokens = view.tokens
    if not others:
        for index in range(2, len(tokens)):
            inside = start < tokens[index - 1].start and tokens[index].end < end
            if inside and tokens[index].lower == "that" and tokens[index - 1].lower == "and":
                yield replace(attribution, content=(Range(start, tokens[index - 2].end),))
                yield replace(attribution, content=(Range(tokens[index].end + 1, end),))
                return
    yield attribution


def _is_open_question(view: View, index: int) -> bool:
    """Whether "that" or "whether" follows: only then is there something that was not confirmed."""
    return index + 1 < len(view.tokens) and view.tokens[index + 1].lower in ("that", "whether", "if")


def _according_to(view: View, number: int) -> Iterator[Attribution]:
    """`According to the ministry, …` and `…, according to the ministry`."""
    tokens = view.tokens
    for index in range(len(tokens) - 2):
        if tokens[index].lower != "according" or tokens[index + 1].lower != "to":
            continue
        subject = subject_after(view, index + 1)
        if subject is None:
            continue
        cue = Range(tokens[index].start, tokens[index + 1].end)
        if index == 0:
            comma = next((at for at in range(subject.last, len(tokens)) if tokens[at].text == ","), None)
            content = clause_from(view, comma + 1, index) if comma is not None and comma + 1 < len(tokens) else ()
        else:
            last = index - 2 if tokens[index - 1].text == "," else index - 1
            content = (Range(tokens[0].start, tokens[last].end),) if last >= MIN_FRONTED_WORDS else ()
        if content:
            yield Attribution(number, cue, subject.source, content, Commitment.ASSERTS)


def _outermost(found: list[Attribution]) -> list[Attribution]:
    """Keep the widest of those that overlap: who is quoted inside what another says comes with the outer claim."""
    kept: list[Attribution] = []
    for one in sorted(found, key=lambda attribution: (-_size(attribution), attribution.cue)):
        inside = any(piece.holds(one.cue) for other in kept for piece in other.content)
        meets = any(mine.meets(piece) for other in kept for piece in other.content for mine in one.content)
        if not inside and not meets:
            kept.append(one)
    return sorted(kept, key=lambda attribution: attribution.cue)


def _size(attribution: Attribution) -> int:
    return sum(piece.end - piece.start for piece in attribution.content)
