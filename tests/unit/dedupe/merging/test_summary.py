from collections.abc import Sequence

import pytest

from services.contracts.article import Article, KindOfText, TextKind
from services.contracts.base import Span
from services.contracts.claim import ClaimKind, SpeakerKind
from services.contracts.event_claims import Contradiction, ContradictionKind, Passage, Position
from services.dedupe.merging.claims.claim_group import ClaimGroup
from services.dedupe.merging.claims.group_changes import GroupChanges
from services.dedupe.merging.claims.report import Report
from services.dedupe.merging.shared_claims import SharedClaims
from services.dedupe.merging.summary import build_summary
from tests.support.dedupe_articles import direction, make_article, make_claim
from tests.support.reports import make_report

NEAR = direction(1)


def test_a_summary_sentence_is_verbatim_and_not_the_title_again() -> None:
    title = "A car ferry capsized minutes after leaving Port Eldrin"
    article = make_article(
        "o", f"{title}.\nFourteen people were killed in the worst accident for years. End.", title=title
    )
    (sentence,) = build_summary(article, {}, [])
    assert sentence.text == sentence.span.of(article.text)
    assert sentence.text.startswith("Fourteen people")


def report_of(article: Article, text: str, *, sentence: str, speaker: str | None = None) -> Report:
    """A report of `text`, which stands in `sentence`, by a speaker whom the article writes as `speaker`."""
    claim = make_claim(article, text, kind=ClaimKind.STATEMENT, speaker=speaker)
    start = article.text.index(sentence)
    named = claim.speaker
    if named is not None and speaker is not None:
        at = article.text.index(speaker, start)
        named = named.model_copy(update={"surface": speaker, "span": Span(start=at, end=at + len(speaker))})
    span = Span(start=start, end=start + len(sentence))
    return make_report(article, article.article_id, claim.model_copy(update={"sentence": span, "speaker": named}), NEAR)


def test_a_summary_starts_behind_the_dateline() -> None:
    article = make_article(
        "o", "PORT ELDRIN, March 3 (AP) \u2014 A car ferry capsized minutes after leaving the quay. End."
    )
    (sentence,) = build_summary(article, {}, [])
    assert sentence.text == "A car ferry capsized minutes after leaving the quay."
    assert sentence.text == sentence.span.of(article.text)


def test_a_summary_does_not_start_with_who_is_named_elsewhere() -> None:
    opening = "He left the bridge of the ferry before it went down."
    said = "\u201cThe bow door was open when we left the quay,\u201d she said."
    article = make_article("o", f"{opening} {said} A car ferry capsized minutes after leaving the quay.")
    reports = [report_of(article, "The bow door was open", sentence=said, speaker="she")]
    (sentence,) = build_summary(article, {article.article_id: reports}, [])
    assert sentence.text == "A car ferry capsized minutes after leaving the quay."


def test_a_sentence_whose_speaker_is_named_before_who_can_open_a_summary() -> None:
    said = "A court struck down the law of the ferries and sided with masters who argue that it was void."
    article = make_article("o", said)
    reports = [report_of(article, "that it was void", sentence=said, speaker="who")]
    (sentence,) = build_summary(article, {article.article_id: reports}, [])
    assert sentence.text == said
    asked = make_article("o", f"Who knows, said the court of the ferries of Port Eldrin. {LEAD}")
    opening_words = "Who knows, said the court of the ferries of Port Eldrin."
    reports = [report_of(asked, "said the court", sentence=opening_words, speaker="Who")]
    assert build_summary(asked, {asked.article_id: reports}, [])[0].text == LEAD


def test_a_shared_claim_is_told_by_the_report_that_names_its_speaker() -> None:
    opening = "A car ferry capsized minutes after leaving the quay."
    unclear, clear = "The bow door was open, he said.", "The bow door was open, Minister Ada Reyl said."
    one, other = make_article("one", f"{opening} {unclear}"), make_article("other", f"{opening} {clear}")
    reports = (
        report_of(one, "The bow door was open", sentence=unclear, speaker="he"),
        report_of(other, "The bow door was open", sentence=clear, speaker="Minister Ada Reyl"),
    )
    summary = build_summary(one, {}, [ClaimGroup(reports, reports[0])])
    assert [sentence.text for sentence in summary] == [opening, clear]
    assert summary[1].article_id == other.article_id


def test_a_shared_claim_whose_speaker_no_report_names_is_not_in_the_summary() -> None:
    opening, unclear = "A car ferry capsized minutes after leaving the quay.", "The bow door was open, he said."
    articles = [make_article(outlet, f"{opening} {unclear}") for outlet in ("one", "other")]
    reports = tuple(report_of(article, "The bow door was open", sentence=unclear, speaker="he") for article in articles)
    assert len(build_summary(articles[0], {}, [ClaimGroup(reports, reports[0])])) == 1


def opening(*articles: Article) -> str:
    return build_summary(articles[0], {}, [], articles)[0].text


