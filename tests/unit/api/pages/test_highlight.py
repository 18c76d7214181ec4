from hypothesis import given
from hypothesis import strategies as st

from services.api.pages.highlight import Segment, paragraphs
from services.contracts.base import Span


def span(start: int, end: int) -> Span:
    return Span(start=start, end=end)


def test_a_text_without_claims_is_its_paragraphs() -> None:
    assert paragraphs("One.\n\nTwo.", []) == [[Segment("One.")], [Segment("Two.")]]


def test_a_claim_is_marked_at_exactly_its_span() -> None:
    assert paragraphs("He said no.", [span(3, 7)]) == [
        [Segment("He "), Segment("said", (0,), (0,), (0,)), Segment(" no.")]
    ]


def test_overlapping_claims_share_the_segment_they_share() -> None:
    assert paragraphs("abcdef", [span(0, 4), span(2, 6)]) == [
        [
            Segment("ab", (0,), (0,), ()),
            Segment("cd", (0, 1), (1,), (0,)),
            Segment("ef", (1,), (), (1,)),
        ]
    ]


def test_a_claim_inside_another_ends_before_it() -> None:
    ((first, inner, last),) = paragraphs("abcdef", [span(0, 6), span(2, 4)])
    assert (first.inside, inner.inside, last.inside) == ((0,), (0, 1), (0,))
    assert (first.begins, inner.begins, inner.ends, last.ends) == ((0,), (1,), (1,), (0,))


def test_a_claim_over_two_paragraphs_begins_in_one_and_ends_in_the_other() -> None:
    (first,), (second, rest) = paragraphs("ab\ncd.", [span(0, 5)])
    assert (first.text, first.begins, first.ends) == ("ab", (0,), ())
    assert (second.text, second.begins, second.ends) == ("cd", (), (0,))
    assert rest == Segment(".")


def test_characters_beyond_the_basic_plane_count_as_one() -> None:
    ((_, marked),) = paragraphs("😀😀ja", [span(2, 4)])
    assert marked.text == "ja"


def test_a_span_beyond_the_text_is_cut_off() -> None:
    ((plain, marked),) = paragraphs("abcd", [span(2, 90)])
    assert (plain.text, marked.text, marked.inside) == ("ab", "cd", (0,))


TEXTS = st.text(alphabet="ab \n😀", max_size=40)
SPANS = st.lists(st.tuples(st.integers(0, 40), st.integers(1, 20)).map(lambda p: span(p[0], p[0] + p[1])), max_size=6)


@given(TEXTS, SPANS)
def test_no_character_is_lost_or_marked_wrongly(text: str, spans: list[Span]) -> None:
    lines = [line for line in text.split("\n") if line.strip()]
    cut = paragraphs(text, spans)
    assert ["".join(segment.text for segment in line) for line in cut] == lines
    for number, each in enumerate(spans):
        marked = "".join(s.text for line in cut for s in line if number in s.inside)
        kept = each.of(text).replace("\n", "")
        assert marked.replace(" ", "") == kept.replace(" ", "")
