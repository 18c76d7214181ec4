import random
from itertools import permutations

import pytest

from services.contracts.base import Span
from services.contracts.claim import Claim, ClaimKind
from services.contracts.event_claims import SupportForm
from services.contracts.quantity import Bound
from services.dedupe.embedding.whole_numbers import round_to_whole_numbers
from services.dedupe.merging.claims.claim_group import ClaimGroup
from services.dedupe.merging.claims.group_changes import GroupChanges
from services.dedupe.merging.claims.grouping import group_claims
from services.dedupe.merging.claims.merged_claim import MergedClaims
from services.dedupe.merging.claims.quotation_forms import QuotationContainment
from services.dedupe.merging.claims.quotation_groups import QuotationGroups
from services.dedupe.merging.claims.quotation_matching import (
    align_quotations,
    is_fragment_of,
    is_same_quotation,
    split_quotations,
)
from services.dedupe.merging.claims.quoted_words import find_quoted_words
from services.dedupe.merging.claims.report import Report
from services.dedupe.merging.claims.wordings import Wording
from tests.support.dedupe_articles import direction, make_article, make_claim
from tests.support.reports import make_report

WHOLE = "The bow door was not fully closed when the ship left the quay, and the crew knew it"
NEAR = direction(1)


def stems(text: str) -> tuple[str, ...]:
    return tuple(word.stem for word in find_quoted_words(text, (Span(start=0, end=len(text)),)))


def quoting(
    outlet: str, sentence: str, *quoted: str, speaker: str | None = "Ilya Marchenkov", about: int | None = None
) -> Report:
    """A claim that is `sentence`, with quote marks around `quoted`; none: around all of it."""
    article = make_article(outlet, f"{sentence} Said {speaker}.")
    kind = ClaimKind.STATEMENT if quoted else ClaimKind.QUOTATION
    claim = make_claim(article, sentence, kind=kind, speaker=speaker)
    if quoted:
        starts = [article.text.index(part) for part in quoted]
        spans = tuple(Span(start=at, end=at + len(part)) for at, part in zip(starts, quoted, strict=True))
        claim = claim.model_copy(update={"quoted": spans})
    vector = direction(len(sentence), NEAR, 0.1) if about is None else direction(about)
    return make_report(article, f"org_{outlet}", claim, round_to_whole_numbers(vector))


def broken(text: str, *quoted: str) -> Claim:
    article = make_article("herald", text)
    span = Span(start=text.index(quoted[0]), end=text.index(quoted[-1]) + len(quoted[-1]))
    claim = make_claim(article, span.of(text), kind=ClaimKind.QUOTATION, figures=[("40", 40, "boats", Bound.EXACT)])
    spans = tuple(Span(start=text.index(part), end=text.index(part) + len(part)) for part in quoted)
    return claim.model_copy(update={"quoted": spans})


def test_two_sentences_between_which_somebody_is_named_are_two_quotations() -> None:
    text = '"The gates held all night," he said at the weir. "Nobody warned the 40 boats."'
    claim = broken(text, "The gates held all night,", "Nobody warned the 40 boats")
    one, other = split_quotations(text, claim)
    assert (one.text, other.text) == ("The gates held all night", "Nobody warned the 40 boats")
    assert [len(each.quantities) for each in (one, other)] == [0, 1]
    for each in (one, other):
        assert each.span.of(text) == each.text
        assert [span.of(text) for span in each.quoted] == [each.text]


@pytest.mark.parametrize(
    "text",
    ['"The gates," he said, "held the 40 boats"', '"The gates," he said. "held the 40 boats"'],
    ids=["no stop between", "small letter after it"],
)
def test_a_sentence_that_is_interrupted_is_one_quotation(text: str) -> None:
    claim = broken(text, "The gates", "held the 40 boats")
    assert split_quotations(text, claim) == (claim,)


