"""Counted frames."""

from hypothesis import given
from hypothesis import strategies as st

from services.extract.attributions.scoring import count_rates, load_rates
from services.extract.syntax.masking import mask
from services.extract.text.document import read_document
from services.extract.text.quotations import find_quotations
from services.language.ranges import Range


def test_a_lemma_without_counts_in_a_frame_is_judged_by_its_other_frames() -> None:
    rates = count_rates({("verb", "say", "ccomp"): (100, 90), ("verb", "eat", "dobj"): (100, 1)})
    assert rates.rate("verb", "say", "ccomp") > 0.8
    assert rates.rate("verb", "say", "dobj") > rates.rate("verb", "eat", "ccomp") > rates.rate("verb", "eat", "dobj")


def test_the_shipped_counts_know_what_attributes() -> None:
    rates = load_rates()
    assert rates.rate("verb", "say", "ccomp") > 0.7
    assert rates.rate("verb", "eat", "dobj") < 0.2
    assert "said" in rates.forms


@given(st.lists(st.sampled_from(['"', "It held. ", "He said ", ", ", "Yes!", "  ", "a", "''", "“", "”"]), max_size=40))
def test_offsets_of_a_masked_sentence_lead_back_to_the_text(pieces: list[str]) -> None:
    document = read_document("".join(pieces))
    quotations = find_quotations(document)
    for number, area in enumerate(document.paragraphs):
        masked = mask(document.text, area, [each for each in quotations if each.paragraph == number])
        for offset, character in enumerate(masked.text):
            if not any(stand_in.start <= offset < stand_in.end for stand_in in masked.stand_ins):
                assert document.text[masked.start(offset)] == character
                assert masked.end(offset + 1) == masked.start(offset) + 1
        for quotation, stand_in in zip(masked.full, masked.stand_ins, strict=True):
            assert Range(masked.start(stand_in.start), masked.end(stand_in.end)) == quotation.outer
        offsets = range(1, len(masked.text))
        assert masked.starts_of(offsets) == sorted(masked.start(offset) for offset in offsets)
        assert masked.ends_of(offsets) == sorted(masked.end(offset) for offset in offsets)
