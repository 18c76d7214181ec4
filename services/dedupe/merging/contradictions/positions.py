"""Builds the position of each side of a contradiction: what it says, with its very words."""

from collections.abc import Mapping, Sequence

from services.contracts.base import Span
from services.contracts.claim import Speaker, SpeakerKind
from services.contracts.event_claims import Passage, Position
from services.dedupe.merging.claims.report import Report, find_speaker_label
from services.language.number_words import SMALL_NUMBERS

_OPENS_DESCRIPTION = frozenset((
    "a", "an", "the", "another", "both", "many", "most", "multiple", "other", "others", "several", "some",
    *SMALL_NUMBERS,
))  # fmt: skip
"""Words that may open the description of a source."""
_PRONOUNS = frozenset(("he", "she", "it", "they", "who", "which", "that"))


def build_position(
    claim_id: str, short_position: str, reports: Sequence[Report], stance_spans: Mapping[str, Span]
) -> Position:
    """Build the position of a merged claim.

    Args:
        claim_id: The merged claim.
        short_position: Its position in short.
        reports: Those of its reports that take this position, in publication order, at least one.
        stance_spans: Where each report takes it, by the report's key.
    """
    passages: dict[str, Passage] = {}
    for report in reports:
        span, article = stance_spans[report.key], report.article
        passage = Passage(article_id=article.article_id, span=span, text=span.of(article.text))
        passages.setdefault(article.article_id, passage)
    source = next((report for report in reports if report.claim.speaker is not None), reports[0])
    return Position(
        claim_id=claim_id,
        says=short_position,
        source=None if source.claim.speaker is None else source_name(source),
        passages=tuple(passages.values()),
    )


def source_name(report: Report) -> str:
    """Who says a claim, as people read it: the speaker, else the outlet."""
    speaker = report.claim.speaker
    if speaker is not None:
        label = _drop_longer_name(find_speaker_label(report) or speaker.canonical, speaker)
        # "The officials" and "the bank" as written, but not the "he" or "who" that stands for a description before it.
        is_described = speaker.kind is SpeakerKind.UNNAMED or (label == speaker.canonical and label[:1].islower())
        return speaker.surface if is_described and speaker.surface.casefold() not in _PRONOUNS else label
    publisher = report.article.publisher
    return publisher.name or publisher.domain or "an article without a publisher"


def _drop_longer_name(label: str, speaker: Speaker) -> str:
    """The last name that alone is known of a person, and not what only begins with it: "Tolmar", not "Tolmar Tower"."""
    is_longer = speaker.kind is SpeakerKind.PERSON and label.startswith(f"{speaker.canonical} ")
    return speaker.canonical if is_longer and " " not in speaker.canonical else label


def continue_sentence(text: str) -> str:
    """Without the capital of a word that is no name: "The officials" is "the officials" inside of a sentence."""
    first, _, rest = text.partition(" ")
    return f"{first.lower()} {rest}" if first.lower() in _OPENS_DESCRIPTION and rest else text


def join_names(names: Sequence[str]) -> str:
    """Names as a sentence lists them, none twice: "A", "A and B", "A, B and C"."""
    distinct = list(dict.fromkeys(names))
    return " and ".join((", ".join(distinct[:-1]), distinct[-1])) if len(distinct) > 1 else "".join(distinct)
