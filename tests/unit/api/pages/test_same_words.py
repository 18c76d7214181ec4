import pytest

from services.api.pages.same_words import Words, words_of
from services.contracts.event_claims import SupportForm
from tests.unit.api.examples import disputed

SHOWN = "The “door” was open, it's plain."


@pytest.mark.parametrize(
    ("text", "form", "words"),
    [
        (SHOWN, None, Words.SAME),
        ('the "door"\u00a0was  OPEN,\nit’s plain', None, Words.SAME),
        ("He said the door was open, it's plain, and left.", None, Words.SAME),
        ("The door was open.", None, Words.OTHER),
        ("The door was never closed.", None, Words.OTHER),
        ("It was “open”", SupportForm.CUT, Words.PART),
        ("The “door”, he said, “was open, it's plain”", SupportForm.FULL, Words.SAME),
        ("It was not shut.", SupportForm.PARAPHRASE, Words.OTHER),
    ],
)
def test_case_quote_marks_and_spaces_do_not_make_other_words(text: str, form: SupportForm | None, words: Words) -> None:
    claim = disputed().claims[0].model_copy(update={"text": SHOWN})
    support = claim.supports[0].model_copy(update={"text": text, "form": form})
    assert words_of(support, claim) is words
