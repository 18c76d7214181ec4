import pytest

from services.dedupe.merging.outcomes import Outcomes
from tests.support.dedupe_articles import make_article


def outcome_is_known(announcement: str, told: str, *, days: float = 1.0) -> bool:
    """Whether a title tells, `days` after an announcement, how it ended."""
    earlier, later = (
        make_article("one", "Text.", title=announcement),
        make_article("two", "Text.", title=told, days=days),
    )
    titles = [(article.title or "", article) for article in (earlier, later)]
    return Outcomes(titles).are_known_of_title(earlier)


@pytest.mark.parametrize(
    ("announcement", "told"),
    [
        ("Reyl to meet the masters of Port Eldrin", "Reyl meets the masters in the harbour office"),
        ("Minister to sign law on ferries on Friday", "Minister signed law on ferries after all"),
        ("Ferry line to be closed in spring", "Ferry line closed, quay sold"),
        ("Ferry ban to go into effect on Monday", "Ferry ban goes into effect despite courts"),
        ("Insiders: Reyl and Brandt will win the vote", "Brandt and Reyl win the vote in Port Eldrin"),
    ],
)
def test_a_later_title_tells_as_done_what_was_announced(announcement: str, told: str) -> None:
    assert outcome_is_known(announcement, told)
    assert outcome_is_known(announcement, told, days=0.0), "many articles tell the day only"
    assert not outcome_is_known(announcement, told, days=-1.0)


@pytest.mark.parametrize(
    ("announcement", "told"),
    [
        ("Reyl to meet the masters of Port Eldrin", "Reyl may meet the masters of Port Eldrin on Friday"),
        ("Reyl to meet the masters of Port Eldrin", "Divers met fog"),
        ("Masters send answers to questions of Port Eldrin", "Port Eldrin questions answers of masters"),
        ("Masters will not sign the law on ferries", "Masters say why no law on ferries is signed"),
        ("Ferry sails face-to-face with fog bank", "Ferry faces fog bank off Port Eldrin"),
        ("Ferry returns to port with engine on fire", "Ferry of the port\u2019s line: engine on fire"),
    ],
)
def test_a_plan_another_deed_and_what_is_no_verb_tell_no_outcome(announcement: str, told: str) -> None:
    assert not outcome_is_known(announcement, told)


def test_an_article_does_not_tell_the_outcome_of_its_own_title() -> None:
    title = "Reyl to meet masters who met Brandt"
    article = make_article("one", "Text.", title=title)
    assert not Outcomes([(title, article)]).are_known_of_title(article)


@pytest.mark.parametrize(
    ("sentence", "is_known"),
    [
        ("The court of Port Eldrin will rule on the ban of ferries on Tuesday.", True),
        ("The ban of ferries will be lifted by the court of Port Eldrin.", True),
        ("The court of Port Eldrin met masters to rule on the ban of ferries.", False),
        ("The ban of ferries will be the next ruling of the court.", False),
        ("The court will rule.", False),
    ],
)
def test_a_sentence_announces_by_will(sentence: str, is_known: bool) -> None:
    told = "The court of Port Eldrin ruled that the ban of ferries was to end, and lifted it."
    earlier, later = make_article("one", sentence), make_article("two", told, days=1)
    assert Outcomes([(told, later)]).are_known_of_sentence(sentence, earlier) is is_known
