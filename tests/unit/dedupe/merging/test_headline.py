import numpy as np

from services.dedupe.merging.headline import build_summary, choose_headline
from tests.support.dedupe_articles import direction, make_article


def test_the_headline_is_that_of_the_article_most_like_the_others() -> None:
    base = direction(1)
    articles = [make_article(f"o{n}", "Text of it.", title=f"Title {n}") for n in range(4)]
    leads = np.array([direction(9), base, direction(2, base, 0.3), direction(3, base, 0.3)])
    assert choose_headline(articles, leads)[0] == "Title 1"


def test_without_titles_the_first_sentence_is_the_headline() -> None:
    article = make_article("o", "By Jonas\nA car ferry capsized minutes after leaving Port Eldrin. More.")
    title, _ = choose_headline([article], np.array([direction(1)]))
    assert title == "A car ferry capsized minutes after leaving Port Eldrin."


def test_a_summary_sentence_is_verbatim_and_not_the_title_again() -> None:
    title = "A car ferry capsized minutes after leaving Port Eldrin"
    article = make_article(
        "o", f"{title}.\nFourteen people were killed in the worst accident for years. End.", title=title
    )
    (sentence,) = build_summary(article, [])
    assert sentence.text == sentence.span.of(article.text)
    assert sentence.text.startswith("Fourteen people")
