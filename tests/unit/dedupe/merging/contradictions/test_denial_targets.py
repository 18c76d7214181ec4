"""What a denial answers where it only points there, and what the denier says instead."""

from dataclasses import replace

import pytest

from services.contracts.article import Article
from services.contracts.claim import ClaimKind, Commitment, Speaker, SpeakerKind
from services.contracts.event_claims import Contradiction
from services.dedupe.embedding.whole_numbers import round_to_whole_numbers
from services.dedupe.merging.claims.group_changes import GroupChanges
from services.dedupe.merging.claims.grouping import group_claims
from services.dedupe.merging.claims.report import Report
from services.dedupe.merging.claims.wordings import group_by_article
from services.dedupe.merging.contradictions.denial_targets import find_denied_claim
from services.dedupe.merging.contradictions.event_contradictions import find_contradictions
from tests.support.contradictions import contradictions_of, positions_of
from tests.support.dedupe_articles import direction, make_article, make_claim
from tests.support.reports import make_report, with_claim

Part = tuple[str, str, str]
"""Speaker, cue and words of a claim; a leading quote mark makes it a quotation."""
DENIALS = ("denied", "rejected", "disputed", "refused")


def contradicted(text: str, *parts: Part) -> tuple[Contradiction, ...]:
    """The contradictions in an article with these claims."""
    article = make_article("herald", text)
    reports = [_report(article, number, part) for number, part in enumerate(parts)]
    return find_contradictions(GroupChanges(new=group_claims(reports)), group_by_article(reports), ())


def _report(article: Article, number: int, part: Part) -> Report:
    speaker, cue, words = part
    kind = ClaimKind.QUOTATION if words.startswith('"') else ClaimKind.STATEMENT
    commitment = Commitment.DENIES if cue in DENIALS else Commitment.ASSERTS
    made = make_claim(article, words.strip('"'), speaker=speaker, commitment=commitment, kind=kind)
    made = made.model_copy(update={"cue": cue})
    one = make_report(article, "org_1", made, round_to_whole_numbers(direction(number)))
    return replace(one, source=speaker)


def sides(contradiction: Contradiction) -> list[tuple[str, str | None, str]]:
    return [(each.says, each.source, each.passages[0].text) for each in contradiction.positions]


GATES = 'Ada Reyl said the gates were open all night. Tolmar Works denied it. "We shut them at ten," said Ole Brandt.'


def test_who_denied_it_denies_what_was_told_last_and_the_quotation_after_is_the_deniers_version() -> None:
    (contradiction,) = contradicted(
        GATES,
        ("Ada Reyl", "said", "the gates were open all night"),
        ("Tolmar Works", "denied", "it"),
        ("Ole Brandt", "said", '"We shut them at ten"'),
    )
    assert sides(contradiction) == [
        ("says so", "Ada Reyl", "the gates were open all night"),
        ("says otherwise", "Ole Brandt", "We shut them at ten"),
        ("denies", "Tolmar Works", "denied it"),
    ]


def test_the_explanation_does_not_say_that_a_firm_denies_what_its_own_spokesman_says() -> None:
    (contradiction,) = contradicted(
        GATES,
        ("Ada Reyl", "said", "the gates were open all night"),
        ("Tolmar Works", "denied", "it"),
        ("Ole Brandt", "said", '"We shut them at ten"'),
    )
    assert contradiction.explanation == (
        "Ada Reyl said that the gates were open all night; Tolmar Works denied it, and Ole Brandt said "
        "“We shut them at ten”."
    )


def test_a_firm_that_denies_it_to_two_outlets_is_named_once_though_two_of_its_people_are_quoted() -> None:
    reports = [
        _report(
            make_article(outlet, GATES.replace("We shut them at ten", words).replace("Ole Brandt", name)), number, part
        )
        for outlet, name, words in (
            ("herald", "Ole Brandt", "We shut them at ten"),
            ("post", "Ivo Danz", "No gate was open"),
        )
        for number, part in enumerate(
            (
                ("Ada Reyl", "said", "the gates were open all night"),
                ("Tolmar Works", "denied", "it"),
                (name, "said", f'"{words}"'),
            )
        )
    ]
    (contradiction,) = contradictions_of(*reports)
    assert contradiction.explanation.count("Tolmar Works denied it, and") == 1
    assert contradiction.explanation.count("Tolmar Works") == 1
    assert "“No gate was open”" in contradiction.explanation


