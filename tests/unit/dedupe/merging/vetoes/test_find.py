"""What keeps claims apart: symmetric, deterministic, total; and with what little a claim may have."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from services.contracts.article import Precision
from services.contracts.base import Span
from services.contracts.claim import Claim, ClaimKind, Commitment, DateMention, Speaker, SpeakerKind
from services.contracts.quantity import Bound, Quantity
from services.dedupe.merging.vetoes.find import find_vetoes
from services.dedupe.merging.vetoes.proposition import Proposition, read_proposition
from services.dedupe.merging.vetoes.veto import VetoKind
from tests.support.propositions import stated

OFFSET = 100
"""Claims start here in their article: spans count from the article's start."""
# fmt: off
WORDS = st.sampled_from((
    "the", "minister", "did", "not", "never", "say", "that", "12", "1,500", "people", "another", "may", "have", "been",
    "hurt", "on", "Tuesday", "March", "3", "2019", "rose", "fell", "before", "after", "Varga", "Brenn", '"', "'", "$5",
    "billion", "percent", "–", "5-4", "如果", "if", "more", "than",
))
# fmt: on
TEXTS = st.one_of(
    st.lists(WORDS, min_size=1, max_size=14).map(" ".join), st.text(min_size=1, max_size=60).filter(str.strip)
)


@st.composite
def claims(draw: st.DrawFn) -> Claim:
    text = draw(TEXTS)
    spans = [
        Span(start=OFFSET + start, end=OFFSET + start + 1)
        for start in draw(st.lists(st.integers(0, len(text) - 1), max_size=2, unique=True))
    ]
    value = draw(st.floats(0, 1e9))
    bound = draw(st.sampled_from(Bound))
    speaker = Speaker(surface="Varga", span=Span(start=3, end=8), canonical="Ida Varga", kind=SpeakerKind.PERSON)
    return Claim(
        claim_id=draw(st.sampled_from(("clm_1", "clm_2"))),
        kind=draw(st.sampled_from(ClaimKind)),
        text=text,
        span=Span(start=OFFSET, end=OFFSET + len(text)),
        quoted=tuple(spans[:1]),
        speaker=draw(st.sampled_from((None, speaker))),
        cue=draw(st.sampled_from((None, "said"))),
        commitment=draw(st.sampled_from(Commitment)),
        quantities=tuple(
            Quantity(value=value, low=value, high=None, bound=bound, surface="x", span=span) for span in spans
        ),
        dates=tuple(DateMention(iso="2019-03-03", precision=Precision.DAY, surface="x", span=span) for span in spans),
        extractor="test",
    )


@given(claims(), claims())
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_vetoes_do_not_depend_on_which_claim_comes_first_and_never_raise(one: Claim, other: Claim) -> None:
    sides = read_proposition(one), read_proposition(other)
    assert {veto.kind for veto in find_vetoes(*sides)} == {veto.kind for veto in find_vetoes(*reversed(sides))}
    assert list(find_vetoes(*sides)) == list(find_vetoes(read_proposition(one), read_proposition(other)))


def test_claims_without_predicates_are_compared_by_their_words() -> None:
    def bare(side: Proposition) -> Proposition:
        return read_proposition(side.claim.model_copy(update={"predicates": ()}))

    sides = map(
        bare, stated("The ministry closed the port on Monday.", "The ministry did not close the port on Monday.")
    )
    assert VetoKind.POLARITY in {veto.kind for veto in find_vetoes(*sides)}
    sides = map(bare, stated("The guards may have opened fire.", "The guards opened fire."))
    assert VetoKind.POSSIBILITY in {veto.kind for veto in find_vetoes(*sides)}


def test_a_denial_outside_the_claim_turns_it() -> None:
    (closed,) = stated("The ministry closed the port on Monday.")
    denied = read_proposition(
        closed.claim.model_copy(update={"commitment": Commitment.DENIES, "claim_id": "clm_denied"})
    )
    assert VetoKind.POLARITY in {veto.kind for veto in find_vetoes(closed, denied)}


def test_two_denials_agree() -> None:
    closed, not_closed = stated(
        "The port was closed by the ministry on Monday.", "The port was not closed by the ministry on Monday."
    )
    denied = read_proposition(closed.claim.model_copy(update={"commitment": Commitment.DENIES}))
    assert not list(find_vetoes(denied, not_closed))


@pytest.mark.parametrize("word", ["rises", "rose", "rising", "risen"])
def test_forms_of_a_verb_have_one_stem(word: str) -> None:
    (one, other) = stated(f"Prices {word} in June.", "Prices rise in June.")
    assert one.stems == other.stems
