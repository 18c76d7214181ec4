from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import pytest

from services.contracts.article import Precision
from services.contracts.base import Span
from services.contracts.claim import ClaimKind, Commitment, DateMention, SpeakerKind
from services.contracts.event_claims import Contradiction, ContradictionKind
from services.dedupe.merging.claims.grouping import group_claims
from services.dedupe.merging.claims.report import Report
from services.dedupe.merging.claims.stance import Stance, decisive_words, same_topic, stance_of, topic_of
from services.dedupe.merging.contradictions.find import find_contradictions
from services.dedupe.merging.contradictions.positions import source_name
from services.dedupe.merging.whole_vectors import whole_numbers
from tests.support.dedupe_articles import direction, make_article, make_claim
from tests.support.reports import make_report, with_article, with_claim

NEAR = direction(3)
OPENING = "The ministry answered reports that troops crossed the river Lenn."
DOOR = "The bow door of the ferry was not closed when the ship left"


def told(
    outlet: str,
    claim: str,
    *,
    before: str = "",
    cue: str | None = None,
    speaker: str | None = "Ada Reyl",
    commitment: Commitment = Commitment.ASSERTS,
    kind: ClaimKind = ClaimKind.STATEMENT,
    days: float | None = 0.0,
    side: str | None = "NO",
    near: int | None = None,
    after: str = "",
) -> Report:
    """A claim after its cue, in an article that says `before` it."""
    article = make_article(outlet, f"{before} {speaker} {cue or 'said'} {claim}{after}.".strip(), days=days)
    made = make_claim(article, claim, speaker=speaker, commitment=commitment, kind=kind)
    made = made.model_copy(update={"cue": cue or "said"})
    vector = whole_numbers(direction(len(claim), NEAR, 0.1) if near is None else direction(near))
    one = make_report(article, f"org_{outlet}", made, vector)
    return replace(one, source=speaker, side=side)


def found(*reports: Report) -> tuple[Contradiction, ...]:
    return find_contradictions(group_claims(reports), {})


def positions(contradiction: Contradiction) -> list[tuple[str, str | None, list[str]]]:
    return [(each.says, each.source, [passage.text for passage in each.passages]) for each in contradiction.positions]


def confirming(outlet: str = "herald", **changes: object) -> Report:
    return told(outlet, "sending troops over the river Lenn", cue="confirmed", **changes)  # type: ignore[arg-type]


def withholding(outlet: str = "post", **changes: object) -> Report:
    fields: dict[str, object] = {
        "before": OPENING,
        "cue": "did not confirm",
        "commitment": Commitment.DECLINES_TO_CONFIRM,
        "speaker": "Ole Brandt",
        "near": 9,
    }
    return told(outlet, "whether such a crossing had taken place", **fields | changes)  # type: ignore[arg-type]


def test_who_confirms_what_his_side_leaves_open_elsewhere_contradicts() -> None:
    (contradiction,) = found(confirming(), withholding())
    assert contradiction.kind is ContradictionKind.POLARITY
    assert positions(contradiction) == [
        ("confirms", "Ada Reyl", ["confirmed sending troops over the river Lenn"]),
        ("declines to confirm", "Ole Brandt", ["did not confirm whether such a crossing had taken place"]),
    ]
    assert contradiction.explanation == (
        "Ada Reyl confirmed “sending troops over the river Lenn”; Ole Brandt declined to confirm it."
    )


@pytest.mark.parametrize(
    "reserved",
    [
        withholding(side="SE"),
        withholding(side=None),
        withholding(before="It was a quiet day at the harbour."),
        told(
            "post",
            "how many people the fire had hurt",
            before=OPENING,
            cue="did not say",
            commitment=Commitment.DECLINES_TO_CONFIRM,
            speaker="Ole Brandt",
        ),
        withholding(days=-2),
    ],
    ids=["another side", "no known side", "nothing it points at", "another matter", "confirmed days later"],
)
def test_what_is_left_open_elsewhere_does_not_contradict(reserved: Report) -> None:
    assert found(confirming(), reserved) == ()


def test_a_headline_may_contradict_its_own_article_and_a_sentence_may_not() -> None:
    text = "Ada Reyl confirmed troops crossed the river Lenn\nIt is a long war. Ada Reyl did not confirm the reports."
    article = make_article("herald", text)

    def claim(words: str, cue: str, commitment: Commitment, near: int) -> Report:
        made = make_claim(article, words, speaker="Ada Reyl", commitment=commitment).model_copy(update={"cue": cue})
        one = make_report(article, "org_1", made, whole_numbers(direction(near)))
        return replace(one, source="Ada Reyl")

    reports = [
        claim("troops crossed the river Lenn", "confirmed", Commitment.ASSERTS, 1),
        claim("the reports", "did not confirm", Commitment.DECLINES_TO_CONFIRM, 2),
    ]
    (contradiction,) = found(*reports)
    assert [each.says for each in contradiction.positions] == ["confirms", "declines to confirm"]
    one_line = [with_article(one, article.model_copy(update={"text": text.replace("\n", " ")})) for one in reports]
    assert found(*one_line) == ()


