"""Which claim of the same article a text says is contradicted, by naming its source or pointing at it."""

from dataclasses import replace

import pytest

from services.contracts.article import Article
from services.contracts.base import Span
from services.contracts.claim import ClaimKind, Commitment
from services.dedupe.embedding.whole_numbers import round_to_whole_numbers
from services.dedupe.merging.claims.claim_group import ClaimGroup
from services.dedupe.merging.claims.group_changes import GroupChanges
from services.dedupe.merging.claims.grouping import group_claims
from services.dedupe.merging.claims.report import Report
from services.dedupe.merging.claims.stance import Stance
from services.dedupe.merging.claims.wordings import group_by_article
from services.dedupe.merging.contradictions.event_contradictions import find_contradictions
from services.dedupe.merging.contradictions.polarity_explanation import build_explanation
from services.dedupe.merging.contradictions.rebuttals import find_rebutted_claim
from services.dedupe.merging.contradictions.report_stances import ReportStance
from tests.support.dedupe_articles import direction, make_article, make_claim
from tests.support.reports import make_report

Part = tuple[str | None, str | None, str]
"""Speaker, cue and words of a claim; a leading quote mark makes it a quotation."""
DENIALS = ("denied", "disputed", "rejected", "found")


def reports_of(text: str, *parts: Part) -> list[Report]:
    article = make_article("herald", text)
    return [_report(article, number, *part) for number, part in enumerate(parts)]


def _report(article: Article, number: int, speaker: str | None, cue: str | None, words: str) -> Report:
    kind = ClaimKind.QUOTATION if words.startswith('"') else ClaimKind.STATEMENT
    commitment = Commitment.DENIES if cue in DENIALS else Commitment.ASSERTS
    made = make_claim(article, words.strip('"'), speaker=speaker, commitment=commitment, kind=kind)
    made = made.model_copy(update={"cue": cue})
    one = make_report(article, "org_1", made, round_to_whole_numbers(direction(number)))
    return replace(one, source=speaker)


def meant(text: str, *parts: Part) -> str | None:
    """The words that the last of some claims contradicts, by the text."""
    listed = reports_of(text, *parts)
    target = find_rebutted_claim(listed[-1], listed)
    return None if target is None else target.claim.text


OPEN = ("Tolmar", "said", "all gates were open to the public")


def _meant_by_sentence(text: str, own: Part, opening: Part = OPEN) -> str | None:
    """The same for a claim of the last sentence, whose place is known, after another claim."""
    before, denial = reports_of(text, opening, own)
    sentence = Span(start=text.rindex(". ", 0, denial.claim.span.start) + 2, end=len(text))
    made = denial.claim.model_copy(update={"sentence": sentence})
    denial = replace(make_report(denial.article, "org_1", made, round_to_whole_numbers(direction(1))), source=own[0])
    target = find_rebutted_claim(denial, [before, denial])
    return None if target is None else target.claim.text


def test_contrary_to_somebodys_claims_means_what_that_one_said_of_the_matter() -> None:
    own = ("Ada Reyl", "said", "contrary to Tolmar's claims, the public found two gates shut")
    others = ("Tolmar", "said", "entry was free"), ("Ole Brandt", "said", "the gates were green")
    text = " ".join(f"{speaker} {cue} {words}." for speaker, cue, words in (OPEN, *others, own))
    assert meant(text, OPEN, *others, own) == "all gates were open to the public"


def test_contrary_to_the_claims_of_whom_the_text_does_not_quote_means_nothing() -> None:
    own = ("Ada Reyl", "said", "contrary to Brandt's claims, the public found two gates shut")
    assert meant(f"Tolmar said {OPEN[2]}. Ada Reyl said {own[2]}.", OPEN, own) is None


def test_contrary_to_stands_with_the_claim_that_it_opens_not_with_the_one_before_it_in_the_sentence() -> None:
    first = ("Ada Reyl", "said", "she came at noon with the public")
    rest = "and that contrary to Tolmar's claims, two gates were shut"
    text = f"Tolmar said {OPEN[2]}. Ada Reyl said {first[2]}, {rest}."
    assert meant(text, OPEN, first) is None


def test_contrary_to_in_the_sentence_before_belongs_to_that_sentence() -> None:
    own = ("The Post", None, "the auditors went to the gates at noon with the public")
    text = f"Tolmar said {OPEN[2]}. The list contradicted Tolmar's version. Then {own[2]}."
    assert meant(text, OPEN, own) is None


def test_who_disputes_somebodys_statement_means_what_that_one_said_last() -> None:
    text = "Tolmar said all gates were open to the public. The union disputed Tolmar's statement."
    assert meant(text, OPEN, ("The union", "disputed", "Tolmar's statement")) == OPEN[2]


