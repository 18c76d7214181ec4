"""Quoted words that are no clause become a claim with the verb that introduces them."""

import pytest

from tests.unit.extract.articles import claims_of


@pytest.mark.parametrize(
    ("text", "claim"),
    [
        ('Keld branded the harbour board "a nest of liars."', 'Keld branded the harbour board "a nest of liars."'),
        (
            'Ada Reyl left the harbour board and called the whole plan for the port "a disgrace to the town."',
            'called the whole plan for the port "a disgrace to the town."',
        ),
        (
            'Ada Reyl, who had led the harbour board of the town for twenty years, called Keld a "coward" on Monday.',
            'called Keld a "coward"',
        ),
        (
            'Keld even referred to the red hat Brun gave him as "a Superman cape."',
            'Keld even referred to the red hat Brun gave him as "a Superman cape."',
        ),
    ],
)
def test_quoted_words_stand_with_their_verb_and_a_short_subject(text: str, claim: str) -> None:
    assert claim in [each.text for each in claims_of(text)]


def test_a_clause_of_quoted_words_ends_before_the_outlets_remark() -> None:
    text = 'Ada Reyl compared the new plan to "burning the town" - a phrase that she may come to regret.'
    assert [each.text for each in claims_of(text) if each.quoted] == ['compared the new plan to "burning the town"']


def test_what_the_words_are_said_of_is_not_left_outside() -> None:
    texts = [each.text for each in claims_of('The council threw out what Ada Reyl called a "gift to the rich".')]
    assert not [text for text in texts if text.startswith(("called a", "Ada Reyl called a"))]


def test_a_weekday_with_on_before_the_clause_belongs_to_the_cue() -> None:
    texts = [
        each.text for each in claims_of("The harbour board said on Tuesday it had closed the old bridge for good.")
    ]
    assert texts == ["it had closed the old bridge for good"]
