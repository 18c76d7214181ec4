"""Who denies what, in the sentences that tell it."""

import pytest

from services.contracts.base import Span
from services.contracts.claim import Commitment, EntityMention, SpeakerKind
from services.contracts.event_claims import Contradiction, ContradictionKind, SourceDenial
from services.dedupe.embedding.whole_numbers import round_to_whole_numbers
from services.dedupe.merging.claims.grouping import group_claims
from services.dedupe.merging.claims.report import Report
from services.dedupe.merging.contradictions.source_denials import (
    MOST_OF_SOURCE,
    DenyingReports,
    find_source_denials,
    select_denials,
)
from tests.support.contradictions import reported
from tests.support.dedupe_articles import direction
from tests.support.reports import make_report, with_claim

BEFORE = "A diver said that the port had hidden the leak."


def denying(
    claim: str,
    *,
    cue: str = "denied",
    outlet: str = "herald",
    speaker: str | None = "Ada Reyl",
    before: str = BEFORE,
    near: int | None = None,
    commitment: Commitment = Commitment.DENIES,
) -> Report:
    """A report whose claim stands in a sentence of its own behind `before`."""
    one = reported(outlet, claim, before=before, cue=cue, speaker=speaker, commitment=commitment, near=near)
    sentence = Span(start=len(before) + 1 if before else 0, end=len(one.article.text))
    return with_claim(one, one.claim.model_copy(update={"sentence": sentence}))


def naming(report: Report, name: str) -> Report:
    """The report with a name in its claim."""
    start = report.article.text.index(name)
    named = EntityMention(name=name, type="organisation", span=Span(start=start, end=start + len(name)))
    return with_claim(report, report.claim.model_copy(update={"entities": (named,)}))


def denials_of(*reports: Report, contradictions: tuple[Contradiction, ...] = ()) -> tuple[SourceDenial, ...]:
    denying = (DenyingReports(group, select_denials(group.reports)) for group in group_claims(reports))
    return find_source_denials([one for one in denying if one.reports], contradictions)


def test_a_denial_is_told_by_its_sentence_and_who_denies() -> None:
    (denial,) = denials_of(naming(denying("that Tolmar Works had hidden the leak"), "Tolmar Works"))
    assert (denial.source, denial.origins) == ("Ada Reyl", 1)
    assert [passage.text for passage in denial.passages] == ["Ada Reyl denied that Tolmar Works had hidden the leak."]
    assert denial.claim_id is not None


def test_a_denial_that_only_points_is_no_claim_and_comes_with_the_sentence_before() -> None:
    (denial,) = denials_of(denying("the allegations"))
    assert denial.claim_id is None
    assert denial.passages[0].text == f"{BEFORE} Ada Reyl denied the allegations."


def test_outlets_that_tell_that_one_source_denied_the_same_pointed_at_are_one_denial() -> None:
    told = denials_of(
        denying("the allegations", near=1),
        denying("these allegations", outlet="post", near=2),
        denying("the report", outlet="times", near=3),
        denying("the allegations", outlet="mail", speaker="Ole Brandt", near=4),
    )
    assert [(denial.source, len(denial.passages)) for denial in told] == [
        ("Ada Reyl", 2),
        ("Ole Brandt", 1),
        ("Ada Reyl", 1),
    ]


def test_where_the_sentence_before_points_too_the_one_before_that_comes_along() -> None:
    before = f"It rained. {BEFORE} The allegations were in a newspaper."
    (denial,) = denials_of(denying("the allegations", before=before))
    assert denial.passages[0].text == f"{before.removeprefix('It rained. ')} Ada Reyl denied the allegations."


@pytest.mark.parametrize(
    "before",
    [
        f"A diver said that {'very ' * 100}much had leaked.",
        "It rained all day.",
        "The port is old.\u201d",
        "",
    ],
    ids=["too long", "nobody says anything", "the end of a quotation", "nothing"],
)
def test_a_denial_of_something_that_is_not_told_is_left_out(before: str) -> None:
    assert denials_of(denying("the allegations", before=before)) == ()
    assert denials_of(denying("the minister's account of it", cue="rejected", before=before)) == ()
    assert denials_of(denying("that was false", cue="said", before=before)) == ()


