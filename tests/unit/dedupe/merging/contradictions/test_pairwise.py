from datetime import date

import pytest

from services.contracts.article import Precision
from services.contracts.base import Span
from services.contracts.claim import DateMention, Predicate, SpeakerKind
from services.contracts.event_claims import ContradictionKind
from services.dedupe.embedding.whole_numbers import round_to_whole_numbers
from services.dedupe.merging.claims.report import Report
from tests.support.contradictions import DOOR, NEAR, contradictions_of, quoted, reported
from tests.support.figures import report_with
from tests.support.reports import make_report, with_claim


def dated(outlet: str, day: date, *, words: str = "the vote on the bridge will be held in the town hall on") -> Report:
    one = reported(outlet, f"{words} {day:%d %B}", speaker=f"Speaker of {outlet.title()}", side=None)
    start = one.article.text.index(f"{day:%d %B}")
    mention = DateMention(
        iso=day.isoformat(),
        precision=Precision.DAY,
        surface=f"{day:%d %B}",
        span=Span(start=start, end=start + len(f"{day:%d %B}")),
    )
    claim = one.claim.model_copy(update={"dates": (mention,)})
    again = make_report(one.article, one.origin_id, claim, round_to_whole_numbers(NEAR))
    assert claim.speaker is not None
    assert claim.speaker.kind is SpeakerKind.PERSON
    return again


def test_two_quotations_that_say_the_opposite_of_one_thing_contradict() -> None:
    one = quoted("herald", DOOR, "Ilya Marchenkov")
    other = quoted(
        "post", "The bow door of the ferry was closed and every light on the bridge showed it", "Greta Hallorin"
    )
    (contradiction,) = contradictions_of(one, other)
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
    assert contradictions_of(quoted("herald", DOOR, "Ilya Marchenkov"), quoted("post", words, speaker)) == ()


def test_two_quotations_that_both_negate_do_not_contradict() -> None:
    one = quoted(
        "herald", "The money from the council funds, or council grants, played no role in the purchase", "Ada Reyl"
    )
    other = quoted("post", "The money from the council is not council funds. No council rule", "Ole Brandt")
    assert contradictions_of(one, other) == ()
    grants = quoted("herald", "The money from the council funds, or council grants, paid for the purchase", "Ada Reyl")
    assert len(contradictions_of(grants, other)) == 1


def test_one_quotation_given_to_two_people_is_told() -> None:
    (contradiction,) = contradictions_of(
        quoted("herald", DOOR, "Ilya Marchenkov"), quoted("post", DOOR, "Greta Hallorin")
    )
    assert contradiction.kind is ContradictionKind.ATTRIBUTION
    assert [each.says for each in contradiction.positions] == ["Ilya Marchenkov", "Greta Hallorin"]
    assert len(contradiction.sides) == 2


def test_a_name_inside_the_quotation_is_not_its_second_speaker() -> None:
    words = f"{DOOR}, as Greta Hallorin said"
    assert contradictions_of(quoted("herald", words, "Ilya Marchenkov"), quoted("post", words, "Greta Hallorin")) == ()


def test_two_days_for_one_thing_are_told() -> None:
    (contradiction,) = contradictions_of(dated("herald", date(2026, 3, 4)), dated("post", date(2026, 3, 11)))
    assert contradiction.kind is ContradictionKind.DATE
    assert [each.says for each in contradiction.positions] == ["04 March", "11 March"]


@pytest.mark.parametrize(
    "words",
    [
        "the vote on the bridge will be held in the town hall through",
        "the bridge will be closed to all from the hall by",
        "the bridge of the town was closed to all following a fire in the hall on",
    ],
)
def test_a_day_that_only_bounds_when_is_no_other_day(words: str) -> None:
    one = dated("herald", date(2026, 3, 4), words=words)
    assert contradictions_of(one, dated("post", date(2026, 3, 11), words=words)) == ()


def test_one_word_for_two_days_is_no_disagreement() -> None:
    one, other = dated("herald", date(2026, 3, 4)), dated("post", date(2026, 3, 11))
    assert len(contradictions_of(one, other)) == 1
    same_word = [
        with_claim(report, report.claim.model_copy(update={"dates": (day.model_copy(update={"surface": "Saturday"}),)}))
        for report in (one, other)
        for day in report.claim.dates
    ]
    assert contradictions_of(*same_word) == ()


