"""What is remembered of the countries near the sources of an event is what a fresh reading finds."""

import random

from services.contracts.base import Span
from services.contracts.claim import ArticleName, NameForm, NameLink
from services.dedupe.merging.sources.countries import PLACE, Countries, NearCountries

TEXTS = {
    "one": "Solven minister Ada Reyl spoke in Port Eldrin. Old Port Eldrin is far away.",
    "two": "Ada Reyl of Marven met Ole Brandt, who came from Port Eldrin.",
    "three": "Nobody but Ole Brandt was asked in Marven, near Solven.",
}
FORMS = {"Ada Reyl": {"Ada Reyl", "Reyl"}, "Ole Brandt": {"Ole Brandt"}}
PLACES = (("Solven", "SO"), ("Marven", "MA"), ("Port Eldrin", "PE"), ("Old Port Eldrin", "OE"), ("Port Eldrin", "SO"))


def place(surface: str, code: str) -> ArticleName:
    form = NameForm(surface=surface, span=Span(start=0, end=len(surface)), mentions=1, link=NameLink.SAME)
    return ArticleName(name=surface, type=PLACE, key=f"{code}/{surface}", forms=(form,))


def test_articles_are_read_again_only_where_their_countries_or_sources_are_others() -> None:
    chance = random.Random(5)
    known = NearCountries()
    for _ in range(40):
        named = chance.sample(PLACES, chance.randint(0, len(PLACES)))
        countries = Countries(place(*one) for one in named)
        known.begin_view(countries)
        for article in chance.sample(sorted(TEXTS), 2):
            forms = {name: FORMS[name] for name in chance.sample(sorted(FORMS), chance.randint(1, 2))}
            assert known.count_countries_near(article, TEXTS[article], forms) == countries.count_countries_near(
                TEXTS[article], forms
            )


def test_what_has_not_changed_is_not_read_again() -> None:
    known = NearCountries()
    known.begin_view(Countries([place("Solven", "SO")]))
    before = known.count_countries_near("one", TEXTS["one"], FORMS)
    assert before
    known.begin_view(Countries([place("Solven", "SO"), place("Gorsley", "GO")]))  # of which the text does not tell
    assert known.count_countries_near("one", TEXTS["one"], FORMS) is before
    known.begin_view(Countries([place("Solven", "MA")]))
    assert known.count_countries_near("one", TEXTS["one"], FORMS) != before