@pytest.mark.parametrize("claim", ["that \u201cthe port hid the leak", 'the "leak'])
def test_a_torn_sentence_is_left_out(claim: str) -> None:
    assert denials_of(denying(claim)) == ()


def test_reports_of_one_denial_are_one_with_a_passage_an_article() -> None:
    words = "that the port of Arlund had hidden the leak from the divers of the coast guard for a year"
    (denial,) = denials_of(denying(words), denying(words, outlet="post"))
    assert (denial.origins, len(denial.passages)) == (2, 2)


@pytest.mark.parametrize(
    ("claim", "cue"),
    [
        ("claims that the port had hidden the leak", "rejected"),
        ("the account of the divers", "challenged"),
        ("the report was completely false", "said"),
        ("the story a fabrication", "called"),
    ],
)
def test_what_is_rejected_or_called_false_is_denied(claim: str, cue: str) -> None:
    assert len(denials_of(denying(claim, cue=cue))) == 1


def test_who_says_that_no_such_thing_was_found_denies_it() -> None:
    said = Commitment.ASSERTS
    assert len(denials_of(denying("that no such leak had been found", cue="said", commitment=said))) == 1
    assert denials_of(denying("that no leak had been found", cue="insisted", commitment=said)) == ()


@pytest.mark.parametrize("claim", ["that she had made any such threat", "involvement", "those actions of the port"])
def test_a_denial_that_says_little_by_itself_comes_with_the_sentence_before(claim: str) -> None:
    (denial,) = denials_of(denying(claim))
    assert denial.passages[0].text.startswith(BEFORE)


@pytest.mark.parametrize(
    "before",
    [
        f"{BEFORE}\n\n",
        'A diver said that the port had "hidden the leak." ',
        "have also been asked about the leak. ",
        "VARN (Meridian Press) — ",
    ],
    ids=["another paragraph", "words of somebody", "the end of a sentence", "a dateline"],
)
def test_a_sentence_that_is_not_what_is_denied_does_not_come_along(before: str) -> None:
    one = reported("herald", "that she had been absent", before=before.rstrip(" "), cue="denied", speaker="Ada Reyl")
    sentence = Span(start=one.article.text.index("Ada Reyl"), end=len(one.article.text))
    one = with_claim(one, one.claim.model_copy(update={"sentence": sentence, "commitment": Commitment.DENIES}))
    (denial,) = denials_of(one)
    assert [passage.text for passage in denial.passages] == ["Ada Reyl denied that she had been absent."]


def test_a_sentence_in_which_two_deny_is_shown_once() -> None:
    one = denying("that the port had hidden the leak, and Ole Brandt that divers had warned of it")
    words = "divers had warned of it"
    start = one.article.text.index(words)
    claim = one.claim.model_copy(
        update={
            "claim_id": "clm_other",
            "text": words,
            "span": Span(start=start, end=start + len(words)),
            "speaker": denying("x", speaker="Ole Brandt").claim.speaker,
        }
    )
    other = make_report(one.article, one.origin_id, claim, round_to_whole_numbers(direction(9)))
    assert [denial.source for denial in denials_of(one, other)] == ["Ada Reyl"]


@pytest.mark.parametrize(("surface", "label"), [("Reyl", "Ada Reyl"), ("Ada", "Ada"), ("Ada Reyl", "Ada Reyl")])
def test_a_source_is_named_in_full_where_its_sentence_has_the_last_name(surface: str, label: str) -> None:
    one = denying("that the port had hidden the leak")
    speaker = one.claim.speaker
    assert speaker is not None
    short = one.claim.model_copy(update={"speaker": speaker.model_copy(update={"surface": surface})})
    assert denials_of(with_claim(one, short))[0].source == label


@pytest.mark.parametrize(("sentence", "count"), [("He", 0), ("Reyl said that he", 1)])
def test_a_denial_by_a_pronoun_counts_where_its_sentence_names_who_it_is(sentence: str, count: int) -> None:
    named = denying("that the port had hidden the leak").claim.speaker
    assert named is not None
    one = denying("that the port had hidden the leak", speaker=sentence)
    he = named.model_copy(update={"surface": "he"})
    assert len(denials_of(with_claim(one, one.claim.model_copy(update={"speaker": he})))) == count