def test_the_first_of_one_day_is_not_the_first_of_another() -> None:
    words = "the first boat of the night left the town hall of the island on"
    one, other = (
        dated(outlet, day, words=words) for outlet, day in (("herald", date(2026, 3, 4)), ("post", date(2026, 3, 5)))
    )
    assert contradictions_of(one, other) == ()


def test_two_days_for_two_things_are_not() -> None:
    other = dated("post", date(2026, 3, 11), words="the ferry to the island was sold at auction on")
    assert contradictions_of(dated("herald", date(2026, 3, 4)), other) == ()


def test_one_quotation_given_to_a_pronoun_and_a_name_is_not_told() -> None:
    words = "We will never sell the harbour to anybody at whatever price they name"
    one, other = quoted("herald", words, "Ilya Marchenkov"), quoted("post", words, "Greta Hallorin")
    assert [each.kind for each in contradictions_of(one, other)] == [ContradictionKind.ATTRIBUTION]
    speaker = other.claim.speaker
    assert speaker is not None
    unsure = other.claim.model_copy(update={"speaker": speaker.model_copy(update={"surface": "she"})})
    changed = with_claim(other, unsure)
    assert contradictions_of(one, changed) == ()


def test_an_affirmation_and_a_denial_by_two_sources_contradict() -> None:
    one = report_with("herald", "The bow door of the ferry was closed on departure", speaker="Greta Hallorin")
    other = report_with("post", "The bow door of the ferry was not closed on departure", speaker="Ilya Marchenkov")
    (contradiction,) = contradictions_of(one, other)
    assert contradiction.kind is ContradictionKind.POLARITY


def test_a_source_does_not_contradict_itself_by_a_denial() -> None:
    one = report_with("herald", "The bow door of the ferry was closed on departure", speaker="Greta Hallorin")
    other = report_with("post", "The bow door of the ferry was not closed on departure", speaker="Greta Hallorin")
    assert contradictions_of(one, other) == ()


def met(outlet: str, words: str, verb: str, speaker: str) -> Report:
    """A claim that somebody met somebody, parsed."""
    one = report_with(outlet, words, speaker=speaker)
    start = one.claim.span.start + words.index(verb)
    parsed = Predicate(
        lemma="meet",
        span=Span(start=start, end=start + len(verb)),
        negated=" not " in words,
        subject="reyl",
        main=True,
    )
    return with_claim(one, one.claim.model_copy(update={"predicates": (parsed,)}))


@pytest.mark.parametrize(
    ("words", "other_words", "count"),
    [
        ("Reyl met with Brandt at the ferry", "Reyl did not meet with Brandt at the ferry", 1),
        ("Reyl met with Brandt at the ferry", "Reyl did not meet with Tolmar at the ferry", 0),
        ("Reyl met with Brandt at the ferry", "Reyl did not meet with the owner of the ferry", 1),
        ("Reyl met with Brandt at the ferry", "Reyl did not meet at the ferry", 0),
    ],
    ids=["one person", "two persons", "one described", "nobody"],
)
def test_what_is_denied_of_one_person_is_not_denied_of_another(words: str, other_words: str, count: int) -> None:
    one, other = met("herald", words, "met", "Ada Reyl"), met("post", other_words, "meet", "Lena Voskamp")
    assert len(contradictions_of(one, other)) == count


def released(outlet: str, words: str, speaker: str) -> Report:
    """A claim that the states release something, parsed."""
    one = report_with(outlet, words, speaker=speaker)
    start, thing = (one.claim.span.start + words.index(word) for word in ("released", "data"))
    parsed = Predicate(
        lemma="release",
        span=Span(start=start, end=start + len("released")),
        negated="never" in words,
        subject="arlund",
        object="data",
        object_span=Span(start=thing, end=thing + len("data")),
        main=True,
    )
    return with_claim(one, one.claim.model_copy(update={"predicates": (parsed,)}))


