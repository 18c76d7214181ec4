"""Letters that patterns take for plain ones: "ſ" for s, "ı" and "İ" for i, the Kelvin sign for k."""

from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.contracts.claim import Claim
from services.extract.extraction import extract
from tests.unit.extract.articles import article

PHRASES = (
    "two million", "half a million people", "two thirds of a billion", "tens of thousands of people", "six miles",
    "two and a half million", "5 million Swiss francs", "3 Hong Kong dollars", "5k people", "3 kg", "3 miles",
    "a dozen kids", "six killed", "minus six degrees", "$3 million", "3 bn", "six percent", "Rs 12 lakh", "at least 16",
    "last week", "first half of 2020", "mid-August", "late last month", "six weeks ago", "in six days",
    "6 days from now", "two Fridays ago", "Friday week", "a week on Friday", "a fortnight ago on Monday",
    "the last Friday of August", "last Thursday week",
    "the first Sunday in April 2020", "16 August 2020", "Aug. 16", "this weekend", "since Sunday", "on Friday night",
    "the day before yesterday", "Monday of last week", "three weeks from Sunday", "the week before last", "year's end",
    "the end of this month", "next spring", "the sixties", "the 1960s", "said", "police said", "the minister insists",
    "as of this Friday", "a few million", "several thousand", "Christmas", "six in ten", "sixth", "killing six",
)  # fmt: skip
ODD = {"s": "ſ", "i": "ı", "I": "İ", "k": "\u212a", "K": "\u212a"}


def oddly_spelt(words: str, places: list[bool]) -> str:
    """`words` with an odd letter where `places` has True at the letter's place, repeated."""
    return "".join(ODD.get(c, c) if places[at % len(places)] else c for at, c in enumerate(words))


def claims_on_a_day(text: str) -> tuple[Claim, ...]:
    at = datetime(2031, 3, 4, 12, 0, tzinfo=UTC)
    return extract(article(text).model_copy(update={"published_at": at})).claims


TEXTS = st.builds(
    oddly_spelt,
    st.lists(st.sampled_from(PHRASES), min_size=1, max_size=5).map(lambda parts: f"It cost {', '.join(parts)}."),
    st.lists(st.booleans(), min_size=1, max_size=7),
)


@given(TEXTS | TEXTS.map(str.upper) | TEXTS.map(str.title) | st.text(min_size=1, max_size=120))
@settings(max_examples=300, deadline=None)
def test_no_letter_is_too_odd(text: str) -> None:
    for claim in claims_on_a_day(text):
        assert claim.span.of(text) == claim.text
        assert all(quantity.span.of(text) == quantity.surface for quantity in claim.quantities)
        assert all(mention.span.of(text) == mention.surface for mention in claim.dates)


@pytest.mark.parametrize(
    ("odd", "plain"),
    [
        ("Police said 2 mıllıon people fled laſt week.", "Police said 2 million people fled last week."),
        ("Police said ſix men fled in the fırst half of 2020.", "Police said six men fled in the first half of 2020."),
        ("The bridge cost 3 mıllıon Hong \u212aong dollarſ.", "The bridge cost 3 million Hong Kong dollars."),
    ],
)  # fmt: skip
def test_odd_letters_count_as_plain_ones(odd: str, plain: str) -> None:
    def read(text: str) -> list[tuple[object, ...]]:
        claims = claims_on_a_day(text)
        amounts = [(each.value, each.unit, each.currency) for claim in claims for each in claim.quantities]
        return [*amounts, *((each.iso, each.precision) for claim in claims for each in claim.dates)]

    assert read(odd) == read(plain) != []
