import random

import numpy as np
import pytest
from numpy.typing import NDArray

from services.contracts.article import Article
from services.contracts.base import Span
from services.contracts.claim import ClaimKind
from services.dedupe.embedding.whole_numbers import round_to_whole_numbers
from services.dedupe.merging.claims.grouping import ClaimGroup
from services.dedupe.merging.claims.report import Report
from services.dedupe.merging.headline import CentralArticles, build_summary, choose_headline
from tests.support.dedupe_articles import direction, make_article, make_claim
from tests.support.reports import make_report

NEAR = direction(1)


def test_the_headline_is_that_of_the_article_most_like_the_others() -> None:
    base = direction(1)
    articles = [make_article(f"o{n}", "Text of it.", title=f"Title {n}") for n in range(4)]
    leads = [direction(9), base, direction(2, base, 0.3), direction(3, base, 0.3)]
    assert choose_headline(articles, leads)[0] == "Title 1"


def test_without_titles_the_first_sentence_is_the_headline() -> None:
    article = make_article("o", "By Jonas\nA car ferry capsized minutes after leaving Port Eldrin. More.")
    title, _ = choose_headline([article], [direction(1)])
    assert title == "A car ferry capsized minutes after leaving Port Eldrin."


def test_a_summary_sentence_is_verbatim_and_not_the_title_again() -> None:
    title = "A car ferry capsized minutes after leaving Port Eldrin"
    article = make_article(
        "o", f"{title}.\nFourteen people were killed in the worst accident for years. End.", title=title
    )
    (sentence,) = build_summary(article, [], [])
    assert sentence.text == sentence.span.of(article.text)
    assert sentence.text.startswith("Fourteen people")


@pytest.mark.parametrize("seed", range(5))
def test_the_most_central_article_is_the_same_however_the_articles_came(seed: int) -> None:
    chance = random.Random(seed)
    central = CentralArticles()
    held: dict[str, NDArray[np.float32]] = {}
    for step in range(40):
        for at in range(chance.choice((1, 1, 2, 30))):
            held[f"art_{step}_{at}"] = direction(chance.randrange(300))
        for gone in chance.sample(sorted(held), min(len(held) - 1, chance.choice((0, 0, 1, 3)))):
            del held[gone]
        if chance.random() < 0.3:  # revised
            held[chance.choice(sorted(held))] = direction(chance.randrange(300))
        ids = list(held)
        whole = round_to_whole_numbers(np.array(list(held.values()))).astype(np.float64)
        expected = 0 if len(ids) < 3 else int(np.argmax(whole @ whole.sum(axis=0)))
        assert central.find_most_central_article(held) == ids[expected]


def report_of(article: Article, text: str, *, sentence: str, speaker: str | None = None) -> Report:
    """A report of `text`, which stands in `sentence`, by a speaker whom the article writes as `speaker`."""
    claim = make_claim(article, text, kind=ClaimKind.STATEMENT, speaker=speaker)
    start = article.text.index(sentence)
    named = claim.speaker
    if named is not None and speaker is not None:
        at = article.text.index(speaker, start)
        named = named.model_copy(update={"surface": speaker, "span": Span(start=at, end=at + len(speaker))})
    span = Span(start=start, end=start + len(sentence))
    return make_report(article, article.article_id, claim.model_copy(update={"sentence": span, "speaker": named}), NEAR)


def test_a_summary_starts_behind_the_dateline() -> None:
    article = make_article(
        "o", "PORT ELDRIN, March 3 (AP) \u2014 A car ferry capsized minutes after leaving the quay. End."
    )
    (sentence,) = build_summary(article, [], [])
    assert sentence.text == "A car ferry capsized minutes after leaving the quay."
    assert sentence.text == sentence.span.of(article.text)


def test_a_summary_does_not_start_with_who_is_named_elsewhere() -> None:
    opening = "He left the bridge of the ferry before it went down."
    said = "\u201cThe bow door was open when we left the quay,\u201d she said."
    article = make_article("o", f"{opening} {said} A car ferry capsized minutes after leaving the quay.")
    reports = [report_of(article, "The bow door was open", sentence=said, speaker="she")]
    (sentence,) = build_summary(article, reports, [])
    assert sentence.text == "A car ferry capsized minutes after leaving the quay."


def test_a_shared_claim_is_told_by_the_report_that_names_its_speaker() -> None:
    opening = "A car ferry capsized minutes after leaving the quay."
    unclear, clear = "The bow door was open, he said.", "The bow door was open, Minister Ada Reyl said."
    one, other = make_article("one", f"{opening} {unclear}"), make_article("other", f"{opening} {clear}")
    reports = (
        report_of(one, "The bow door was open", sentence=unclear, speaker="he"),
        report_of(other, "The bow door was open", sentence=clear, speaker="Minister Ada Reyl"),
    )
    summary = build_summary(one, [], [ClaimGroup(reports, reports[0])])
    assert [sentence.text for sentence in summary] == [opening, clear]
    assert summary[1].article_id == other.article_id


def test_a_shared_claim_whose_speaker_no_report_names_is_not_in_the_summary() -> None:
    opening, unclear = "A car ferry capsized minutes after leaving the quay.", "The bow door was open, he said."
    articles = [make_article(outlet, f"{opening} {unclear}") for outlet in ("one", "other")]
    reports = tuple(report_of(article, "The bow door was open", sentence=unclear, speaker="he") for article in articles)
    assert len(build_summary(articles[0], [], [ClaimGroup(reports, reports[0])])) == 1
