"""What an event keeps of its names and sources while it grows is what the same articles taken at once have."""

import random
from collections.abc import Mapping
from dataclasses import replace

import pytest

from services.contracts.event import EventEntity
from services.dedupe.merging.sources.article_sources import ResolvedSource
from services.dedupe.merging.sources.attributed import AttributedArticle
from services.dedupe.merging.sources.resolution import EventSources
from tests.support.attributed_articles import make_article_of_names, make_attributed_article

Resolved = tuple[tuple[EventEntity, ...], dict[str, list[ResolvedSource]]]


def resolve(articles: Mapping[str, AttributedArticle], kept: EventSources | None = None) -> Resolved:
    sources = EventSources() if kept is None else kept
    sources.update_articles(articles, sources.article_ids - articles.keys())
    return sources.list_entities(), {article_id: list(sources.list_sources(article_id)) for article_id in articles}


def change(held: dict[str, AttributedArticle], chance: random.Random, step: int) -> None:
    """An article comes, is revised, loses some of its claims, or goes."""
    kind = chance.choice(("come", "come", "come", "revised", "fewer claims", "go", "go with others"))
    if kind == "come" or not held:
        article_id, article = make_attributed_article(chance.randrange(25))
        held[article_id] = article
    elif kind == "revised":
        article_id, article = make_attributed_article(chance.randrange(25), revision=step + 2)
        held[article_id] = article
    elif kind == "fewer claims":
        article_id = chance.choice(sorted(held))
        held[article_id] = replace(held[article_id], claims=held[article_id].claims[:-1])
    else:
        for article_id in chance.sample(sorted(held), min(len(held), 1 if kind == "go" else 4)):
            del held[article_id]


@pytest.mark.parametrize("seed", range(30))
def test_articles_that_come_go_and_change_leave_the_sources_of_those_that_are_there(seed: int) -> None:
    chance = random.Random(seed)
    kept = EventSources()
    held: dict[str, AttributedArticle] = {}
    for step in range(80):
        for _ in range(chance.choice((1, 1, 1, 3))):
            change(held, chance, step)
        shuffled = {article_id: held[article_id] for article_id in chance.sample(sorted(held), len(held))}
        assert resolve(held, kept) == resolve(shuffled)


def find_last_source(*articles: tuple[str, AttributedArticle]) -> tuple[str | None, str | None]:
    """The source of the first article when the last has come, as it is kept and as it is from nothing."""
    kept = EventSources()
    kept.update_articles(dict(articles[:-1]))
    kept.update_articles(dict(articles))
    whole = EventSources()
    whole.update_articles(dict(articles))
    return kept.list_sources(articles[0][0])[0].name, whole.list_sources(articles[0][0])[0].name


def test_of_two_names_with_one_form_a_speaker_is_the_one_in_fewer_articles_now() -> None:
    ada, firm = ("Ada Reyl", "person", "ada reyl"), ("Reyl", "organisation", "reyl/firm")
    spoken = make_article_of_names("a", [ada, firm], "Reyl", forms=["Reyl"])
    with_firm = [make_article_of_names("b", [firm])]
    assert find_last_source(spoken, *with_firm) == ("Ada Reyl", "Ada Reyl")
    with_ada = [make_article_of_names(outlet, [ada]) for outlet in "cd"]
    assert find_last_source(spoken, *with_firm, *with_ada) == ("Reyl", "Reyl")


def test_a_speaker_has_the_fullest_name_also_when_other_articles_change_which_that_is() -> None:
    one, other = ("Ilya Marchenkov", "person", "ilia marchenkov"), ("Ilia Marchenkov", "person", "ilia marchenkov")
    spoken = make_article_of_names("a", [("Marchenkov", "person", "marchenkov")], "Marchenkov")
    articles = [spoken, make_article_of_names("b", [one])]
    assert find_last_source(*articles) == ("Ilya Marchenkov", "Ilya Marchenkov")
    articles.append(make_article_of_names("c", [other]))  # as many articles; the first by the alphabet
    assert find_last_source(*articles) == ("Ilia Marchenkov", "Ilia Marchenkov")


def test_a_place_of_two_countries_is_that_of_most_articles_as_each_writes_it() -> None:
    spoken = make_article_of_names("a", [("Port-Eldrin", "place", "SO/eldrin")], "Port-Eldrin")
    others = [make_article_of_names(outlet, [("Port Eldrin", "place", "MA/eldrin")]) for outlet in "bcdef"]
    assert find_last_source(spoken, *others) == ("SO", "SO")
    others.append(make_article_of_names("g", [("Port-Eldrin", "place", "MA/eldrin")]))  # as many; the first by country
    assert find_last_source(spoken, *others) == ("MA", "MA")


def test_sources_are_found_in_the_articles_of_chance() -> None:
    entities, sources = resolve(dict(make_attributed_article(number) for number in range(25)))
    resolved = [one for of_article in sources.values() for one in of_article]
    assert {entity.type for entity in entities} >= {"person", "organisation", "place"}
    assert any(len(entity.variants) > 1 for entity in entities)
    assert {one.side for one in resolved} >= {None, "SO", "MA"}
    assert any(len(one.chain) > 1 for one in resolved)


def test_articles_that_nothing_changes_for_keep_the_very_same_list_of_sources() -> None:
    held = dict(make_attributed_article(number) for number in range(12))
    kept = EventSources()
    kept.update_articles(held)
    before = {article_id: kept.list_sources(article_id) for article_id in held}
    kept.update_articles(held)
    assert all(kept.list_sources(article_id) is before[article_id] for article_id in held)