@pytest.mark.parametrize(
    "speaker",
    ["and the port as well as", "she and her crew", "Both men", "the inquiries of those", "two of them", "Few divers"],
)
def test_a_source_whose_name_was_cut_or_only_points_is_none(speaker: str) -> None:
    assert denials_of(denying("that the port had hidden the leak", speaker=speaker)) == ()


def test_what_somebody_is_denied_is_no_denial() -> None:
    assert denials_of(denying("Tolmar the gates of the port")) == ()


def test_the_line_below_a_post_is_not_the_sentence_before() -> None:
    (denial,) = denials_of(denying("that she knew", before="— Ole Brandt (@obrandt) April 11, 2026"))
    assert denial.passages[0].text == "Ada Reyl denied that she knew."


def test_what_a_source_denies_twice_is_one_denial() -> None:
    (denial,) = denials_of(
        denying("that the port had hidden the leak for a year", near=1),
        denying("claims that the port had hidden its leak", outlet="post", cue="rejected", near=2),
    )
    assert (denial.origins, len(denial.passages)) == (2, 2)


@pytest.mark.parametrize(
    ("claim", "cue"),
    [
        ("to open the gates", "refused"),
        ("the plan will work", "doubted"),
        ("the story is a hoax", "knows"),
        ("the claim of the port was untrue", "ruled"),
    ],
)
def test_a_refusal_a_doubt_and_a_belief_are_no_denials(claim: str, cue: str) -> None:
    assert denials_of(denying(claim, cue=cue)) == ()


def test_what_somebody_was_only_asked_to_deny_is_not_denied() -> None:
    speaking = denying("the leak").claim.speaker
    one = denying(
        "the leak", speaker="her to", cue="deny", before=f"{BEFORE} Ada Reyl was pressed by Ole Brandt who asked"
    )
    assert denials_of(with_claim(one, one.claim.model_copy(update={"speaker": speaking}))) == ()


def test_a_denial_of_nobody_is_left_out() -> None:
    assert denials_of(denying("that the port had hidden the leak", speaker=None)) == ()


def test_a_denial_that_a_contradiction_holds_is_not_repeated() -> None:
    one = denying("that the port had hidden the leak")
    (group,) = group_claims([one])
    shown = Contradiction(kind=ContradictionKind.POLARITY, sides=(group.claim_id, "clm_other"), explanation="")
    assert denials_of(one, contradictions=(shown,)) == ()


def test_what_more_origins_report_comes_first_and_no_source_fills_the_list() -> None:
    words = "that the port of Arlund had hidden the leak from the divers of the coast guard for a year"
    several = [denying(words, speaker="Ole Brandt"), denying(words, outlet="post", speaker="Ole Brandt")]
    topics = (
        "that bribes had been paid",
        "closing the office for storms",
        "that her house was bought on credit",
        "having met strikers",
        "that any flood could have been foreseen",
        "that thieves came from the harbour",
    )
    many = [denying(topic, outlet=f"outlet{number}", near=number) for number, topic in enumerate(topics)]
    denials = denials_of(*many, *several)
    assert denials[0].source == "Ole Brandt"
    assert [denial.source for denial in denials[1:]] == ["Ada Reyl"] * MOST_OF_SOURCE


@pytest.mark.parametrize("canonical", ["", " "])
@pytest.mark.parametrize("surface", ["", "He", "his", "Reyl"])
@pytest.mark.parametrize("kind", SpeakerKind)
def test_a_denial_of_a_source_with_an_empty_name_is_not_listed(canonical: str, surface: str, kind: SpeakerKind) -> None:
    report = denying("that Tolmar Works had hidden the leak")
    assert report.claim.speaker is not None
    nameless = report.claim.speaker.model_copy(update={"canonical": canonical, "surface": surface, "kind": kind})
    assert not denials_of(with_claim(report, report.claim.model_copy(update={"speaker": nameless})))


def test_a_denial_of_a_source_whose_words_are_only_spaces_is_not_listed() -> None:
    report = denying("that Tolmar Works had hidden the leak")
    assert report.claim.speaker is not None
    changes = {"canonical": "the", "surface": " ", "kind": SpeakerKind.UNNAMED}
    nameless = report.claim.speaker.model_copy(update=changes)
    assert not denials_of(with_claim(report, report.claim.model_copy(update={"speaker": nameless})))