@pytest.mark.parametrize(
    ("words", "other_words", "count"),
    [
        ("Arlund released public data of the port", "Arlund never released public data of the port", 1),
        ("Arlund released public data of the port", "Arlund never released private data of the port", 0),
        ("Arlund released public data of the port", "Arlund never released the data of the port", 1),
    ],
    ids=["the same", "two things", "one described"],
)
def test_what_is_denied_of_one_thing_is_not_denied_of_another(words: str, other_words: str, count: int) -> None:
    one, other = released("herald", words, "Ada Reyl"), released("post", other_words, "Lena Voskamp")
    assert len(contradictions_of(one, other)) == count


def test_to_be_something_and_not_to_be_something_else_do_not_contradict() -> None:
    one = report_with("herald", "Reyl was on fire in the debate on the bow door of the ferry", speaker="Ole Brandt")
    other = report_with("post", "Reyl was not far behind in the debate on the bow door", speaker="Lena Voskamp")
    parsed = []
    for report, verb in ((one, "was"), (other, "was")):
        start = report.claim.span.start + report.claim.text.index(verb)
        predicate = Predicate(
            lemma="be",
            span=Span(start=start, end=start + len(verb)),
            negated="not" in report.claim.text,
            subject="reyl",
            main=True,
        )
        parsed.append(with_claim(report, report.claim.model_copy(update={"predicates": (predicate,)})))
    assert contradictions_of(*parsed) == ()


def test_what_is_barely_won_is_won() -> None:
    words = "The port of Arlund {}won the vote on the bow door of the ferry"
    for negation, count in (("barely ", 0), ("never ", 1)):
        one = report_with("herald", words.format(negation), speaker="Ada Reyl")
        other = report_with("post", words.format(""), speaker="Lena Voskamp")
        assert len(contradictions_of(one, other)) == count


def test_two_parts_of_the_voters_hold_what_they_hold() -> None:
    words, speakers = (
        "The bow door of the ferry was {}closed on departure",
        ("fewer than 4-in-10 voters", "most of Arlund"),
    )
    shares = [
        report_with("herald", words.format(""), speaker=speakers[0]),
        report_with("post", words.format("not "), speaker=speakers[1]),
    ]
    assert contradictions_of(*shares) == ()


@pytest.mark.parametrize(
    ("lemma", "subject", "count"), [("hold", "town", 1), ("choose", "vote", 1), ("confirm", "town", 0)]
)
def test_days_of_what_has_neither_verb_nor_subject_in_common_are_no_disagreement(
    lemma: str, subject: str, count: int
) -> None:
    one, other = dated("herald", date(2026, 3, 4)), dated("post", date(2026, 3, 11))
    parsed = []
    for report, verb, who in ((one, "hold", "vote"), (other, lemma, subject)):
        predicate = Predicate(lemma=verb, span=report.claim.span, main=True, subject=who)
        parsed.append(with_claim(report, report.claim.model_copy(update={"predicates": (predicate,)})))
    assert len(contradictions_of(*parsed)) == count


def test_two_spokespeople_of_one_body_may_give_out_one_statement() -> None:
    reports = []
    for outlet, speaker in (("herald", "Ilya Marchenkov"), ("post", "Greta Hallorin")):
        one = quoted(outlet, DOOR, speaker)
        assert one.claim.speaker is not None
        spokesperson = one.claim.speaker.model_copy(update={"role": "agency spokesperson"})
        reports.append(with_claim(one, one.claim.model_copy(update={"speaker": spokesperson})))
    assert contradictions_of(*reports) == ()


@pytest.mark.parametrize(
    ("words", "other_words", "count"),
    [
        ("Reyl met with Brandt at the ferry", "Reyl did not meet with Brandt at the ferry", 1),
        ("Reyl met with Brandt at the ferry", "Reyl can not meet with Brandt at the ferry", 0),
        ("Reyl should meet with Brandt at the ferry", "Reyl should not meet with Brandt at the ferry", 0),
        ("Reyl must meet with Brandt at the ferry", "Reyl need not meet with Brandt at the ferry", 0),
    ],
    ids=["a fact", "a fact and a power", "advice", "a duty"],
)
def test_what_ought_to_be_and_what_may_be_done_is_no_dispute_about_what_is(
    words: str, other_words: str, count: int
) -> None:
    verb = "met" if " met " in words else "meet"
    one, other = met("herald", words, verb, "Ada Reyl"), met("post", other_words, "meet", "Lena Voskamp")
    assert len(contradictions_of(one, other)) == count