def test_the_summary_opens_with_who_did_what_where_as_the_other_articles_tell_it() -> None:
    vague = make_article(
        "vague", "Within a few days a quiet clerk became the talk of the whole coast.", title="A clerk"
    )
    plain = make_article(
        "plain",
        "Police in Tannerby arrested the clerk Otto Brandt on Monday after a fire at the harbour office.",
        title="Otto Brandt arrested in Tannerby",
        days=1,
    )
    third = make_article(
        "third", "A fire at the harbour office of Tannerby led to the arrest of Otto Brandt, police said.", days=1
    )
    assert opening(vague, plain, third) == plain.text


LEAD = "A car ferry capsized off Port Eldrin on Tuesday, and fourteen people died."


@pytest.mark.parametrize(
    "colour",
    [
        "I have taken the ferry of Port Eldrin that capsized on Tuesday since I could walk.",
        "Who let the ferry of Port Eldrin, on which fourteen people died on Tuesday, leave the quay?",
        "In 1998 another car ferry capsized off Port Eldrin, and forty people died of the cold.",
        "The decision could change how car ferries leave Port Eldrin after the people died on Tuesday.",
        "A ferry that capsized off Port Eldrin, on which fourteen people died, is pictured.",
    ],
)
def test_no_colour_question_caption_background_or_what_is_known_opens_a_summary(colour: str) -> None:
    titles = ("Ferry capsizes off Port Eldrin", "Fourteen die as ferry capsizes")
    first = make_article("first", f"{colour} {LEAD}", title=titles[0])
    other = make_article("other", LEAD, title=titles[1], days=1)
    assert opening(first, other) == LEAD


def test_a_report_opens_a_summary_and_not_a_comment_with_the_same_words() -> None:
    comment = make_article(
        "comment", "The ferry capsized off Port Eldrin, where fourteen people died, for want of care."
    )
    comment = comment.model_copy(update={"text_kind": KindOfText(kind=TextKind.OPINION, evidence="said so")})
    report = make_article("report", LEAD, days=1)
    assert opening(comment, report) == LEAD


def test_an_opening_that_tells_what_the_first_lacks_goes_on_with_the_summary() -> None:
    charged = "Prosecutors charged the master Otto Brandt with manslaughter and false statements on Friday."
    articles = [
        make_article("one", LEAD, title="Ferry capsizes off Port Eldrin"),
        make_article("two", f"{charged} {LEAD}", title="Master Otto Brandt charged with manslaughter", days=3),
        make_article("three", f"{LEAD} Otto Brandt was charged with manslaughter.", title="Master charged", days=3),
    ]
    told = [sentence.text for sentence in build_summary(articles[0], {}, [], articles)]
    assert sorted(told) == sorted([LEAD, charged])


def test_openings_that_tell_the_same_are_told_once() -> None:
    articles = [
        make_article("one", LEAD, title="Ferry capsizes off Port Eldrin"),
        make_article("two", "Fourteen people died when a car ferry capsized off Port Eldrin on Tuesday.", days=1),
        make_article("three", "Off Port Eldrin, a car ferry capsized: fourteen people died on Tuesday.", days=1),
    ]
    assert len(build_summary(articles[0], {}, [], articles)) == 1


def test_a_single_article_has_one_sentence_that_opens_it() -> None:
    article = make_article("one", f"{LEAD} Divers found nobody.", title="Ferry capsizes off Port Eldrin")
    assert [one.text for one in build_summary(article, {}, [], [article])] == [LEAD]


def test_the_article_that_stands_for_the_event_opens_it_where_others_tell_no_more() -> None:
    text = "A car ferry capsized minutes after leaving the quay of Port Eldrin."
    one, other = make_article("one", text), make_article("other", text, days=1)
    assert build_summary(one, {}, [], [one, other])[0].article_id == one.article_id


def shared(sentences: tuple[str, str], words: str) -> list[str]:
    """The summary of two articles that share a claim of these words."""
    lead = "A car ferry capsized minutes after leaving the quay."
    articles = [make_article(outlet, f"{lead} {one}") for outlet, one in zip(("one", "other"), sentences, strict=True)]
    reports = tuple(
        report_of(article, words, sentence=one, speaker="the port")
        for article, one in zip(articles, sentences, strict=True)
    )
    return [one.text for one in build_summary(articles[0], {}, [ClaimGroup(reports, reports[0])])][1:]


def test_a_person_whom_no_sentence_has_named_in_full_does_not_speak_by_the_last_name() -> None:
    lead, told = "A car ferry capsized minutes after leaving the quay.", "The bow door was open, Reyl said."
    articles = [make_article(outlet, f"{lead} {told}") for outlet in ("one", "other")]
    reports = []
    for article in articles:
        report = report_of(article, "The bow door was open", sentence=told, speaker="Reyl")
        assert report.claim.speaker is not None
        speaker = report.claim.speaker.model_copy(update={"canonical": "Ada Reyl", "kind": SpeakerKind.PERSON})
        claim = report.claim.model_copy(update={"speaker": speaker})
        reports.append(make_report(article, article.article_id, claim, NEAR))
    group = ClaimGroup(tuple(reports), reports[0])
    assert len(build_summary(articles[0], {}, [group])) == 1
    named = make_article("third", "Ada Reyl left the bridge of the ferry before it capsized at the quay.")
    assert [one.text for one in build_summary(named, {}, [group])] == [named.text, told]