def test_it_does_not_reach_into_the_paragraph_before() -> None:
    text = GATES.replace(". Tolmar", ".\n\nTolmar")
    told = ("Ada Reyl", "said", "the gates were open all night"), ("Tolmar Works", "denied", "it")
    assert contradicted(text, *told) == ()


@pytest.mark.parametrize(
    ("between", "speaker", "belongs"),
    [
        (" ", "Ole Brandt", True),
        ("\n\n", "Ole Brandt", False),
        ("\n\n", "Jon Tolmar", True),
        (" It rained. ", "", False),
    ],
    ids=["same paragraph", "next paragraph", "next paragraph, one of its people by name", "a sentence between"],
)
def test_a_quotation_is_the_deniers_version_right_after_the_denial(between: str, speaker: str, belongs: bool) -> None:
    speaker = speaker or "Ole Brandt"
    denial = "Ada Reyl said the gates were open. Tolmar Works rejected that account."
    text = f"{denial}{between}“We shut them at ten,” {speaker}"
    (contradiction,) = contradicted(
        text,
        ("Ada Reyl", "said", "the gates were open"),
        ("Tolmar Works", "rejected", "that account"),
        (speaker, "said", '"We shut them at ten"'),
    )
    assert ("says otherwise" in [each.says for each in contradiction.positions]) is belongs


def test_who_had_no_part_in_it_answers_who_suspects_him() -> None:
    (contradiction,) = contradicted(
        "Police held a clerk on suspicion of theft, Ada Reyl said. Roads were dry, she said. "
        "His lawyer Ole Brandt said he had no part in it.",
        ("Ada Reyl", "said", "Police held a clerk on suspicion of theft"),
        ("Ada Reyl", "said", "Roads were dry"),
        ("Ole Brandt", "said", "he had no part in it"),
    )
    assert sides(contradiction) == [
        ("says so", "Ada Reyl", "Police held a clerk on suspicion of theft"),
        ("says otherwise", "Ole Brandt", "he had no part in it"),
    ]


def test_a_disavowal_is_explained_by_its_words_not_by_what_its_source_says_besides() -> None:
    (contradiction,) = contradicted(
        "The police held a clerk on suspicion of theft, Ada Reyl said. "
        'His lawyer Ole Brandt said he had no part in it. "My client called the fire brigade," said Ole Brandt.',
        ("Ada Reyl", "said", "The police held a clerk on suspicion of theft"),
        ("Ole Brandt", "said", "he had no part in it"),
        ("Ole Brandt", "said", '"My client called the fire brigade"'),
    )
    assert contradiction.explanation == (
        "Ada Reyl said that the police held a clerk on suspicion of theft; Ole Brandt said that he had no part in it."
    )


def test_who_had_no_part_in_it_contradicts_nobody_where_nobody_is_accused() -> None:
    text = "Ada Reyl said the fair was a success. Ole Brandt said he had no part in it."
    told = ("Ada Reyl", "said", "the fair was a success"), ("Ole Brandt", "said", "he had no part in it")
    assert contradicted(text, *told) == ()


RECALLED = "The pumps ran until noon, the inspectors said, contradicting the owner. Tolmar Works, which {} the pumps "


@pytest.mark.parametrize(("tense", "found"), [("had said", 1), ("said", 0), ("had asked", 0)])
def test_contradicting_means_what_the_other_side_is_recalled_to_have_said(tense: str, found: int) -> None:
    text = RECALLED.format(tense) + "were broken, did not reply."
    listed = contradicted(
        text,
        ("The inspectors", "said", "The pumps ran until noon"),
        ("Tolmar Works", tense.rsplit(maxsplit=1)[-1], "the pumps were broken"),
    )
    assert [each.positions[0].source for each in listed] == ["Tolmar Works"] * found
    if found:
        assert [each.says for each in listed[0].positions] == ["says so", "says otherwise"]


def test_who_contradicts_what_he_said_himself_contradicts_nobody_else() -> None:
    text = RECALLED.format("had said").replace("contradicting the owner", "contradicting their own report")
    told = ("The inspectors", "said", "The pumps ran until noon"), ("Tolmar Works", "said", "the pumps were broken")
    assert contradicted(text + "were broken, did not reply.", *told) == ()