def test_remarks_and_allegations_of_many_kinds_are_not_disputed_as_one_statement() -> None:
    for noun in ("remarks", "allegations"):
        text = f"Tolmar said all gates were open to the public. The union disputed Tolmar's {noun}."
        assert meant(text, OPEN, ("The union", "disputed", f"Tolmar's {noun}")) is None


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("that claim was false", True),
        ("That is simply not true", True),
        ("it is untrue that the gates opened late", False),
        ("that would be a false step", False),
        ("the new dam is false economy", False),
        ("the false claims about the gates help nobody", False),
        ("it was inaccurate", True),
        ("it was inaccurate and left out the side gates", True),
    ],
)
def test_that_claim_was_false_means_what_another_said_just_before(words: str, found: bool) -> None:
    text = f"Tolmar claimed all gates were open to the public, but the auditors said {words}."
    open_claim = ("Tolmar", "claimed", OPEN[2])
    assert (meant(text, open_claim, ("the auditors", "said", words)) is not None) is found


@pytest.mark.parametrize(
    ("denial", "found"),
    [
        ("disputed that account, saying", True),
        ("disputed that account and said", True),
        ("pushed back on this claim, telling reporters that", True),
        ("rejected that suggestion:", True),
        ("took issue with that characterization, insisting", True),
        ("disputed that account. She later said", False),
        ("rejected that offer, saying", False),
        ("dismissed those ideas as wild and said", False),
        ("disputed the account of the guards, saying", False),
    ],
)
def test_who_disputes_that_account_saying_something_contradicts_what_another_said_last(
    denial: str, found: bool
) -> None:
    text = f"Tolmar said {OPEN[2]}. But Ada Reyl {denial} two gates were shut."
    assert _meant_by_sentence(text, ("Ada Reyl", "saying", "two gates were shut")) == (OPEN[2] if found else None)


@pytest.mark.parametrize(
    ("words", "found"),
    [("two gates were shut", True), ("it never happened", True), ("the town has better days to come", False)],
)
def test_what_is_said_instead_of_that_account_is_about_the_same_thing(words: str, found: bool) -> None:
    text = f"Tolmar said {OPEN[2]}. But Ada Reyl disputed that account, saying {words}."
    assert _meant_by_sentence(text, ("Ada Reyl", "saying", words)) == (OPEN[2] if found else None)


def test_that_claim_is_not_what_somebody_says_of_whom_the_sentence_tells() -> None:
    asked: Part = ("two women", "say", "they had met Tolmar")
    own: Part = ("Tolmar", "telling", "he met nobody")
    text = f"The clerk arranged payments to two women who say {asked[2]}. "
    denial = f"Tolmar pushed back on that claim, telling a reporter that {own[2]}."
    assert _meant_by_sentence(text + denial, own, asked) is None
    assert _meant_by_sentence(f"Two women say {asked[2]}. {denial}", own, ("Two women", *asked[1:])) == asked[2]


def test_who_admits_that_it_was_a_lie_calls_nobody_else_false() -> None:
    words = f"{OPEN[2]} all night"
    text = f"The guards claimed {words}, and Ada Reyl {{}} it was a lie."
    for cue, found in (("said", True), ("confirmed", True), ("admitted", False)):
        target = meant(text.format(cue), ("The guards", "claimed", words), ("Ada Reyl", cue, "it was a lie"))
        assert (target is not None) is found


def test_somebodys_claims_are_not_what_that_one_said_paragraphs_before() -> None:
    between = "The river was low that week, and the ferries stayed where they were. " * 5
    own: Part = ("The union", "disputed", "Tolmar's claims")
    assert meant(f"Tolmar said {OPEN[2]}. The union disputed Tolmar's claims.", OPEN, own) == OPEN[2]
    assert meant(f"Tolmar said {OPEN[2]}. {between}The union disputed Tolmar's claims.", OPEN, own) is None


@pytest.mark.parametrize("denied", ["Tolmar's account", "Tolmar's account on Monday", "Tolmar's recollection of it"])
def test_a_whole_clause_that_disputes_what_somebody_said_means_what_that_was(denied: str) -> None:
    own: Part = ("The union", "disputed", f"The union disputed {denied}")
    assert (meant(f"Tolmar said {OPEN[2]}. {own[2]}.", OPEN, own) == OPEN[2]) is (not denied.endswith("of it"))


def test_nobody_disputes_his_own_account() -> None:
    text = f"Tolmar said {OPEN[2]}. Tolmar disputed that account, saying two gates were shut."
    assert _meant_by_sentence(text, ("Tolmar", "saying", "two gates were shut")) is None


def test_the_story_was_false_is_not_said_of_what_somebody_says_about_it() -> None:
    about: Part = ("Some members", "described", "the report as a reason to close all gates")
    own: Part = ("the council", "said", "the story was false")
    assert meant(f"Some members described {about[2]}. Earlier the council said {own[2]}.", about, own) is None