def test_that_account_is_what_was_told_last_by_somebody_else() -> None:
    text = "Ilya Marchenkov said the gates were open all night. Tolmar Lines rejected that account."
    article = make_article("herald", text)
    first = make_claim(article, "the gates were open all night", speaker="Ilya Marchenkov")
    second = make_claim(article, "that account", speaker="Tolmar Lines", commitment=Commitment.DENIES)
    second = second.model_copy(update={"cue": "rejected"})
    reports = [
        make_report(article, "org_1", each, whole_numbers(direction(at))) for at, each in enumerate((first, second))
    ]
    (contradiction,) = found(*reports)
    assert positions(contradiction) == [
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
        make_report(article, "org_1", each, whole_numbers(direction(at)))
        for at, each in enumerate((rain, theft, denied))
    ]
    (contradiction,) = found(*reports)
    assert [each.source for each in contradiction.positions] == ["Ole Brandt", "The port"]
    assert found(reports[0], reports[2]) == ()


def quoted(outlet: str, words: str, speaker: str) -> Report:
    return told(outlet, words, kind=ClaimKind.QUOTATION, speaker=speaker, side=None)


def test_two_quotations_that_say_the_opposite_of_one_thing_contradict() -> None:
    one = quoted("herald", DOOR, "Ilya Marchenkov")
    other = quoted(
        "post", "The bow door of the ferry was closed and every light on the bridge showed it", "Greta Hallorin"
    )
    (contradiction,) = found(one, other)
    assert [(each.says, each.source) for each in contradiction.positions] == [
        ("says so", "Ilya Marchenkov"),
        ("says otherwise", "Greta Hallorin"),
    ]


@pytest.mark.parametrize(
    ("words", "speaker"),
    [
        ("The bow door of the ferry was closed and every light on the bridge showed it", "Ilya Marchenkov"),
        ("The port was not warned of the storm and the crew stayed on board all night", "Greta Hallorin"),
        ("We never open a window when the kitchen is closed", "Greta Hallorin"),
    ],
    ids=["the same speaker", "another thing", "one word in common"],
)
def test_quotations_that_negate_something_else_do_not_contradict(words: str, speaker: str) -> None:
    assert found(quoted("herald", DOOR, "Ilya Marchenkov"), quoted("post", words, speaker)) == ()


def test_one_quotation_given_to_two_people_is_told() -> None:
    (contradiction,) = found(quoted("herald", DOOR, "Ilya Marchenkov"), quoted("post", DOOR, "Greta Hallorin"))
    assert contradiction.kind is ContradictionKind.ATTRIBUTION
    assert [each.says for each in contradiction.positions] == ["Ilya Marchenkov", "Greta Hallorin"]
    assert len(contradiction.sides) == 2


def test_a_name_inside_the_quotation_is_not_its_second_speaker() -> None:
    words = f"{DOOR}, as Greta Hallorin said"
    assert found(quoted("herald", words, "Ilya Marchenkov"), quoted("post", words, "Greta Hallorin")) == ()


def dated(outlet: str, day: date, *, words: str = "the vote on the bridge will be held in the town hall on") -> Report:
    one = told(outlet, f"{words} {day:%d %B}", speaker=f"Speaker of {outlet.title()}", side=None)
    start = one.article.text.index(f"{day:%d %B}")
    mention = DateMention(
        iso=day.isoformat(),
        precision=Precision.DAY,
        surface=f"{day:%d %B}",
        span=Span(start=start, end=start + len(f"{day:%d %B}")),
    )
    claim = one.claim.model_copy(update={"dates": (mention,)})
    again = make_report(one.article, one.origin_id, claim, whole_numbers(NEAR))
    assert claim.speaker is not None
    assert claim.speaker.kind is SpeakerKind.PERSON
    return again


def test_two_days_for_one_thing_are_told() -> None:
    (contradiction,) = found(dated("herald", date(2026, 3, 4)), dated("post", date(2026, 3, 11)))
    assert contradiction.kind is ContradictionKind.DATE
    assert [each.says for each in contradiction.positions] == ["04 March", "11 March"]


def test_two_days_for_two_things_are_not() -> None:
    other = dated("post", date(2026, 3, 11), words="the ferry to the island was sold at auction on")
    assert found(dated("herald", date(2026, 3, 4)), other) == ()


def test_nothing_contradicts_where_nothing_is_claimed() -> None:
    assert found() == ()


def test_a_source_that_cannot_confirm_inside_what_it_says_leaves_open_those_words() -> None:
    claim = "his ministry runs no trains and cannot confirm the alleged crossing, which is for others"
    one = told("post", claim, commitment=Commitment.DECLINES_TO_CONFIRM, before=OPENING)
    assert stance_of(one) is Stance.DECLINES
    assert decisive_words(one).of(one.article.text) == "cannot confirm the alleged crossing"
    assert same_topic(topic_of(confirming()), topic_of(one))