def test_what_is_recalled_of_something_else_is_not_contradicted() -> None:
    text = RECALLED.format("had said") + "..."
    text = text.replace("the pumps ...", "wages would rise.")
    told = ("The inspectors", "said", "The pumps ran until noon"), ("Tolmar Works", "said", "wages would rise")
    assert contradicted(text, *told) == ()


def test_unnamed_sources_described_alike_contradict_nothing_of_each_other() -> None:
    text = (
        "Three members voted against, two clerks said, contradicting the mayor. The two clerks had said that three "
        "members voted for less."
    )
    article = make_article("herald", text)
    parts = (
        ("two clerks", "said", "Three members voted against"),
        ("The two clerks", "said", "three members voted for less"),
    )
    first, second = (_unnamed(_report(article, number, part)) for number, part in enumerate(parts))
    first, second = replace(first, source=None), replace(second, source=None)
    assert find_denied_claim(first, [first, second]) is None
    stranger = with_claim(second, second.claim.model_copy(update={"speaker": _speaker_called("a guard", second)}))
    assert find_denied_claim(first, [first, stranger]) is stranger


def _unnamed(report: Report) -> Report:
    speaker = report.claim.speaker
    assert speaker is not None
    return with_claim(report, report.claim.model_copy(update={"speaker": _speaker_called(speaker.canonical, report)}))


def _speaker_called(canonical: str, report: Report) -> Speaker:
    assert report.claim.speaker is not None
    return report.claim.speaker.model_copy(update={"canonical": canonical, "kind": SpeakerKind.UNNAMED})


def test_in_one_sentence_contradicting_needs_no_common_words() -> None:
    (contradiction,) = contradicted(
        "Three members voted against, clerks said, contradicting the mayor, who had described the choice as unanimous.",
        ("Clerks", "said", "Three members voted against"),
        ("The mayor", "described", "the choice as unanimous"),
    )
    assert sides(contradiction) == [
        ("says so", "The mayor", "described the choice as unanimous"),
        ("says otherwise", "Clerks", "Three members voted against"),
    ]
    assert contradiction.explanation.startswith("The mayor described the choice as unanimous; ")


@pytest.mark.parametrize(("cue", "found"), [("denied", 1), ("refused", 0)])
def test_a_denial_answers_what_the_other_side_is_recalled_to_have_said(cue: str, found: int) -> None:
    text = f"Tolmar Works {cue} leaving a gate open. Ada Reyl has said that the gate stood open."
    told = ("Tolmar Works", cue, "leaving a gate open"), ("Ada Reyl", "said", "the gate stood open")
    assert len(contradicted(text, *told)) == found


def test_one_word_in_common_does_not_show_what_a_denial_answers() -> None:
    text = "Tolmar Works rejects the idea of arming more gate guards. Ada Reyl has said that each gate costs much."
    told = (
        ("Tolmar Works", "rejected", "the idea of arming more gate guards"),
        ("Ada Reyl", "said", "each gate costs much"),
    )
    assert contradicted(f"It rained all night. {text}", *told) == ()
    assert len(contradicted(text, *told)) == 1  # an article that opens with a denial recalls what is denied


def test_contrary_to_something_that_nobody_said_contradicts_nobody() -> None:
    text = (
        "Ada Reyl said guards keep a gate safe, contrary to the purpose of the law. "
        "Tolmar has said that a gate costs much."
    )
    told = ("Ada Reyl", "said", "guards keep a gate safe"), ("Tolmar", "said", "a gate costs much")
    assert contradicted(text, *told) == ()


@pytest.mark.parametrize(
    ("between", "found"),
    [(" It rained that night.", 1), (" The Post reported that Tolmar had sold the keys.", 0)],
    ids=["nothing reported between", "another story between"],
)
def test_that_story_is_what_was_reported_last_also_where_that_is_no_claim(between: str, found: int) -> None:
    text = f"Ada Reyl said the gates were open.{between} Tolmar Works denied that story."
    told = ("Ada Reyl", "said", "the gates were open"), ("Tolmar Works", "denied", "that story")
    assert len(contradicted(text, *told)) == found