def test_a_story_that_is_called_false_is_not_what_a_person_said_before() -> None:
    own: Part = ("Lena Voskamp", "added", "This story is false and the port knows it")
    text = f"Ada Reyl said that she was there and it was calm. {own[2]}, Lena Voskamp added."
    assert meant(text, ("Ada Reyl", "said", "she was there and it was calm"), own) is None


def test_of_several_claims_of_somebody_none_is_taken_for_the_one_that_is_denied() -> None:
    own: Part = ("The union", "disputed", "Tolmar's claims")
    second: Part = ("Tolmar", "said", "the dam had held")
    text = f"Tolmar said {OPEN[2]}. Tolmar said {second[2]}. The union disputed Tolmar's claims."
    assert meant(text, OPEN, second, own) is None
    assert meant(text.replace("claims.", "claim."), OPEN, second, (*own[:2], "Tolmar's claim")) == second[2]


def test_a_claim_of_few_words_is_not_called_false() -> None:
    short: Part = ("Tolmar", "said", "it did not")
    text = "Did it rain? Tolmar said it did not. The auditors suggested it was inaccurate."
    assert meant(text, short, ("the auditors", "suggested", "it was inaccurate")) is None


def test_who_is_asked_about_something_answers_that() -> None:
    own: Part = ("Ada Reyl", "said", '"It is not true"')
    text = f'Tolmar said {OPEN[2]}. Asked about reports of a flood, Ada Reyl said: "It is not true"'
    assert meant(text, OPEN, own) is None
    assert meant(text.replace("Asked about reports of a flood, ", ""), OPEN, own) == OPEN[2]


def test_nobody_calls_his_own_words_false() -> None:
    text = "Tolmar claimed all gates were open to the public. Tolmar said that was not true."
    assert meant(text, ("Tolmar", "claimed", OPEN[2]), ("Tolmar", "said", "that was not true")) is None


@pytest.mark.parametrize(
    ("before", "found"), [("he had ordered the dam opened", True), ("he had dined at the dam", False)]
)
def test_he_had_no_role_answers_only_what_blames_him(before: str, found: bool) -> None:
    text = f"The auditors said {before}. Tolmar officials say he had no role, though he knew the dam."
    claims: tuple[Part, ...] = (("The auditors", "said", before), ("Tolmar officials", "say", "he had no role"))
    assert (meant(text, *claims) == before) is found


PUSHED = "Ada Reyl pushed back on Tolmar's claim that she never asked for the plans, {} she wrote to them twice."


@pytest.mark.parametrize(("joined", "found"), [("saying", True), ("and then she left:", False)])
def test_who_pushes_back_on_a_claim_saying_something_contradicts_that_claim(joined: str, found: bool) -> None:
    asked: Part = ("Tolmar", "claim", "she never asked for the plans")
    own: Part = ("Ada Reyl", "saying", "she wrote to them twice")
    assert (meant(PUSHED.format(joined), asked, own) == asked[2]) is found


def test_who_disputes_reports_has_not_said_what_they_say() -> None:
    denied, own = "he never asked for the plans of the port", "he wrote to the port twice"
    for whose, speaker in (("Tolmar's claims", "Tolmar"), ("reports", "Ada Reyl")):
        text = f"Ada Reyl disputed {whose} that {denied}, saying {own}."
        target = meant(text, (speaker, "disputed", denied), ("the port", "saying", own))
        assert (target is not None) is (speaker == "Tolmar")


def test_who_disputes_the_claim_of_somebody_without_a_name_contradicts_nobody() -> None:
    denied, own = "he never asked for the plans of the port", "he wrote to the port twice"
    text = f"Ada Reyl disputed reports that {denied}, saying {own}."
    assert meant(text, (" ", "disputed", denied), ("Ada Reyl", "saying", own)) is None


def test_a_fact_check_sets_the_first_claim_behind_its_mark_against_the_quotation_before_it() -> None:
    quoted: Part = ("TOLMAR", None, '"We built more dams than anyone"')
    first: Part = (None, None, "Others built nine dams")
    later: Part = (None, None, "They built dams until 1840")
    text = f"TOLMAR: {quoted[2]}\n\nTHE FACTS: That is off. {first[2]}. {later[2]}."
    assert meant(text, quoted, first) == "We built more dams than anyone"
    assert meant(text, quoted, first, later) is None
    aside: Part = (None, None, "His aide deleted the tweet")
    assert meant(f"TOLMAR: {quoted[2]}\n\nTHE FACTS: {aside[2]}.", quoted, aside) is None


