"""Summary of an event: sentences chosen from its articles, never written."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from itertools import chain, islice, pairwise

from services.contracts.article import Article
from services.contracts.base import Span
from services.contracts.claim import SpeakerKind
from services.contracts.event import SummarySentence
from services.contracts.event_claims import Contradiction
from services.dedupe.merging.claims.claim_group import ClaimGroup
from services.dedupe.merging.claims.report import Report
from services.dedupe.merging.headline import find_first_sentence, list_opening_sentences
from services.dedupe.merging.opening_forms import names_weekday, weigh_opening, weigh_quotation
from services.dedupe.merging.opening_words import OpeningWords, content_stems
from services.dedupe.merging.outcomes import Outcomes
from services.dedupe.merging.plain_titles import Plainness, plainness_of
from services.dedupe.merging.standing_sentences import find_standing_sentence, is_said_by_pronoun, stands_alone
from services.dedupe.merging.summary_answers import list_answers
from services.language.stems import singulars

SENTENCES = 3
MOST_OPENINGS = 16
"""Articles whose openings may open the summary: the one that stands for the event, and the newest."""
_FIRST_SENTENCES = 2
"""How many sentences at the head of any other article can open the summary."""
_OWN = 1.3
"""Factor that favours an opening of the article that stands for the event."""
_LEAST_FURTHER = 0.35
"""Share of the weight of the first sentence that a further opening must have in words that are new."""
_NEWER = timedelta(hours=6)
"""How much later than the sentences of a summary a report is that tells what has happened since."""
_LEAST_NEWEST = 0.15
"""Share of the weight of the first sentence that the opening of that report must have: what is new is in few words."""
_OUTDATED = 0.5
"""Factor of an opening that announces what another article tells as done."""
_BY_ORIGINS = 0.25
"""By how much the factor of a claim grows for each origin after the first."""
_REPEATED = 0.4
"""Share of word pairs from which a sentence repeats one of the summary."""
_REPEATED_WORDS = 0.4
"""Share of content words likewise."""


@dataclass(frozen=True)
class _Candidate:
    """A sentence that may stand in the summary.

    Attributes:
        sentence: The sentence.
        article: Whose it is.
        factor: By which its words weigh.
        is_shared: Whether it has a claim of several origins.
    """

    sentence: SummarySentence
    article: Article
    factor: float = 1.0
    is_shared: bool = False

    def weigh(self, words: OpeningWords, known: frozenset[str]) -> float:
        """Its weight beside sentences whose stems are known."""
        return self.factor * words.weigh_sentence(self.sentence.text, self.article, known)


def build_summary(
    article: Article,
    reports_by_article: Mapping[str, Sequence[Report]],
    shared_claims: Sequence[ClaimGroup],
    others: Sequence[Article] = (),
    contradictions: Sequence[Contradiction] = (),
) -> tuple[SummarySentence, ...]:
    """Return a sentence that opens the event, then those that add most of what its articles open with and share.

    What the newest report opens with is one more, if it is newer than the first. So is, behind what somebody
    contradicts, a sentence that says so.

    Each sentence can stand alone: it starts behind a dateline, names whoever speaks or acts in it, and does not mention
    "the report" without saying which.

    Args:
        article: The article that stands for the event.
        reports_by_article: Claims of each article by its id.
        shared_claims: Merged claims of several origins, the best reported first (`SharedClaims`).
        others: Articles that may open the summary as well, in publication order.
        contradictions: Of the event's claims.
    """
    newest = (other for other in reversed(others) if other.article_id != article.article_id)
    pool = [article, *islice(newest, MOST_OPENINGS - 1)]
    words = OpeningWords(pool)
    openings = list(_list_openings(pool, reports_by_article))
    nothing: frozenset[str] = frozenset()
    if openings:
        best = max(openings, key=lambda opening: opening.weigh(words, nothing))
        chosen, least = [best.sentence], _LEAST_FURTHER * best.weigh(words, nothing)
    else:
        chosen, least = [_build_summary_sentence(article, find_first_sentence(article))], 0.0
    while len(chosen) < SENTENCES:
        sentence = _choose_further(words, openings, shared_claims, chosen, least)
        if sentence is None:
            break
        chosen.append(sentence)
    newest_sentence = _find_newest(words, openings, chosen)
    if newest_sentence is not None:
        chosen.append(newest_sentence)
    return _add_answer(chosen, contradictions, reports_by_article)


def _find_newest(
    words: OpeningWords, openings: Sequence[_Candidate], chosen: Sequence[SummarySentence]
) -> SummarySentence | None:
    """The opening of the newest report, if it tells what has happened since the one that the first sentence is of."""
    first = chosen[0]
    opener = next((opening.article for opening in openings if opening.sentence is first), None)
    dated = [
        (opening.article.published_at, opening)
        for opening in openings
        if opening.article.published_at is not None and plainness_of(opening.article) is Plainness.REPORT
    ]
    if opener is None or opener.published_at is None or not dated:
        return None
    time, newest = max(dated, key=lambda entry: (entry[0], entry[1].article.article_id))
    text, article_id = newest.sentence.text, newest.article.article_id
    if time - opener.published_at < _NEWER or any(sentence.article_id == article_id for sentence in chosen):
        return None
    if not names_weekday(text) or _repeats_any(text, [sentence.text for sentence in chosen]):
        return None
    least = _LEAST_NEWEST * words.weigh_sentence(first.text, opener)
    return newest.sentence if newest.weigh(words, content_stems(first.text)) >= least else None


def _add_answer(
    chosen: Sequence[SummarySentence],
    contradictions: Sequence[Contradiction],
    reports_by_article: Mapping[str, Sequence[Report]],
) -> tuple[SummarySentence, ...]:
    """The sentences, with the one behind the first contradicted of them that says the contrary."""
    texts = [sentence.text for sentence in chosen]
    for at, sentence in enumerate(chosen):
        for report, span in list_answers(sentence, chosen, contradictions, reports_by_article):
            text = span.of(report.article.text)
            if _introduces_speaker(report, (*texts, text)) and text not in texts:
                answer = _build_summary_sentence(report.article, span)
                return (*chosen[: at + 1], answer, *chosen[at + 1 :])
    return tuple(chosen)


def _list_openings(pool: Sequence[Article], reports_by_article: Mapping[str, Sequence[Report]]) -> Iterator[_Candidate]:
    """The opening of each article that has one which can stand alone."""
    own = pool[0]
    openings = []
    for article in pool:
        limit = None if article is own else _FIRST_SENTENCES
        span = _find_opening_sentence(article, reports_by_article.get(article.article_id, ()), limit)
        if span is not None:
            openings.append((_build_summary_sentence(article, span), article))
    titles = ((article.title or "", article) for article in pool)
    outcomes = Outcomes(chain(titles, ((sentence.text, article) for sentence, article in openings)))
    for sentence, article in openings:
        factor = weigh_opening(sentence.text, article) * (_OWN if article is own else 1.0)
        factor *= _OUTDATED if outcomes.are_known_of_sentence(sentence.text, article) else 1.0
        yield _Candidate(sentence, article, factor)


def _choose_further(
    words: OpeningWords,
    openings: Sequence[_Candidate],
    shared: Sequence[ClaimGroup],
    chosen: Sequence[SummarySentence],
    least: float,
) -> SummarySentence | None:
    """The sentence with most that the chosen ones lack: an opening, or that of a claim of several origins."""
    texts = [sentence.text for sentence in chosen]
    known = frozenset().union(*map(content_stems, texts))
    claims = (_find_sentence_that_stands_alone(group, texts) for group in shared)
    best: tuple[float, SummarySentence] | None = None
    for candidate in (*filter(None, claims), *openings):
        weight = candidate.weigh(words, known)
        is_enough = candidate.is_shared or weight >= least > 0
        if is_enough and (best is None or weight > best[0]) and not _repeats_any(candidate.sentence.text, texts):
            best = weight, candidate.sentence
    return best[1] if best is not None else None


def _find_opening_sentence(article: Article, reports: Sequence[Report], limit: int | None) -> Span | None:
    """The first sentence that can stand alone among the first `limit` of the opening, or among all of them (None)."""
    with_pronoun = [report.claim.sentence for report in reports if is_said_by_pronoun(report)]
    for span in islice(list_opening_sentences(article), limit):
        if stands_alone(span.of(article.text)) and not any(
            sentence is not None and span.start < sentence.end and sentence.start < span.end
            for sentence in with_pronoun
        ):
            return span
    return None


def _find_sentence_that_stands_alone(group: ClaimGroup, earlier: Sequence[str]) -> _Candidate | None:
    """The sentence of the canonical report, or else of the first, that holds the claim and can stand alone.

    `earlier`: the sentences before it, which may name in full whom it calls by the last name.
    """
    for report, span in _list_standing_sentences(group):
        text = span.of(report.article.text)
        if _introduces_speaker(report, (*earlier, text)):
            factor = weigh_quotation(text) * (1 + _BY_ORIGINS * (group.origin_count - 1))
            return _Candidate(_build_summary_sentence(report.article, span), report.article, factor, is_shared=True)
    return None


def _list_standing_sentences(group: ClaimGroup) -> Iterator[tuple[Report, Span]]:
    """Those of the canonical report, then of all of them in their order; those of comments last."""
    comments = []
    for report in chain((group.canonical,), group.reports):
        span = find_standing_sentence(report)
        if span is None:
            continue
        if plainness_of(report.article) >= Plainness.COMMENT:
            comments.append((report, span))
        else:
            yield report, span
    yield from comments


def _introduces_speaker(report: Report, sentences: Sequence[str]) -> bool:
    """Whether a person who speaks is named in full: "Reyl said" does not tell who that is."""
    speaker = report.claim.speaker
    if speaker is None or speaker.kind is not SpeakerKind.PERSON or " " in speaker.surface:
        return True
    return " " not in speaker.canonical or any(speaker.canonical in sentence for sentence in sentences)


def _build_summary_sentence(article: Article, span: Span) -> SummarySentence:
    return SummarySentence(text=span.of(article.text), article_id=article.article_id, span=span)


def _repeats_any(text: str, others: Sequence[str]) -> bool:
    return any(_is_repetition(text, other) or _has_same_words(text, other) for other in others)


def _has_same_words(sentence: str, other_sentence: str) -> bool:
    """Whether the sentence of fewer words has most of them from the other."""
    fewer, more = sorted((content_stems(sentence), content_stems(other_sentence)), key=len)
    return bool(fewer) and len(fewer & more) / len(fewer) >= _REPEATED_WORDS


def _is_repetition(sentence: str, other_sentence: str) -> bool:
    """Whether the longer sentence has most neighbouring words of the shorter; word order counts, unlike for bags."""
    shorter, longer = (
        set(pairwise(words)) for words in sorted((singulars(sentence), singulars(other_sentence)), key=len)
    )
    return bool(shorter) and len(shorter & longer) / len(shorter) >= _REPEATED
