"""Which articles are read: those in English."""

import pytest

from services.extract.extraction import extract
from services.extract.text.english import is_english
from tests.unit.extract.articles import article

GERMAN = (
    "Die Bürgermeisterin von Tavren hat am Montag erklärt, die Brücke sei sicher. „Wir haben jeden Pfeiler geprüft“, "
    "sagte Ada Reyl vor dem Rathaus. Der Hafen bleibt nach ihren Worten bis zum Ende der Woche geschlossen, weil die "
    "Taucher noch nach dem gesunkenen Kahn suchen. Die Stadt rechnet mit Kosten in Höhe von zwei Millionen Kronen."
)
DUTCH = (
    "De burgemeester zei maandag dat de brug over de haven in de stad veilig is. Ze heeft in de afgelopen week met "
    "alle bewoners gesproken en was daar zelf ook aan het werk. In het stadhuis is over de plannen nog veel te doen, "
    "zei ze, maar er is nu wel een begin. We gaan in mei over op een ander systeem."
)
ENGLISH = (
    "The mayor of Tavren said on Monday that the bridge was safe. “We have looked at every pillar,” Ada Reyl said in "
    "front of the town hall. The harbour will stay closed until the end of the week because divers are still looking "
    "for the barge that sank. The town expects that it will have to pay two million crowns for the work."
)


def test_an_article_in_another_language_has_no_claims_because_only_english_is_read() -> None:
    assert extract(article(GERMAN).model_copy(update={"language": "de"})).claims == ()


def test_a_text_of_unknown_language_is_read_if_its_words_are_english() -> None:
    assert is_english(article(ENGLISH))
    assert extract(article(ENGLISH)).claims
    assert not is_english(article(GERMAN))


def test_dutch_is_not_taken_for_english_by_the_words_that_both_have() -> None:
    assert not is_english(article(DUTCH))


def test_the_language_told_by_the_publisher_counts_more_than_the_words() -> None:
    assert is_english(article(GERMAN).model_copy(update={"language": "en"}))


@pytest.mark.parametrize("text", ["Ja.", "Brücke in Tavren geschlossen", "12,000", ENGLISH])
def test_a_text_that_is_too_short_to_tell_is_read_as_english(text: str) -> None:
    assert is_english(article(text))