def test_a_claim_that_holds_its_own_cue_leaves_open_what_follows_it() -> None:
    claim = "The ministry runs no trains and sees no need to confirm the reports"
    told_before = make_article("post", f"{OPENING} {claim}.")
    made = make_claim(told_before, claim, speaker="The ministry", commitment=Commitment.DECLINES_TO_CONFIRM)
    one = make_report(
        told_before, "org_1", made.model_copy(update={"cue": "sees no need to confirm"}), whole_numbers(NEAR)
    )
    assert decisive_words(one).of(told_before.text) == "sees no need to confirm the reports"
    assert same_topic(topic_of(confirming()), topic_of(one))


def test_a_cue_after_the_claim_belongs_to_the_words_that_decide() -> None:
    article = make_article("herald", "The gates were open, the port denied on Monday.")
    claim = make_claim(article, "The gates were open", commitment=Commitment.DENIES)
    one = make_report(article, "org_1", claim.model_copy(update={"cue": "denied"}), whole_numbers(NEAR))
    assert decisive_words(one).of(article.text) == "The gates were open, the port denied"


@pytest.mark.parametrize(
    ("cue", "commitment", "stance"),
    [
        ("confirmed", Commitment.ASSERTS, Stance.CONFIRMS),
        ("acknowledges", Commitment.ASSERTS, Stance.CONFIRMS),
        ("amounts to a confirmation", Commitment.ASSERTS, Stance.CONFIRMS),
        ("said", Commitment.ASSERTS, Stance.ASSERTS),
        ("denied", Commitment.DENIES, Stance.DENIES),
        ("stopped short of confirming", Commitment.DECLINES_TO_CONFIRM, Stance.DECLINES),
        ("confirmed", Commitment.REPORTS, Stance.ASSERTS),
    ],
)
def test_a_stance_is_told_by_commitment_and_cue(cue: str, commitment: Commitment, stance: Stance) -> None:
    assert stance_of(told("herald", "troops crossed the river", cue=cue, commitment=commitment)) is stance


def test_contradictions_are_the_same_in_any_order() -> None:
    reports: Sequence[Report] = [
        confirming(),
        withholding(),
        quoted("a", DOOR, "Ilya Marchenkov"),
        quoted("b", DOOR, "Greta Hallorin"),
        withholding("gazette", cue="stopped short of confirming"),
    ]
    assert found(*reports) == found(*reversed(reports))
    assert len(found(*reports)) == 2


def test_who_did_not_give_a_name_does_not_leave_open_what_he_confirms() -> None:
    kept = told(
        "post",
        "the name of the river Lenn and of the troops",
        cue="did not give",
        commitment=Commitment.DECLINES_TO_CONFIRM,
        near=9,
    )
    assert found(confirming(), kept) == ()


def test_who_confirms_the_reports_in_that_article_too_confirms_what_it_tells() -> None:
    text = "Ada Reyl confirmed sending troops over the river Lenn. Ada Reyl gave a confirmation of earlier reports."
    article = make_article("herald", text)

    def claim(words: str, cue: str, near: int) -> Report:
        made = make_claim(article, words, speaker="Ada Reyl").model_copy(update={"cue": cue})
        one = make_report(article, "org_herald", made, whole_numbers(direction(near)))
        return replace(one, source="Ada Reyl", side="NO")

    both = claim("sending troops over the river Lenn", "confirmed", 1), claim("earlier reports", "confirmation of", 2)
    (contradiction,) = found(*both, withholding())
    assert [each.says for each in contradiction.positions] == ["confirms", "confirms", "declines to confirm"]


def test_one_quotation_given_to_a_pronoun_and_a_name_is_not_told() -> None:
    words = "We will never sell the harbour to anybody at whatever price they name"
    one, other = quoted("herald", words, "Ilya Marchenkov"), quoted("post", words, "Greta Hallorin")
    assert [each.kind for each in found(one, other)] == [ContradictionKind.ATTRIBUTION]
    speaker = other.claim.speaker
    assert speaker is not None
    unsure = other.claim.model_copy(update={"speaker": speaker.model_copy(update={"surface": "she"})})
    changed = with_claim(other, unsure)
    assert found(one, changed) == ()


def test_a_description_is_told_as_written_and_a_pronoun_for_it_is_not() -> None:
    one = told("herald", "the gates were open", speaker="harbour officials")
    speaker = one.claim.speaker
    assert speaker is not None
    for surface, name in (("The harbour officials", "The harbour officials"), ("they", "harbour officials")):
        unnamed = speaker.model_copy(update={"surface": surface, "kind": SpeakerKind.UNNAMED})
        claim = one.claim.model_copy(update={"speaker": unnamed})
        assert source_name(with_claim(one, claim)) == name
