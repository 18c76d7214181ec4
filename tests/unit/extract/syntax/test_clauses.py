"""Clauses: each has its verb, its subject and one range of characters."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.extract.syntax.clauses import Clause, clause_range, find_clauses
from services.extract.syntax.masking import Masked, mask
from services.extract.syntax.parsing import Parse
from services.extract.syntax.spacy_parser import load_parser
from services.extract.syntax.tree import Tree
from services.extract.text.document import read_document
from services.extract.text.quotations import find_quotations
from services.language.ranges import Range


def clauses_of(sentence: str) -> dict[str, tuple[Clause, str]]:
    """By the verb's words: the clause, and its words."""
    document = read_document(sentence)
    quotations = find_quotations(document)
    masked = mask(document.text, Range(0, len(sentence)), quotations)
    tree = Tree(load_parser().parse([masked.text])[0])
    placed = {}
    for clause in find_clauses(tree):
        area = clause_range(document.text, masked, quotations, tree.parse, (clause.first, clause.end))
        assert area is not None
        placed[tree.words[clause.verb]] = clause, area.of(sentence)
    return placed


@pytest.mark.parametrize(
    ("sentence", "verb", "words"),
    [
        ("The council voted on Monday, but the mayor vetoed it.", "voted", "The council voted on Monday"),
        ("The council voted on Monday, but the mayor vetoed it.", "vetoed", "the mayor vetoed it"),
        ("The council fell; the mayor stayed until June.", "fell", "The council fell"),
        ("The council fell; the mayor stayed until June.", "stayed", "the mayor stayed until June"),
        ("The mayor left at noon, while 40 people stayed.", "left", "The mayor left at noon"),
        ("The mayor left at noon, while 40 people stayed.", "stayed", "40 people stayed"),
        ("She said that the bridge was closed.", "was", "the bridge was closed"),
        ("The plan, he said, will cost a great deal.", "cost", "The plan, he said, will cost a great deal"),
        ("When the bridge fell, the firm paid $4 million.", "paid", "When the bridge fell, the firm paid $4 million"),
        (
            'The mayor called it "a great success" on Friday.',
            "called",
            'The mayor called it "a great success" on Friday',
        ),
        ("The bridge (which was built in 1931) fell on Friday.", "built", "which was built in 1931"),
        (
            "The bridge (which was built in 1931) fell on Friday.",
            "fell",
            "The bridge (which was built in 1931) fell on Friday",
        ),
        ("The mayor left town (he was seen in Arlen).", "seen", "he was seen in Arlen"),
    ],
)
def test_a_clause_has_all_its_words_and_no_others(sentence: str, verb: str, words: str) -> None:
    assert clauses_of(sentence)[verb][1] == words


def test_a_clause_keeps_a_second_verb_of_its_subject_but_not_what_contrasts_with_that() -> None:
    found = clauses_of("The mayor came at noon and left after an hour, while 40 people stayed.")
    assert found["came"][1] == "The mayor came at noon and left after an hour"


def test_a_second_verb_shares_the_subject_of_the_first() -> None:
    found = clauses_of("The mayor came at noon and left after an hour.")
    assert found["left"][0].subject == found["came"][0].subject
    assert found["came"][0].has_own_subject
    assert not found["left"][0].has_own_subject


def test_only_a_clause_whose_verb_or_first_helper_has_tense_is_finite() -> None:
    found = clauses_of("The council has approved the plan, hoping to save the bridge.")
    assert found["approved"][0].finite
    assert not found["hoping"][0].finite
    assert not found["save"][0].finite


def test_a_quotation_is_never_cut() -> None:
    found = clauses_of('The mayor said: "We will go on for many years."')
    assert found["said"][1] == 'The mayor said: "We will go on for many years."'


def test_a_bracket_without_its_twin_ends_a_clause() -> None:
    parse = load_parser().parse(["The bridge fell (in June."])[0]
    text = "The bridge fell (in June."
    masked = Masked(text, (0,), (0,), (), (), ())
    assert clause_range(text, masked, (), parse, (0, 6)) == Range(0, 15)


@given(st.data())
def test_clauses_of_any_tree_lie_in_the_sentence_and_hold_their_verb(data: st.DataObject) -> None:
    size = data.draw(st.integers(1, 12))
    heads = [data.draw(st.integers(0, index)) for index in range(size)]
    deps = [
        "ROOT" if heads[index] == index else data.draw(st.sampled_from(("conj", "ccomp", "nsubj", "advcl", "punct")))
        for index in range(size)
    ]
    tags = [data.draw(st.sampled_from(("VBD", "VBN", "NN", ",", "CC"))) for _ in range(size)]
    words = tuple("w" for _ in range(size))
    starts = tuple(range(0, 2 * size, 2))
    tree = Tree(Parse(starts, tuple(at + 1 for at in starts), words, words, tuple(tags), tuple(deps), tuple(heads)))
    for clause in find_clauses(tree):
        assert 0 <= clause.first <= clause.verb < clause.end <= size
