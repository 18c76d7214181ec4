"""What counts as an article's own words."""

from services.dedupe.signals.narration import Narration
from services.language.ranges import Range

OWN = "the crew had waited on deck since dawn"


def runs(text: str, *quoted: Range) -> set[str]:
    return set(Narration(text, quoted).whole_passage.runs)


def test_what_stands_between_quote_marks_is_not_the_articles_own() -> None:
    assert runs(f"“We saw the water rise,” she said, {OWN}.") == runs(f"she said, {OWN}.")


def test_a_quotation_that_is_not_closed_ends_with_its_paragraph() -> None:
    assert runs(f"“We saw the water rise.\n{OWN}") == runs(OWN)


def test_a_quotation_that_opens_again_in_the_same_line_goes_on() -> None:
    assert runs(f"“We saw the water. “It rose,” she said, {OWN}.") == runs(f"she said, {OWN}.")


def test_what_claims_quote_without_marks_is_not_the_articles_own() -> None:
    text = f"WE SAW the water rise. {OWN}"
    assert runs(text, Range(0, 22)) == runs(OWN)


def test_a_post_that_is_shown_is_not_the_articles_own() -> None:
    assert not runs("The sea came over the wall again tonight — Ada Lind (@adalind) March 3, 2026")


def test_names_and_figures_are_no_choice_of_words() -> None:
    assert Narration("Captain Ada Lind of Port Eldrin counted 300 and 20").whole_passage.chosen == 3


def test_shared_words_are_counted_once_however_often_a_run_comes() -> None:
    one, other = Narration(f"{OWN}. {OWN}."), Narration(OWN)
    assert one.whole_passage.count_words_in_shared_runs(other.whole_passage) == 8


def test_a_part_of_an_article_has_the_words_that_begin_in_it() -> None:
    text = f"Nothing else happened. {OWN}."
    assert Narration(text).passage_between(23, len(text)).count_words_in_shared_runs(Narration(OWN).whole_passage) == 8
