"""Which claim of an event a denial means, by the words that it denies."""

import pytest

from services.contracts.claim import Commitment
from services.dedupe.merging.claim_merging import group_claims
from services.dedupe.merging.contradictions import contradictions
from services.dedupe.merging.denials import Denials, denial_of
from services.dedupe.merging.reports import Report, report, whole_numbers
from tests.support.dedupe_articles import direction, make_article, make_claim

NEAR = direction(5)
LEAK = "the pumps leaked oil into the river for two years"


def told(
    outlet: str, speaker: str, cue: str, words: str, commitment: Commitment = Commitment.ASSERTS, *, near: bool = True
) -> Report:
    """A claim of an article of its own, with a vector near that of all others, or far from it."""
    article = make_article(outlet, f"{speaker} {cue} {words}.")
    made = make_claim(article, words, speaker=speaker, commitment=commitment).model_copy(update={"cue": cue})
    vector = direction(len(words), NEAR, 0.1) if near else direction(len(words) + 1)
    one = report(article, f"org_{outlet}", made, whole_numbers(vector))
    return Report(**{name: getattr(one, name) for name in one.__slots__} | {"source": speaker})


def denied(words: str, cue: str = "denied") -> Report:
    return told("post", "Tolmar Works", cue, words, Commitment.DENIES)


def meant(denial: Report, *others: Report) -> str | None:
    target = Denials([denial, *others]).answered(denial)
    return None if target is None else target.claim.text


@pytest.mark.parametrize(
    "denial",
    [
        denied("its pumps had leaked oil into the river"),
        denied("allegations of leaking oil into the river"),
        denied("the notion that oil leaked into the river from its pumps", "rejected"),
        told("post", "Tolmar Works", "said", "it is untrue that oil leaked into the river"),
        told("post", "Tolmar Works", "said", "there is no evidence that pumps leaked oil into the river"),
        told("post", "Tolmar Works", "said", "it disagreed with Reyl's assessment that oil leaked into the river"),
        told("post", "An aide", "said", "Tolmar Works denies it leaked oil into the river"),
    ],
    ids=lambda one: one.claim.text,
)
def test_a_denial_means_the_claim_of_another_that_says_what_it_denies(denial: Report) -> None:
    others = told("herald", "Ada Reyl", "said", LEAK), told("times", "Ole Brandt", "said", "the river is deep")
    assert meant(denial, *others) == LEAK


def test_of_several_it_means_the_one_that_says_it_best() -> None:
    wide = told("times", "Ole Brandt", "said", "oil in the river came from the leaking pumps of a barge near Lenn")
    assert meant(denied("its pumps leaked oil into the river"), wide, told("herald", "Ada Reyl", "said", LEAK)) == LEAK


@pytest.mark.parametrize(
    "other",
    [
        told("herald", "Tolmar Works", "said", LEAK),
        told("herald", "Ada Reyl", "said", LEAK, near=False),
        told("herald", "Ada Reyl", "said", "the pumps may have leaked oil into the river"),
        told("herald", "Ada Reyl", "said", "no oil leaked into the river from the pumps"),
        told("herald", "Ada Reyl", "denied", LEAK, Commitment.DENIES),
        told("herald", "Ada Reyl", "said", "the river was closed to boats"),
        told(
            "herald",
            "Ada Reyl",
            "said",
            "voters of the valley will ask each candidate at the spring debate about schools, taxes, roads, rents, "
            "the oil leak, the river bank, hospital beds and the price of bread",
        ),
    ],
    ids=[
        "the same source",
        "about something else",
        "only possible",
        "not so either",
        "denied as well",
        "few words in common",
        "mentioned among much else",
    ],
)
def test_it_means_no_claim_that_does_not_say_so(other: Report) -> None:
    assert meant(denied("oil leaked into the river"), other) is None


@pytest.mark.parametrize(
    "words", ["the allegations", "any wrongdoing", "these claims"], ids=["allegations", "wrongdoing", "claims"]
)
def test_what_only_points_at_something_has_no_words_that_mean_a_claim(words: str) -> None:
    assert meant(denied(words), told("herald", "Ada Reyl", "said", LEAK)) is None


def test_who_may_deny_somebody_something_denies_no_claim() -> None:
    right = told("post", "Tolmar Works", "said", "the company has the right to deny boats the use of the river")
    assert denial_of(right) is None


def test_a_denial_ends_where_something_else_is_told() -> None:
    denial = denial_of(denied("oil leaked into the river, and said the boats were to blame"))
    assert denial is not None
    assert "boat" not in denial.words


def test_one_denial_is_told_as_one_contradiction() -> None:
    reports = [
        told("herald", "Ada Reyl", "said", LEAK),
        told("times", "Ole Brandt", "said", "oil in the river came from the leaking pumps of a barge near Lenn"),
        denied("its pumps leaked oil into the river"),
    ]
    (contradiction,) = contradictions(group_claims(reports), {})
    assert [(each.says, each.source) for each in contradiction.positions] == [
        ("says so", "Ada Reyl"),
        ("denies", "Tolmar Works"),
    ]
    assert contradiction.explanation == f"Ada Reyl said “{LEAK}”; Tolmar Works denied it."