@pytest.mark.parametrize(
    ("verdict", "rest", "found"),
    [
        ("That is off.", "", True),
        ("He is essentially correct.", "", False),
        ("He is not correct.", "", True),
        ("He overstates it.", ", but not all of them", False),
    ],
)
def test_a_fact_check_that_grants_what_was_said_sets_nothing_against_it(verdict: str, rest: str, found: bool) -> None:
    quoted: Part = ("TOLMAR", None, '"We built more dams than anyone"')
    first: Part = (None, None, "Others built nine dams")
    text = f"TOLMAR: {quoted[2]}\n\nTHE FACTS: {verdict} {first[2]}{rest}."
    assert (meant(text, quoted, first) is not None) is found


@pytest.mark.parametrize(
    ("cue", "opening", "found"),
    [("claimed", "In fact, ", True), ("wrongly said", "In reality, ", True), ("said", "In fact, ", False)],
)
def test_in_fact_corrects_what_somebody_claimed_or_said_wrongly(cue: str, opening: str, found: bool) -> None:
    text = f"Tolmar {cue} the dam had cost nothing. {opening}the council paid half of it."
    own: Part = (None, None, f"{opening}the council paid half of it")
    assert (meant(text, ("Tolmar", cue.rsplit(maxsplit=1)[-1], "the dam had cost nothing"), own) is not None) is found


def test_actually_corrects_nobody_where_only_some_claims_are_mentioned() -> None:
    right: Part = ("the checkers", "made", "the right call on the dam")
    own: Part = (None, None, "Actually, the third strikes me as odd")
    text = f"But claims 1 and 3 collapse if the checkers made {right[2]}. {own[2]}."
    assert meant(text, right, own) is None


def test_despite_earlier_reports_means_the_report_that_shares_its_words() -> None:
    reported: Part = ("The Post", "reported", "the suit had been filed on Monday")
    other: Part = ("The Post", "reported", "the mayor was ill")
    own: Part = ("A clerk", "said", "the suit was only filed on Tuesday, despite earlier reports")
    text = f"The Post reported {reported[2]}. The Post reported {other[2]}. A clerk said {own[2]}."
    assert meant(text, reported, other, own) == reported[2]
    from_there: Part = ("A clerk", "said", "the suit was filed despite reports from the valley of a strike")
    text = f"The Post reported {reported[2]}. A clerk said {from_there[2]}."
    assert meant(text, reported, from_there) is None


def test_what_is_denied_is_quoted_from_the_article_that_tells_the_denial() -> None:
    words = "the guards of the port of Arlund had lost all confidence in the master of the port"
    shorter, longer = f"{words} for the second time in a month", f"{words} and in the whole council of the great valley"
    own: Part = ("Ada Reyl", "said", "that is not accurate")
    denied = reports_of(f"Tolmar said {shorter}. Ada Reyl said {own[2]}.", ("Tolmar", "said", shorter), own)
    article = make_article("post", f"Tolmar said {longer}.")
    other = _report(article, 0, "Tolmar", "said", longer)
    (told,) = find_contradictions(
        GroupChanges(new=group_claims([*denied, other])), group_by_article([*denied, other]), ()
    )
    assert told.explanation == f"Tolmar said that {shorter}; Ada Reyl said that that is not accurate."


def test_a_quotation_is_told_of_those_who_are_quoted_with_it_alone() -> None:
    (quoted,) = reports_of('"All gates were open," said Tolmar.', ("Tolmar", "said", '"All gates were open"'))
    (told,) = reports_of("The port said the gates were open.", ("The port", "said", "the gates were open"))
    (denied,) = reports_of("Ada Reyl denied that.", ("Ada Reyl", "denied", "that"))
    group = ClaimGroup((quoted, told), quoted)
    affirming = [ReportStance(group, report, Stance.ASSERTS) for report in (told, quoted)]
    answering = [ReportStance(ClaimGroup((denied,), denied), denied, Stance.DENIES)]
    explanation = "Tolmar said “All gates were open”; Ada Reyl denied it."
    assert build_explanation(affirming, answering) == explanation
    assert build_explanation(affirming[:1], answering) == explanation


def test_what_a_text_says_is_contradicted_is_told_with_the_words_of_both_sides() -> None:
    own = ("Ada Reyl", "said", "contrary to Tolmar's claims, the public found two gates shut")
    text = f"Tolmar said {OPEN[2]}. Ada Reyl said {own[2]}."
    reports = reports_of(text, OPEN, own)
    (told,) = find_contradictions(GroupChanges(new=group_claims(reports)), group_by_article(reports), ())
    assert [(each.says, each.source, each.passages[0].text) for each in told.positions] == [
        ("says so", "Tolmar", OPEN[2]),
        ("says otherwise", "Ada Reyl", own[2]),
    ]
    assert told.explanation == (
        "Tolmar said that all gates were open to the public; "
        "Ada Reyl said that contrary to Tolmar's claims, the public found two gates shut."
    )
