import random

import numpy as np
import pytest
from numpy.typing import NDArray

from services.dedupe.embedding.whole_numbers import round_to_whole_numbers
from services.dedupe.merging.headline import CentralArticles, choose_headline
from tests.support.dedupe_articles import direction, make_article

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
