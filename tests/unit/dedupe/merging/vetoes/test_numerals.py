from services.contracts.base import Span
from services.contracts.claim import Claim, ClaimKind
from services.dedupe.merging.vetoes.numerals import read_numerals


def _values(text: str) -> list[float]:
    span = Span(start=0, end=len(text))
    claim = Claim(claim_id="clm_1", kind=ClaimKind.STATEMENT, text=text, span=span, extractor="test")
    return [numeral.value for numeral in read_numerals(claim, ())]


def test_numbers_are_read_from_digits_and_words() -> None:
    assert _values("Two hundred and six of 1,500 boats and 3.5 million people") == [206, 1500, 3.5e6]


def test_letters_that_only_patterns_take_for_plain_ones_are_read_as_those() -> None:
    assert _values("ſix boats, 2 mıllıon tonnes, 5\u212a men") == [6, 2e6, 5000]
