import pytest

from services.api.pages.same_words import Words, words_in_article, words_of
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


def test_an_article_that_prints_the_words_elsewhere_has_them_though_it_first_gives_a_part() -> None:
    claim = disputed().claims[0].model_copy(update={"text": SHOWN})
    part = claim.supports[0].model_copy(update={"text": "It was “open”", "form": SupportForm.CUT})
    whole = part.model_copy(update={"text": SHOWN, "form": SupportForm.FULL})
    elsewhere = whole.model_copy(update={"article_id": "art_elsewhere"})
    assert words_in_article(part, claim.model_copy(update={"supports": (part, whole)})) is Words.SAME
    assert words_in_article(part, claim.model_copy(update={"supports": (part, elsewhere)})) is Words.PART