def test_the_story_is_not_what_somebody_says_about_a_story() -> None:
    text = "Ada Reyl said two papers had a story early. Tolmar Works denied that story."
    told = ("Ada Reyl", "said", "two papers had a story early"), ("Tolmar Works", "denied", "that story")
    assert contradicted(text, *told) == ()


def test_where_nobody_denied_it_nothing_is_denied() -> None:
    text = "Ada Reyl said the gates were open. Neither Tolmar nor its guards denied that account."
    told = ("Ada Reyl", "said", "the gates were open"), ("Neither Tolmar nor its guards", "denied", "that account")
    assert contradicted(text, *told) == ()


def test_an_account_is_what_its_source_says_in_the_first_sentence() -> None:
    (contradiction,) = contradicted(
        "Three members opposed the rise, two people said. They wanted less, said the two people. The bank disputed the "
        'account. "All agreed," said Ole Brandt.',
        ("two people", "said", "Three members opposed the rise"),
        ("two people", "said", "They wanted less"),
        ("The bank", "disputed", "the account"),
        ("Ole Brandt", "said", '"All agreed"'),
    )
    assert sides(contradiction)[0] == ("says so", "two people", "Three members opposed the rise")


def test_that_account_is_what_was_told_last_by_somebody_else() -> None:
    text = "Ilya Marchenkov said the gates were open all night. Tolmar Lines rejected that account."
    article = make_article("herald", text)
    first = make_claim(article, "the gates were open all night", speaker="Ilya Marchenkov")
    second = make_claim(article, "that account", speaker="Tolmar Lines", commitment=Commitment.DENIES)
    second = second.model_copy(update={"cue": "rejected"})
    reports = [
        make_report(article, "org_1", each, round_to_whole_numbers(direction(at)))
        for at, each in enumerate((first, second))
    ]
    (contradiction,) = contradictions_of(*reports)
    assert positions_of(contradiction) == [
        ("says so", "Ilya Marchenkov", ["the gates were open all night"]),
        ("denies", "Tolmar Lines", ["rejected that account"]),
    ]


def test_accusations_are_what_a_claim_before_accuses_of() -> None:
    text = "Ada Reyl said it would rain. Ole Brandt accused the port of theft. The port denied the accusations."
    article = make_article("herald", text)
    rain = make_claim(article, "it would rain", speaker="Ada Reyl").model_copy(update={"cue": "said"})
    theft = make_claim(article, "the port of theft", speaker="Ole Brandt").model_copy(update={"cue": "accused"})
    denied = make_claim(article, "the accusations", speaker="The port", commitment=Commitment.DENIES)
    denied = denied.model_copy(update={"cue": "denied"})
    reports = [
        make_report(article, "org_1", each, round_to_whole_numbers(direction(at)))
        for at, each in enumerate((rain, theft, denied))
    ]
    (contradiction,) = contradictions_of(*reports)
    assert [each.source for each in contradiction.positions] == ["Ole Brandt", "The port"]
    assert contradictions_of(reports[0], reports[2]) == ()


def test_accusations_of_something_named_in_between_are_those_denied() -> None:
    text = (
        "The league accused him of greed. Ole Brandt faces allegations of theft by a former clerk. "
        "Brandt denied the allegations."
    )
    told = ("The league", "accused", "him of greed"), ("Ole Brandt", "denied", "the allegations")
    assert contradicted(text, *told) == ()
    assert len(contradicted(text.replace("faces allegations of theft by", "wrote to"), *told)) == 1


@pytest.mark.parametrize(
    "words", ["Ada Reyl has accused the port of theft", "The port has been accused by Ada Reyl of theft"]
)
def test_a_claim_that_names_its_speaker_is_told_without_saying_who_said_it(words: str) -> None:
    (contradiction,) = contradicted(
        f"{words}. Tolmar Works denied the accusations.",
        ("Ada Reyl", "accused", words),
        ("Tolmar Works", "denied", "the accusations"),
    )
    assert contradiction.explanation == f"{words}; Tolmar Works denied it."