def test_a_claim_that_starts_in_words_of_the_outlet_is_not_split() -> None:
    text = 'He said "all the traces we have" point to the weir. "Nothing is certain of the 40 boats."'
    claim = broken(text, '"all the traces we have" point to the weir. "Nothing is certain of the 40 boats')
    quoted = ("all the traces we have", "Nothing is certain of the 40 boats")
    spans = tuple(Span(start=text.index(part), end=text.index(part) + len(part)) for part in quoted)
    whole = claim.model_copy(update={"quoted": spans, "span": Span(start=0, end=spans[1].end)})
    assert split_quotations(text, whole) == (whole,)


def test_a_quotation_with_most_of_another_s_words_in_order_is_a_form_of_it() -> None:
    assert is_same_quotation(stems("not fully closed when the ship left that quay"), stems(WHOLE))
    assert not is_same_quotation(stems("the quay left the ship when it closed, not fully"), stems(WHOLE))
    assert not is_same_quotation(stems("the crew"), stems(WHOLE))


def test_a_cut_that_leaves_out_the_not_is_another_quotation() -> None:
    assert not is_same_quotation(stems("The bow door was fully closed when the ship left the quay"), stems(WHOLE))
    assert is_same_quotation(stems("when the ship left the quay, and the crew knew it"), stems(WHOLE))


@pytest.mark.parametrize(
    ("short", "whole"),
    [
        (
            "I think that's shameful",
            "I want them to mend the pumps, and I think most of the crew would agree with that",
        ),
        ("should have warned me", "even my friends say that the master should have warned you of the open door"),
        ("a jewel of the coast", "a storm of the kind that the north coast sees in spring"),
        ("The ferry company is bankrupt", "we have asked what the ferry company is doing about the door"),
        ("the young pilot in charge", "the master and the new pilot, who were both in the room, took charge"),
        ("I trust that crew", "the owners trust the port, and I said so to that young crew"),
    ],
    ids=["filling words", "one word", "its own word inside", "its own word at the end", "scattered", "turned"],
)
def test_a_short_quotation_is_no_form_of_what_has_its_filling_words(short: str, whole: str) -> None:
    assert not is_same_quotation(stems(short), stems(whole))


@pytest.mark.parametrize(
    ("short", "whole"),
    [
        ("should further tighten the old rules", "the port should tighten the old rules, and it will"),
        ("they focused on the wrong door", "We all focused on the wrong door that night"),
        ("renewal of our northern port", "this is a renewal of the northern port"),
        ("That will never happen again", "It was my fault, and it will never happen again"),
        ("We can't be passengers in storms", "we have to look ahead ... none of us can be passengers in storms"),
    ],
    ids=["a word inside", "filling word at the start", "filling word inside", "unbroken", "filling word far away"],
)
def test_a_short_quotation_may_have_a_word_more_between_others_or_a_filling_word(short: str, whole: str) -> None:
    assert is_same_quotation(stems(short), stems(whole))


def test_a_quotation_belongs_to_the_one_that_has_most_of_its_words() -> None:
    longest = (
        "Is it odd that poor Master Rask, who couldn't get hired in the great port of Varn, will now fight ferry tolls"
    )
    shorter = (
        "Master Rask, who gave us the bad door and couldn't get hired as cook in Varn, is now fighting ferry tolls"
    )
    cut = "Master Rask, who couldn't get hired as cook in Varn, is now fighting ferry tolls"
    assert is_same_quotation(stems(cut), stems(longest))
    forms = QuotationGroups()
    told = (quoting("herald", longest), quoting("post", shorter), quoting("courier", cut))
    forms.update_wordings([], [Wording(number, report, [report]) for number, report in enumerate(told)])
    groups = [forms.find_group(number) for number in range(3)]
    assert groups[2] is groups[1] is not groups[0]


