import random
from collections.abc import Mapping

import numpy as np
import pytest
from numpy.typing import NDArray

from services.contracts.article import Article, KindOfText, TextKind
from services.dedupe.embedding.whole_numbers import round_to_whole_numbers
from services.dedupe.merging.headline import CentralArticles, choose_headline
from services.dedupe.merging.plain_titles import looks_ahead
from tests.support.dedupe_articles import direction, make_article


def lead(number: int, near: NDArray[np.float32] | None = None, spread: float = 0.0) -> NDArray[np.int16]:
    """A vector of a lead."""
    vector = direction(number) if near is None else direction(number, near, spread)
    return round_to_whole_numbers(vector).astype(np.int16)


def test_the_headline_is_that_of_the_article_most_like_the_others() -> None:
    base = direction(1)
    articles = [make_article(f"o{n}", "Text of it.", title=f"Title {n}") for n in range(4)]
    leads = [lead(9), lead(1), lead(2, base, 0.3), lead(3, base, 0.3)]
    assert choose_headline(articles, leads)[0] == "Title 1"


def test_without_titles_the_first_sentence_is_the_headline() -> None:
    article = make_article("o", "By Jonas\nA car ferry capsized minutes after leaving Port Eldrin. More.")
    title, _ = choose_headline([article], [lead(1)])
    assert title == "A car ferry capsized minutes after leaving Port Eldrin."


def headline(titles: Mapping[str, TextKind | None], *, text: str = "Text of it.") -> str:
    """Of articles of these titles and kinds; the first is the most central one."""
    base = direction(1)
    articles = [
        make_article(f"o{at}", text, title=title).model_copy(
            update={"text_kind": kind and KindOfText(kind=kind, evidence="said so")}
        )
        for at, (title, kind) in enumerate(titles.items())
    ]
    leads = [lead(1), *(lead(at + 2, base, 0.3) for at in range(len(articles) - 1))]
    return choose_headline(articles, leads)[0]


@pytest.mark.parametrize(
    "feature",
    [
        "Why the ferry capsized",
        "What we know about the ferry",
        "Who is to blame for the ferry\u2019s end?",
        "Ferry of Port Eldrin: how it capsized",
        "5 things about the ferry of Port Eldrin",
        "You should never take the ferry of Port Eldrin",
        "The ferry disaster, explained",
        "Timeline: The last hours of the ferry",
        "Poor ferry!",
        "Analysis: The ferry that nobody checked",
    ],
)
def test_a_plain_title_goes_before_that_of_a_feature(feature: str) -> None:
    plain = "Ferry capsizes off Port Eldrin"
    assert headline({feature: None, plain: None, "Divers reach ferry": None}) != feature


def test_a_report_goes_before_comments_and_live_blogs_and_these_before_nothing() -> None:
    comment, live = "Close the port of Port Eldrin", "Ferry off Port Eldrin: the rescue as it happens"
    plain = "Ferry capsizes off Port Eldrin"
    given = {comment: TextKind.OPINION, live: TextKind.LIVE_BLOG}
    assert headline({**given, plain: None}) == plain
    assert headline({**given, "Why it capsized": None}) == "Why it capsized"
    assert headline(given) == comment


@pytest.mark.parametrize(
    "plain",
    [
        "Minister: We will rebuild the port",
        "\u2018We should have closed it,\u2019 master says",
        "WHO sends doctors to Port Eldrin",
        "Three dead as ferry capsizes off Port Eldrin",
        "US to help Port Eldrin after World War I mine sinks ferry",
        "Port should stay closed, auditor says",
    ],
)
def test_what_somebody_is_reported_to_say_is_plain(plain: str) -> None:
    assert headline({plain: None, "Why it capsized": None, "The ferry, explained": None}) == plain


def test_of_plain_titles_that_of_most_shared_words_is_the_headline() -> None:
    text = "Fourteen people died when a ferry capsized off Port Eldrin on Tuesday."
    titles = dict.fromkeys(("Grief on the coast", "Ferry capsizes off Port Eldrin", "Long night of a town"))
    assert headline(titles, text=text) == "Ferry capsizes off Port Eldrin"


def test_a_title_that_tells_the_outcome_goes_before_one_from_before() -> None:
    ahead, outcome = "Court of Port Eldrin to rule on ferry ban", "Court of Port Eldrin rules on ferry ban"
    text = f"{ahead}. The court of Port Eldrin has the ferry ban on its list."
    assert headline({ahead: None, outcome: None, "Fog over the harbour": None}, text=text) == outcome


@pytest.mark.parametrize("seed", range(5))
def test_the_most_central_article_is_the_same_however_the_articles_came(seed: int) -> None:
    chance = random.Random(seed)
    central = CentralArticles()
    held: dict[str, tuple[Article, NDArray[np.int16]]] = {}
    for step in range(40):
        for at in range(chance.choice((1, 1, 2, 30))):
            held[f"art_{step}_{at}"] = make_article(f"o{step}.{at}", "Text."), lead(chance.randrange(300))
        for gone in chance.sample(sorted(held), min(len(held) - 1, chance.choice((0, 0, 1, 3)))):
            del held[gone]
        if chance.random() < 0.3:  # revised
            held[chance.choice(sorted(held))] = make_article("revised", f"Text {step}."), lead(chance.randrange(300))
        articles, leads = [article for article, _ in held.values()], [vector for _, vector in held.values()]
        whole = np.array(leads).astype(np.float64)
        expected = 0 if len(articles) < 3 else int(np.argmax(whole @ whole.sum(axis=0)))
        assert next(central.rank_articles(articles, leads)) is articles[expected]


@pytest.mark.parametrize(
    ("title", "ahead"),
    [
        ("The port may close for a year", True),
        ("Harbour set to close", True),
        ("Port vote preview: Reyl faces Brandt", True),
        ("Masters hope for a win in court", True),
        ("Reyl to meet masters of Port Eldrin", True),
        ("Ferry ban: Reyl, Brandt to speak in court", True),
        ("Minister Ada Reyl will sign the law", True),
        ("Reyl will not sign the law", False),
        ("Reyl to masters: Come to Port Eldrin", False),
        ("Reyl refuses to meet masters", False),
        ("What to watch in Port Eldrin", False),
        ("Ferry from Tannerby to the coast sinks", False),
        ("Theresa May resigns", False),
        ("Bridge of May 5 is open", False),
    ],
)
def test_a_title_looks_ahead_by_its_verbs(title: str, ahead: bool) -> None:
    assert looks_ahead(title) is ahead
