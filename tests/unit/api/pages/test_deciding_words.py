import pytest

from services.api.names.name_keys import NameKeys
from services.api.pages.article_index import ArticleIndex
from services.api.pages.deciding_words import deciding_spans, said_in
from services.api.pages.position_views import side_views
from services.contracts.base import Span
from services.contracts.event_claims import Contradiction, ContradictionKind, Passage, Position
from tests.unit.api.examples import disputed

CLOSED = "The bow door was closed and locked, and every light on the bridge showed it"
OPEN = "The bow door was not fully closed when the ship left the quay"


def marked(text: str, *others: str, cue: str | None = None) -> list[str]:
    return [span.of(text) for span in deciding_spans(text, said_in(others), cue)]


@pytest.mark.parametrize(
    ("text", "others", "words"),
    [
        (OPEN, [CLOSED], ["not fully closed"]),
        (CLOSED, [OPEN], ["closed"]),
        ("The doors did close", ["a closed door"], []),
        ("It didn’t sink", ["it sank"], ["didn’t sink"]),
        ("The doors weren't closed, nor could they be", ["It closed"], ["weren't closed"]),
        ("No ship of ours has ever left a berth with a door open", [OPEN], []),
        ("The line was live until noon", ["The line was switched off"], []),
        ("It was not late, the ship left at noon", ["The ship left"], []),
        ("He said: you don't belong here, no one does", ["the allegations"], []),
        ("The decision was unanimous", ["Three wanted a smaller rise"], []),
    ],
)
def test_what_one_side_negates_and_the_other_does_not_is_marked(text: str, others: list[str], words: list[str]) -> None:
    assert marked(text, *others) == words


def test_the_word_by_which_somebody_denies_is_marked() -> None:
    assert marked("rejected that account", OPEN, cue="rejected") == ["rejected"]
    assert marked("rejected that account", OPEN) == []


def test_words_without_meaning_are_not_marked() -> None:
    assert marked("It was not the one that they had", "they had it, that was on Monday") == []


def sides(*positions: tuple[str, str]) -> list[list[str]]:
    """Marked words of each side; of each position what it says in short and in its words."""
    given = disputed().claims[0]
    claims = {
        f"clm_{number}": given.model_copy(
            update={
                "claim_id": f"clm_{number}",
                "text": text,
                "supports": (
                    given.supports[0].model_copy(update={"text": text, "span": Span(start=0, end=len(text))}),
                ),
            }
        )
        for number, (_, text) in enumerate(positions)
    }
    contradiction = Contradiction(
        kind=ContradictionKind.POLARITY,
        sides=tuple(claims),
        positions=tuple(
            Position(
                claim_id=claim.claim_id,
                says=says,
                passages=(Passage(article_id="art_1", span=claim.supports[0].span, text=claim.text),),
            )
            for claim, (says, _) in zip(claims.values(), positions, strict=True)
        ),
        explanation="",
    )
    views = side_views(contradiction, claims, ArticleIndex(disputed().articles), NameKeys())
    return [[segment.text for segment in view.wordings[0].segments if segment.inside] for view in views]


def test_only_the_words_of_those_who_say_otherwise_count() -> None:
    assert sides(("says so", OPEN), ("says otherwise", CLOSED)) == [
        ["not fully closed"],
        ["closed"],
    ]
    assert sides(("says so", OPEN), ("says so", CLOSED)) == [[], []]
