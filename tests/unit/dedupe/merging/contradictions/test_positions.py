from dataclasses import replace

from services.contracts.claim import SpeakerKind
from services.dedupe.merging.contradictions.positions import continue_sentence, source_name
from tests.support.contradictions import reported
from tests.support.reports import with_claim


def test_a_description_is_told_as_written_and_a_pronoun_for_it_is_not() -> None:
    one = reported("herald", "the gates were open", speaker="harbour officials")
    speaker = one.claim.speaker
    assert speaker is not None
    for surface, name in (("The harbour officials", "The harbour officials"), ("they", "harbour officials")):
        unnamed = speaker.model_copy(update={"surface": surface, "kind": SpeakerKind.UNNAMED})
        claim = one.claim.model_copy(update={"speaker": unnamed})
        assert source_name(with_claim(one, claim)) == name


def test_a_body_that_is_only_described_keeps_its_article() -> None:
    one = replace(reported("herald", "the gates were open", speaker="bank"), source=None)
    speaker = one.claim.speaker
    assert speaker is not None
    body = speaker.model_copy(update={"surface": "The bank", "kind": SpeakerKind.ORGANISATION})
    assert source_name(with_claim(one, one.claim.model_copy(update={"speaker": body}))) == "The bank"
    named = replace(one, source="Bank of Arlund")
    assert source_name(with_claim(named, one.claim.model_copy(update={"speaker": body}))) == "Bank of Arlund"


def test_who_is_known_by_a_last_name_is_not_called_what_begins_with_it() -> None:
    one = reported("herald", "the gates were open", speaker="Tolmar")
    assert source_name(replace(one, source="Tolmar Tower")) == "Tolmar"
    assert source_name(replace(one, source="Ada Tolmar")) == "Ada Tolmar"


def test_an_article_has_no_capital_inside_of_a_sentence() -> None:
    words = ("The bank", "A diver", "the bank", "Ada Reyl", "The")
    assert tuple(map(continue_sentence, words)) == ("the bank", "a diver", "the bank", "Ada Reyl", "The")


def test_a_description_has_no_capital_inside_of_a_sentence_and_a_name_keeps_it() -> None:
    assert continue_sentence("Other officials of the port") == "other officials of the port"
    assert continue_sentence("Will Brandt") == "Will Brandt"