def test_a_claim_that_names_its_speaker_by_a_pronoun_is_told_with_the_name() -> None:
    words = "It also accused the port of theft"
    article = make_article("herald", f"The league sued. {words}. The port denied the accusations.")
    made = make_claim(article, words, speaker="It")
    assert made.speaker is not None
    league = made.speaker.model_copy(update={"canonical": "The league"})
    made = made.model_copy(update={"cue": "accused", "speaker": league})
    accusing = make_report(article, "org_1", made, round_to_whole_numbers(direction(0)))
    reports = [replace(accusing, source="The league"), _report(article, 1, ("The port", "denied", "the accusations"))]
    (contradiction,) = find_contradictions(GroupChanges(new=group_claims(reports)), group_by_article(reports), ())
    assert contradiction.explanation == "The league accused the port of theft; the port denied it."


RIGGED = '"They are rigging the vote," Reyl said. "They will not succeed." Brandt denounced the claim. '


@pytest.mark.parametrize(
    ("after", "target"),
    [
        ('"The vote is free," he said.', "They are rigging the vote"),
        ('"It rains," he said.', "They will not succeed."),
    ],
    ids=["told by what follows", "not told"],
)
def test_of_several_claims_of_one_source_the_one_that_the_denial_tells_of_is_denied(after: str, target: str) -> None:
    article = make_article("herald", RIGGED + after)
    parts = (
        ("Reyl", "said", '"They are rigging the vote"'),
        ("Reyl", "said", '"They will not succeed."'),
        ("Brandt", "denied", "the claim"),
    )
    reports = [_report(article, number, part) for number, part in enumerate(parts)]
    denied = find_denied_claim(reports[-1], reports)
    assert denied is not None
    assert denied.claim.text == target


def test_accusations_are_not_those_of_whom_the_text_told_paragraphs_before() -> None:
    text = "One woman accused Tolmar of theft.\n\nOle Brandt\n\nA clerk wrote of him. Brandt denied the allegations."
    told = ("One woman", "accused", "Tolmar of theft"), ("Ole Brandt", "denied", "the allegations")
    assert contradicted(text, *told) == ()
    assert len(contradicted(text.replace("\n\n", " "), *told)) == 1


def test_accusations_stay_denied_where_others_are_told_in_between() -> None:
    text = "A clerk accused Tolmar of theft. Another said he lied. Tolmar denied the allegations."
    assert (
        len(contradicted(text, ("A clerk", "accused", "Tolmar of theft"), ("Tolmar", "denied", "the allegations"))) == 1
    )


def test_a_denial_may_answer_somebody_without_a_name() -> None:
    article = make_article("herald", "The gates were open all night. Tolmar Works denied that account.")
    parts = ("A clerk", "said", "The gates were open all night"), ("Tolmar Works", "denied", "that account")
    first, denial = (_report(article, number, part) for number, part in enumerate(parts))
    clerk = replace(_unnamed(first), source=None)
    assert find_denied_claim(denial, [clerk, denial]) is clerk


@pytest.mark.parametrize(("mark", "count"), [(".", 1), ("?", 0)])
def test_what_somebody_asked_is_not_denied(mark: str, count: int) -> None:
    words = f'"The gates were open all night{mark}"'
    text = f'{words} Ada Reyl said. "That is not true," said Ole Brandt.'
    contradictions = contradicted(text, ("Ada Reyl", "said", words), ("Ole Brandt", "said", '"That is not true"'))
    assert len(contradictions) == count


@pytest.mark.parametrize(
    ("opening", "denied", "count"),
    [("Two women said", "that claim", 1), ("He paid two women who said", "that claim", 0)],
)
def test_that_claim_is_not_what_a_clause_about_somebody_tells(opening: str, denied: str, count: int) -> None:
    words = "they had met Tolmar in the mill"
    text = f"{opening} {words}. Tolmar rejected {denied}."
    assert len(contradicted(text, ("women", "said", words), ("Tolmar", "rejected", denied))) == count


def test_allegations_that_an_accusation_only_mentions_are_others() -> None:
    text = "Tolmar accused Reyl of {}. Brandt denied the allegations."
    for words, count in (("theft from the port", 1), ("using old allegations, of theft", 0)):
        parts = ("Tolmar", "accused", f"Reyl of {words}"), ("Brandt", "denied", "the allegations")
        assert len(contradicted(text.format(words), *parts)) == count