def test_a_sentence_keeps_its_opening_quotation_mark() -> None:
    told = "\u201cThe bow door was open,\u201d the port said."
    assert shared((told, told), "The bow door was open") == [told]


def test_a_sentence_starts_behind_the_dashes_of_a_list() -> None:
    told = "-- The bow door was open, the port said."
    assert shared((told, told), "The bow door was open") == ["The bow door was open, the port said."]


def test_a_sentence_on_a_report_that_nobody_has_told_of_is_not_in_the_summary() -> None:
    unclear, clear = (
        "In the lawsuit, the port called the door broken.",
        "Divers sued, and the port called the door broken.",
    )
    assert shared((unclear, clear), "called the door broken") == [clear]
    assert shared((unclear, unclear), "called the door broken") == []
    known = "In the lawsuit that divers filed, the port called the door broken."
    assert shared((known, known), "called the door broken") == [known]


def test_of_claims_that_as_many_report_the_one_nearest_to_a_lead_comes_first() -> None:
    lead, news = "A car ferry capsized minutes after leaving the quay.", "The bow door was open, the port said."
    detail = "The sea was calm, the port said."
    filler = "There are 40 boats at the quay of the town. " * 4
    one = make_article("one", f"{lead} {filler}{detail} {filler}{news}")
    other = make_article("other", f"{lead} {news} {filler}{detail}")

    def group(words: str, sentence: str) -> ClaimGroup:
        reports = tuple(report_of(article, words, sentence=sentence, speaker="the port") for article in (one, other))
        return ClaimGroup(reports, reports[0])

    groups = [group("The sea was calm", detail), group("The bow door was open", news)]
    shared = SharedClaims()
    shared.update_groups(GroupChanges(new=groups))
    assert [sentence.text for sentence in build_summary(one, {}, shared.list_best_reported())] == [lead, news, detail]


def test_an_opening_from_before_the_outcome_gives_way_to_one_that_tells_it() -> None:
    ahead = "The court of Port Eldrin will rule on the ban of car ferries of the harbour on Tuesday."
    outcome = "The court of Port Eldrin ruled that the ban of car ferries was void, a victory for their masters."
    one, other = make_article("one", ahead), make_article("other", outcome, days=1)
    assert build_summary(one, {}, [], [one, other])[0].text == outcome
    late = make_article("late", ahead, days=2)
    assert build_summary(late, {}, [], [other, late])[0].text == ahead


DEVELOPMENT = "A court closed the company of the ferry on Friday, because its crew had left a door open."


def test_the_opening_of_a_newer_report_ends_the_summary() -> None:
    one = make_article("one", LEAD, title="Car ferry capsizes off Port Eldrin")
    other = make_article("other", LEAD, title="Fourteen people die as car ferry capsizes off Port Eldrin")
    later = make_article("later", DEVELOPMENT, title="Court closes company whose crew left door open", days=2)
    told = [sentence.text for sentence in build_summary(one, {}, [], [one, other, later])]
    assert told == [LEAD, DEVELOPMENT]


def test_a_newer_report_that_is_a_comment_does_not_end_the_summary() -> None:
    one = make_article("one", LEAD, title="Car ferry capsizes off Port Eldrin")
    other = make_article("other", LEAD, title="Fourteen people die as car ferry capsizes off Port Eldrin")
    later = make_article("later", DEVELOPMENT, title="Why a court closed a company whose crew left a door open", days=2)
    assert [sentence.text for sentence in build_summary(one, {}, [], [one, other, later])] == [LEAD]


def test_what_a_summary_accuses_somebody_of_is_followed_by_who_denies_it() -> None:
    accused, denied = "The bow door was open, the port said.", "The bow door was shut, the company said."
    one, other = make_article("one", f"{LEAD} {accused}"), make_article("other", f"{LEAD} {accused} {denied}")
    shared_reports = tuple(
        report_of(article, "The bow door was open", sentence=accused, speaker="the port") for article in (one, other)
    )
    answer = report_of(other, "The bow door was shut", sentence=denied, speaker="the company")
    reports = {"one": [shared_reports[0]], "other": [shared_reports[1], answer]}
    by_article = {article.article_id: reports[name] for name, article in (("one", one), ("other", other))}
    contradiction = Contradiction(
        kind=ContradictionKind.POLARITY,
        sides=("clm_a", "clm_b"),
        positions=(position("clm_a", "says so", shared_reports), position("clm_b", "says otherwise", [answer])),
        explanation="The port said one thing; the company said another.",
    )
    group = ClaimGroup(shared_reports, shared_reports[0])
    for contradictions, expected in (([], [LEAD, accused]), ([contradiction], [LEAD, accused, denied])):
        summary = build_summary(one, by_article, [group], contradictions=contradictions)
        assert [sentence.text for sentence in summary] == expected


def position(claim_id: str, says: str, reports: Sequence[Report]) -> Position:
    passages = tuple(
        Passage(article_id=report.article.article_id, span=report.claim.span, text=report.claim.text)
        for report in reports
    )
    return Position(claim_id=claim_id, says=says, passages=passages)
