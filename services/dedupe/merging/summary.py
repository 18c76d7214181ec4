"""Summary of an event: sentences chosen from its articles, never written."""

from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import chain, islice, pairwise

from services.contracts.article import Article
from services.contracts.base import Span
from services.contracts.claim import SpeakerKind
from services.contracts.event import SummarySentence
from services.dedupe.merging.claims.grouping import ClaimGroup
from services.dedupe.merging.claims.report import Report
from services.dedupe.merging.headline import find_first_sentence, list_opening_sentences
from services.language.openings import PRONOUNS, opening_end, points_back, refers_back
from services.language.ranges import trim
from services.language.stems import singulars
from services.language.stop_words import STOP_WORDS

SENTENCES = 3
MOST_OPENINGS = 16
"""Articles whose openings may open the summary: the one that stands for the event, and the newest."""
_FIRST_SENTENCES = 2
"""How many sentences at the head of any other article can open the summary."""
_OWN = 1.1
"""Factor that favours an opening of the article that stands for the event."""
_HEAD = 600
"""Characters of an article in which it says what it is about."""
_REPEATED = 0.4
"""Share of word pairs from which a sentence repeats one of the summary."""


def build_summary(
    article: Article,
    reports_by_article: Mapping[str, Sequence[Report]],
    claim_groups: Sequence[ClaimGroup],
    others: Sequence[Article] = (),
) -> tuple[SummarySentence, ...]:
    """Return a sentence that opens the event, then the sentences of the claims that most origins report.

    Each sentence can stand alone: it starts behind a dateline, names whoever speaks or acts in it, and does not mention
    "the report" without saying which.

    Args:
        article: The article that stands for the event.
        reports_by_article: Claims of each article by its id.
        claim_groups: The merged claims of the event, in publication order.
        others: Articles that may open the summary as well, in publication order.
    """
    sentences = [_choose_opening(article, others, reports_by_article)]
    shared = [group for group in claim_groups if group.origin_count > 1]
    shared.sort(key=lambda group: (-group.origin_count, _nearest_to_lead(group), group.canonical.order))
    for group in shared:
        if len(sentences) == SENTENCES:
            break
        sentence = _find_sentence_that_stands_alone(group, [earlier.text for earlier in sentences])
        if sentence is not None and not any(_is_repetition(sentence.text, earlier.text) for earlier in sentences):
            sentences.append(sentence)
    return tuple(sentences)


def _choose_opening(
    article: Article, others: Sequence[Article], reports_by_article: Mapping[str, Sequence[Report]]
) -> SummarySentence:
    """The opening sentence with most of what the other articles speak of at their heads: who, what and where."""
    newest = (other for other in reversed(others) if other.article_id != article.article_id)
    pool = [article, *islice(newest, MOST_OPENINGS - 1)]
    heads = [_content_stems(f"{candidate.title or ''}\n{candidate.text[:_HEAD]}") for candidate in pool]
    shared = Counter(chain.from_iterable(heads))
    best: tuple[float, SummarySentence] | None = None
    for candidate, head in zip(pool, heads, strict=True):
        limit = None if candidate is article else _FIRST_SENTENCES
        span = _find_opening_sentence(candidate, reports_by_article.get(candidate.article_id, ()), limit)
        if span is None:
            continue
        sentence = _build_summary_sentence(candidate, span)
        stems = _content_stems(sentence.text)
        # Count other articles only: the candidate's own head has these stems anyway.
        weight = sum(shared[stem] - (stem in head) for stem in stems) / max(1.0, len(stems)) ** 0.5
        if candidate is article:
            weight *= _OWN
        if best is None or weight > best[0]:
            best = weight, sentence
    return best[1] if best is not None else _build_summary_sentence(article, find_first_sentence(article))


def _content_stems(text: str) -> frozenset[str]:
    return frozenset(word for word in singulars(text) if word not in STOP_WORDS)


def _find_opening_sentence(article: Article, reports: Sequence[Report], limit: int | None) -> Span | None:
    """The first sentence that can stand alone among the first `limit` of the opening, or among all of them (None)."""
    with_pronoun = [report.claim.sentence for report in reports if _is_said_by_pronoun(report)]
    for span in islice(list_opening_sentences(article), limit):
        if _stands_alone(span.of(article.text)) and not any(
            sentence is not None and span.start < sentence.end and sentence.start < span.end
            for sentence in with_pronoun
        ):
            return span
    return None


def _stands_alone(sentence: str) -> bool:
    return not points_back(sentence) and not refers_back(sentence)


def _nearest_to_lead(group: ClaimGroup) -> int:
    """How far from the beginning of an article its claim stands: what is news stands at the top of one."""
    return min(report.claim.span.start for report in group.reports)


def _find_sentence_that_stands_alone(group: ClaimGroup, earlier: Sequence[str]) -> SummarySentence | None:
    """The sentence of the canonical report, or else of the first, that holds the claim and can stand alone.

    `earlier`: the sentences before it, which may name in full whom it calls by the last name.
    """
    for report in (group.canonical, *group.reports):
        sentence = report.claim.sentence
        if sentence is None or not sentence.holds(report.claim.span) or _is_said_by_pronoun(report):
            continue
        span = _without_opening(report.article, sentence)
        text = span.of(report.article.text)
        if span.holds(report.claim.span) and _stands_alone(text) and _introduces_speaker(report, (*earlier, text)):
            return _build_summary_sentence(report.article, span)
    return None


def _introduces_speaker(report: Report, sentences: Sequence[str]) -> bool:
    """Whether a person who speaks is named in full: "Reyl said" does not tell who that is."""
    speaker = report.claim.speaker
    if speaker is None or speaker.kind is not SpeakerKind.PERSON or " " in speaker.surface:
        return True
    return " " not in speaker.canonical or any(speaker.canonical in sentence for sentence in sentences)


def _without_opening(article: Article, sentence: Span) -> Span:
    """The sentence behind a bullet, a label or a dateline."""
    start = sentence.start + opening_end(sentence.of(article.text))
    behind = trim(article.text, start, sentence.end)
    return sentence if behind is None else behind.to_span()


def _is_said_by_pronoun(report: Report) -> bool:
    """Whether the text names the speaker of a claim elsewhere: by a pronoun, or in another sentence."""
    speaker, sentence = report.claim.speaker, report.claim.sentence
    if speaker is None:
        return False
    return speaker.surface.casefold() in PRONOUNS or (sentence is not None and not sentence.holds(speaker.span))


def _build_summary_sentence(article: Article, span: Span) -> SummarySentence:
    return SummarySentence(text=span.of(article.text), article_id=article.article_id, span=span)


def _is_repetition(sentence: str, other_sentence: str) -> bool:
    """Whether the longer sentence has most neighbouring words of the shorter; word order counts, unlike for bags."""
    shorter, longer = (
        set(pairwise(words)) for words in sorted((singulars(sentence), singulars(other_sentence)), key=len)
    )
    return bool(shorter) and len(shorter & longer) / len(shorter) >= _REPEATED
