"""What sentences, speakers and scraps keep two claims of one event apart, however alike the claims are."""

from services.contracts.base import Span
from services.contracts.claim import Bound, ClaimKind, Quantity
from services.dedupe.merging.claims.report import Report
from services.dedupe.merging.claims.similarity import Similarity, signed_otherwise
from services.dedupe.merging.vetoes.quantities import figures_differ
from services.dedupe.merging.whole_vectors import whole_numbers
from tests.support.dedupe_articles import direction, make_article, make_claim
from tests.support.reports import make_report


def said(outlet: str, sentence: str, words: str, speaker: str | None = None) -> Report:
    """A claim inside the one sentence of an article."""
    article = make_article(outlet, sentence)
    claim = make_claim(article, words, kind=ClaimKind.STATEMENT, speaker=speaker)
    claim = claim.model_copy(update={"sentence": Span(start=0, end=len(article.text))})
    return make_report(article, f"org_{outlet}", claim, whole_numbers(direction(1)))


def test_one_claim_of_two_shares_of_those_asked_is_two_claims() -> None:
    told = "Some {} percent of those asked by the Tarn Post said the toll should go."
    words = "the toll should go"
    one, other = (said(outlet, told.format(share), words) for outlet, share in (("post", 36), ("herald", 84)))
    assert Similarity().objected(one, other)
    assert not Similarity().objected(one, said("courier", told.format(36) + " It may.", words))


def test_one_sentence_signed_by_two_names_is_two_claims() -> None:
    told = "The harm to the quay was slight, and nobody was hurt, {} said."
    words = "The harm to the quay was slight, and nobody was hurt"
    rovik, danz = (said(name, told.format(name), words, name) for name in ("Rovik", "Danz"))
    assert signed_otherwise(rovik, danz)
    assert not signed_otherwise(rovik, said("chief", told.format("the harbour chief"), words, "the harbour chief"))


def quantity(surface: str, value: float, bound: Bound = Bound.EXACT, unit: str | None = None) -> Quantity:
    high = None if bound is Bound.AT_LEAST else value
    span = Span(start=0, end=len(surface))
    return Quantity(value=value, low=value, high=high, bound=bound, unit=unit, surface=surface, span=span)


def test_a_vague_or_rounded_figure_is_the_exact_one() -> None:
    hundreds = quantity("Hundreds", 200, Bound.AT_LEAST)
    assert not figures_differ([hundreds], [quantity("400", 400)])
    assert figures_differ([hundreds], [quantity("three million", 3e6)])
    assert not figures_differ([quantity("4,200", 4200)], [quantity("4,213", 4213)])
    assert figures_differ([quantity("4,000", 4000)], [quantity("4,213", 4213)])
    assert not figures_differ([quantity("some 400", 400, Bound.ABOUT)], [quantity("380", 380)])


def test_a_measure_in_another_unit_is_the_same_measure() -> None:
    miles, kilometres = quantity("211 miles", 211, unit="miles"), quantity("340 kilometres", 340, unit="km")
    assert not figures_differ([miles], [kilometres])
    assert figures_differ([miles], [quantity("211 kilometres", 211, unit="km")])
    assert figures_differ([quantity("$20", 20, unit="USD")], [quantity("20 euros", 20, unit="EUR")])