def test_a_claim_most_of_whose_fragments_stand_elsewhere_quotes_no_part_of_a_quotation() -> None:
    whole = quoting("herald", "His way of leading the port is to divide")
    listed = quoting(
        "post", "He blamed the master for shouting, swearing and dividing", "shouting", "swearing", "dividing", about=3
    )
    half = quoting(
        "courier", "He blamed the master for swearing and dividing the port", "swearing", "dividing", about=4
    )
    assert len(group_claims([whole, listed])) == 2
    assert len(group_claims([whole, half])) == 1


def test_a_quotation_knows_the_wholes_that_it_is_a_form_of_whatever_came_first() -> None:
    cut, other = stems("when the ship left the quay"), stems("Nobody has warned us about the weather")
    fragment, whole = stems("bow door"), stems(WHOLE)
    for added in permutations((cut, whole, other)):
        forms = QuotationContainment()
        forms.add_quotation(fragment)
        for words in added:
            forms.add_whole_quotation(words)
        assert [forms.find_containing_quotations(words) for words in (cut, fragment, whole, other)] == [
            {whole},
            {whole},
            set(),
            set(),
        ]
        assert set(forms.list_overlapping_whole_quotations(whole)) == {cut}
        forms.remove_whole_quotation(whole)
        forms.remove_quotation(whole)
        assert forms.find_containing_quotations(cut) == set()


def test_shared_words_are_told_by_their_places() -> None:
    found = align_quotations(stems("they said the crew knew"), stems(WHOLE))
    assert (found.shared, found.runs) == (3, ((2, 5),))


def test_a_fragment_stands_in_a_quotation_word_by_word() -> None:
    assert is_fragment_of(stems("fully closed"), stems(WHOLE))
    assert not is_fragment_of(stems("closed fully"), stems(WHOLE))
    assert not is_fragment_of(stems("the"), stems(WHOLE))


def test_supports_tell_how_much_of_the_quotation_they_give_and_where() -> None:
    full = quoting("herald", WHOLE)
    cut = quoting(
        "post", "he said that the door was not fully closed when the ship left", "not fully closed when the ship left"
    )
    fragment = quoting("courier", "the crew of the ferry knew of the open bow door", "bow door")
    (group,) = group_claims([fragment, cut, full])
    merged = MergedClaims().update_claims(GroupChanges(new=[group]))[0]
    assert merged.text == WHOLE
    told = {support.publisher.name: support for support in merged.supports}
    assert {name: support.form for name, support in told.items()} == {
        "Herald": SupportForm.FULL,
        "Post": SupportForm.CUT,
        "Courier": SupportForm.CUT,
    }
    assert [span.of(cut.article.text) for span in told["Post"].words] == ["not fully closed when the ship left"]
    assert [span.of(fragment.article.text) for span in told["Courier"].words] == ["bow door"]


def test_a_quotation_with_a_word_corrected_is_given_in_full() -> None:
    edited = WHOLE.replace("the quay", "that quay")
    (group,) = group_claims([quoting("herald", WHOLE), quoting("post", edited)])
    assert {support.form for support in MergedClaims().update_claims(GroupChanges(new=[group]))[0].supports} == {
        SupportForm.FULL
    }


def test_an_article_that_prints_a_quotation_in_pieces_gives_it_in_full() -> None:
    said = "The bow door was not fully closed. The crew had known it since we left the quay"
    first, second = said.split(". ")
    text = f'"{first}," he said. Divers went down. "{second}," he said.'
    article = make_article("post", text)
    pieces = [
        make_report(
            article,
            "org_post",
            make_claim(article, piece, kind=ClaimKind.QUOTATION, speaker="Ilya Marchenkov"),
            round_to_whole_numbers(NEAR),
        )
        for piece in (first, second)
    ]
    whole, cut = quoting("herald", said), quoting("courier", f"he said that {first.lower()}", first.lower()[4:])

    known: list[ClaimGroup] = []

    def forms(*reports: Report) -> list[tuple[str | None, SupportForm | None]]:
        gone, known[:] = known.copy(), [ClaimGroup(reports, whole)]
        (claim,) = merged.update_claims(GroupChanges(gone, known.copy()))
        return [(support.publisher.name, support.form) for support in claim.supports]

    merged = MergedClaims()
    full = ("Herald", SupportForm.FULL)
    assert forms(whole, pieces[0]) == [full, ("Post", SupportForm.CUT)]
    assert forms(whole, pieces[1], cut, pieces[0]) == [
        full,
        ("Post", SupportForm.FULL),
        ("Courier", SupportForm.CUT),
        ("Post", SupportForm.FULL),
    ]
    assert forms(whole, pieces[1], cut) == [full, ("Post", SupportForm.CUT), ("Courier", SupportForm.CUT)]


def test_other_words_that_an_article_quotes_are_not_the_outlets_own() -> None:
    whole, other = quoting("herald", WHOLE), quoting("post", "Nobody on the bridge had looked")
    own = quoting("courier", "The sailor blamed those on the bridge", "blamed")
    group = ClaimGroup((whole, other, own), whole)
    told = {
        support.publisher.name: support.form
        for support in MergedClaims().update_claims(GroupChanges(new=[group]))[0].supports
    }
    assert told == {"Herald": SupportForm.FULL, "Post": None, "Courier": SupportForm.PARAPHRASE}


def test_a_claim_that_is_no_quotation_has_no_form() -> None:
    article = make_article("herald", "The ferry was safe.")
    one = make_report(article, "org_1", make_claim(article, "The ferry was safe"), round_to_whole_numbers(NEAR))
    (group,) = group_claims([one])
    (support,) = MergedClaims().update_claims(GroupChanges(new=[group]))[0].supports
    assert (support.form, support.words) == (None, ())


@pytest.mark.parametrize(
    "other",
    [
        quoting("post", "the open bow door was seen by many", "bow door", speaker="Greta Hallorin"),
        quoting("post", "the open bow door was seen by many", "bow door", speaker=None, about=41),
        quoting("post", "bow", "bow"),
        quoting("post", "the ladder at the stern was seen by many", "the ladder", about=40),
    ],
    ids=["another speaker", "no speaker", "nothing around it", "words that are not in it"],
)
def test_a_fragment_without_further_evidence_is_of_no_quotation(other: Report) -> None:
    assert len(group_claims([quoting("herald", WHOLE), other])) == 2


def test_a_fragment_that_two_quotations_have_belongs_to_neither() -> None:
    second = "Whoever opened the bow door at sea will be found and tried before a court of law"
    fragment = quoting("post", "many saw an open bow door", "bow door", about=8)
    assert len(group_claims([quoting("herald", WHOLE), quoting("gazette", second, about=9), fragment])) == 3


def test_a_few_words_alone_do_not_join_what_is_about_something_else() -> None:
    idiom = "when the ship left the quay"
    other = quoting("post", f"everything changed {idiom}, in a manner of speaking", idiom, speaker="Post", about=30)
    assert len(group_claims([quoting("herald", WHOLE), other])) == 2


def test_one_quotation_of_two_speakers_makes_two_claims() -> None:
    assert len(group_claims([quoting("herald", WHOLE), quoting("post", WHOLE, speaker="Greta Hallorin")])) == 2


def test_many_quotations_have_the_forms_that_each_alone_has() -> None:
    chance = random.Random(4)
    words = [f"word{number}" for number in range(60)]
    long = [tuple(chance.sample(words, 20)) for _ in range(30)]
    cuts = [one[chance.randrange(8) :][:9] for one in long]
    forms = QuotationContainment()
    for one in (*long, *cuts):
        forms.add_whole_quotation(one)
    assert [forms.find_containing_quotations(one) for one in cuts] == [{one} for one in long]
    assert [forms.find_containing_quotations(one) for one in long] == [set()] * len(long)
