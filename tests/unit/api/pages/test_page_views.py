from datetime import timedelta

import pytest

from services.api.names.name_keys import NameKeys
from services.api.pages import phrases
from services.api.pages.article_index import ArticleIndex
from services.api.pages.article_page import article_page
from services.api.pages.claim_views import claim_views
from services.api.pages.denial_views import MOST_SENTENCES
from services.api.pages.event_list_page import event_days
from services.api.pages.event_page import event_page
from services.api.search.event_search import ListedEvent
from services.api.search.list_cursors import Sort
from services.api.summaries import summarise
from services.contracts.article import DateSource, Precision, PublishedNote
from services.contracts.base import Span
from services.contracts.claim import AssertionForm, AttributionLink, ClaimKind, Commitment, SpeakerKind
from services.contracts.event import ArticleRole, Event, EventStatus, TimelineEntry
from services.contracts.event_claims import (
    Contradiction,
    ContradictionKind,
    FigureVerdict,
    Outlook,
    Passage,
    Position,
    SourceDenial,
    SourceStep,
    SupportForm,
    UltimateSource,
)
from tests.unit.api.examples import NEAREST, NOON, disputed, event, extracted, member


def listed_event(given: Event) -> ListedEvent:
    return ListedEvent(summarise(given).model_dump_json().encode(), [], [])


def test_events_stand_under_the_utc_day_on_which_they_changed() -> None:
    listed = [
        listed_event(event(f"evt_{number}", minutes=minutes)) for number, minutes in enumerate((60, 0, -721, -2000))
    ]
    assert [(day.weekday, day.date, len(day.entries)) for day in event_days(listed)] == [
        ("Tuesday", "3 March 2026", 2),
        ("Monday", "2 March 2026", 2),
    ]


def test_an_event_that_changed_on_a_day_without_a_time_of_day_has_none_in_the_list() -> None:
    at_midnight, at_noon = listed_event(event("evt_day", minutes=-12 * 60)), listed_event(event("evt_noon"))
    (by_day,) = event_days([at_noon, at_midnight])
    assert [(entry.updated, entry.updated_iso) for entry in by_day.entries] == [
        ("12:00 UTC", "2026-03-03T12:00:00+00:00"),
        ("", "2026-03-03"),
    ]
    (undivided,) = event_days([at_midnight], Sort.GROWTH)
    assert undivided.entries[0].updated == "3 March 2026"


def test_an_entry_is_silent_about_disagreements_where_there_are_none() -> None:
    ((quiet,), (told,)) = (event_days([listed_event(each)])[0].entries for each in (event(), disputed()))
    assert (quiet.differ, told.differ) == (None, "1 disagreement")
    (closed,) = event_days([listed_event(event(status=EventStatus.CLOSED))])[0].entries
    assert (quiet.closed, closed.closed) == (False, True)


def test_claims_with_more_independent_origins_come_first() -> None:
    view = event_page(disputed(), "evt_d")
    assert [claim.claim_id for claim in view.corroborated] == ["clm_door"]
    assert {claim.claim_id for claim in view.uncorroborated} == {"clm_14", "clm_9"}


def test_an_outlets_own_words_come_after_what_somebody_says_and_its_figures_first() -> None:
    whole = disputed()
    said = whole.claims[0].model_copy(update={"origins": 1})
    own = said.model_copy(update={"form": AssertionForm.NARRATED, "speaker": None})
    claims = (
        own.model_copy(update={"claim_id": "clm_a"}),
        own.model_copy(update={"claim_id": "clm_b", "kind": ClaimKind.FIGURE}),
        said.model_copy(update={"claim_id": "clm_c", "form": AssertionForm.ATTRIBUTED}),
    )
    views = claim_views(claims, ArticleIndex(), phrases.times(whole.articles), NameKeys())
    assert [(view.claim_id, view.narrated) for view in views] == [
        ("clm_c", False),
        ("clm_b", True),
        ("clm_a", True),
    ]


def test_a_disagreement_with_a_side_that_is_gone_is_not_shown_by_half() -> None:
    given = disputed()
    half = Contradiction(kind=ContradictionKind.DATE, sides=("clm_14", "clm_gone"), explanation="?")
    view = event_page(given.model_copy(update={"contradictions": (*given.contradictions, half)}), "evt_d")
    assert [each.kind for each in view.disagreements] == ["How many"]


def _denial(number: int, source: str, *article_ids: str) -> SourceDenial:
    passages = tuple(
        Passage(article_id=article_id, span=Span(start=0, end=9), text=f"{source} denied {number}.")
        for article_id in article_ids
    )
    return SourceDenial(source=source, passages=passages, origins=len(article_ids))


def test_denials_stand_under_who_denies_with_their_sentences_and_all_who_tell_them() -> None:
    told = (_denial(1, "Ada Reyl", "art_1", "art_2"), _denial(2, "the port", "art_1"), _denial(3, "Ada Reyl", "art_2"))
    view = event_page(disputed().model_copy(update={"denials": told}), "evt_d")
    assert [(denial.source, [sentence.text for sentence in denial.sentences]) for denial in view.denials] == [
        ("Ada Reyl", ["Ada Reyl denied 1.", "Ada Reyl denied 3."]),
        ("the port", ["the port denied 2."]),
    ]
    first = view.denials[0].sentences[0]
    assert (first.outlets, first.number) == (("Corrow Gazette", "The Harbour Post"), 1)
    assert first.page.startswith("/articles/art_1#:~:text=")
    assert view.more_denials == 0


def test_a_page_has_so_many_denials_and_counts_the_others() -> None:
    told = tuple(_denial(number, f"Source {number}", "art_1") for number in range(MOST_SENTENCES + 2))
    view = event_page(disputed().model_copy(update={"denials": told}), "evt_d")
    assert (len(view.denials), view.more_denials) == (MOST_SENTENCES, 2)


def test_a_denial_whose_source_cannot_be_seen_names_none() -> None:
    given = disputed().model_copy(update={"denials": (_denial(1, "\u200b", "art_1"),)})
    assert [denial.source for denial in event_page(given, "evt_d").denials] == ["no source named"]


def test_an_outlet_that_reports_a_claim_twice_is_named_once() -> None:
    given = disputed()
    door = given.claims[2]
    doubled = door.model_copy(update={"supports": (*door.supports, door.supports[0])})
    view = event_page(given.model_copy(update={"claims": (doubled,)}), "evt_d")
    assert [report.outlet for report in view.corroborated[0].reports] == [
        "Corrow Gazette",
        "The Harbour Post",
        "Northgate Daily",
    ]


def test_wordings_are_listed_with_who_tells_them_so_the_canonical_one_first() -> None:
    given = disputed()
    door = given.claims[2]
    other = door.supports[1].model_copy(update={"text": "The door stood open."})
    varied = door.model_copy(
        update={"supports": (door.supports[0], other), "variants": ("The door stood open.", "Open.")}
    )
    view = event_page(given.model_copy(update={"claims": (varied,)}), "evt_d")
    (claim,) = view.corroborated
    assert [(wording.text, [by.outlet for by in wording.reports]) for wording in claim.wordings] == [
        (door.text, ["Corrow Gazette"]),
        ("The door stood open.", ["The Harbour Post"]),
        ("Open.", []),
    ]
    assert event_page(given, "evt_d").corroborated[0].wordings == ()


def test_the_timeline_is_in_order_of_time() -> None:
    entries = tuple(
        TimelineEntry(at=NOON + timedelta(minutes=minutes), article_id="art_1", what=str(minutes))
        for minutes in (5, 1, 3)
    )
    view = event_page(disputed().model_copy(update={"timeline": entries}), "evt_d")
    assert [moment.what for moment in view.timeline] == ["1", "3", "5"]


def test_times_are_told_as_exactly_as_the_articles_are_dated() -> None:
    given = disputed()
    by_the_day = tuple(
        article.model_copy(update={"published_precision": Precision.DAY}) if article.published_at == NOON else article
        for article in given.articles
    )
    entries = (TimelineEntry(at=NOON, article_id="art_1", what="a"),)
    changed = {"articles": by_the_day, "timeline": entries, "first_published_at": NOON, "last_published_at": NOON}
    view = event_page(given.model_copy(update=changed), "evt_d")
    assert (view.first, view.latest, view.timeline[0].at) == ("3 March 2026",) * 3
    assert {claim.first_reported for claim in view.corroborated} <= {"3 March 2026", None}
    timed = event_page(given.model_copy(update=changed | {"articles": given.articles}), "evt_d")
    assert timed.first == "3 March 2026, 12:00 UTC"


def test_an_article_page_says_where_a_day_was_read() -> None:
    given = extracted()
    read = given.article.model_copy(update={"published_source": DateSource.ADDRESS})
    assert (
        "publication day read from its address" in article_page(given.model_copy(update={"article": read}), None).facts
    )
    assert "publication day read from its address" not in article_page(given, None).facts


def test_what_an_agency_publishes_itself_has_come_by_no_way() -> None:
    given = extracted()
    own, other = (
        AttributionLink(name=name, kind=SpeakerKind.ORGANISATION) for name in ("Corrow GAZETTE", "Coast Guard")
    )
    claims = tuple(
        claim.model_copy(update={"attribution": chain})
        for claim, chain in zip(given.claims, ((own,), (own, other)), strict=True)
    )
    notes = article_page(given.model_copy(update={"claims": claims}), None).claims
    assert [note.attribution for note in notes] == [None, "Coast Guard"]


def test_the_page_of_an_article_in_another_language_says_why_it_has_no_claims() -> None:
    given = extracted()
    german = given.model_copy(update={"claims": (), "article": given.article.model_copy(update={"language": "de"})})
    assert article_page(german, None).no_claims == "This text is in German. Claims are found in English texts only."


def test_an_article_dated_after_it_came_says_so() -> None:
    given = extracted()
    ahead = given.article.model_copy(update={"published_note": PublishedNote.AFTER_ARRIVAL})
    assert "dated after it came: not relied on" in article_page(given.model_copy(update={"article": ahead}), None).facts
    assert "dated after it came: not relied on" not in article_page(given, None).facts


def test_a_figure_shows_what_kind_of_value_it_is_all_its_sources_and_why_it_has_its_verdict() -> None:
    given = disputed()
    figure = given.figures[0]
    value = figure.values[1].model_copy(
        update={
            "sources": ("Lena Voskamp", "Pavel Orzan"),
            "outlook": Outlook.EXPECTED,
            "place": "Arlund",
            "as_of": "2026-03-02",
        }
    )
    because = "At least 14 (officials) against Nine (Lena Voskamp): they cannot both be right."
    figure = figure.model_copy(update={"values": (figure.values[0], value), "explanation": because})
    (view,) = event_page(given.model_copy(update={"figures": (figure,)}), "evt_d").figures
    assert view.explanation == because
    nine, fourteen = view.rows
    assert (nine.surface, fourteen.surface) == ("9", "At least 14")
    assert nine.source == "Lena Voskamp, Pavel Orzan"
    assert nine.holds == "expected, in Arlund, as of 2 March 2026"
    assert fourteen.holds == ""


def test_an_outlet_that_names_no_source_is_not_given_that_of_another() -> None:
    given = disputed()
    (figure,) = given.figures
    first, second = given.articles[0], given.articles[1]
    assert first.publisher != second.publisher
    value = figure.values[0].model_copy(
        update={
            "sources": ("the port",),
            "article_ids": (first.article_id, second.article_id),
            "unsourced_article_ids": (second.article_id,),
        }
    )
    shared = figure.model_copy(update={"values": (value,), "verdict": FigureVerdict.AGREE})
    (view,) = event_page(given.model_copy(update={"figures": (shared,)}), "evt_d").single_figures
    assert view.rows[0].source == f"the port; {second.publisher.name} names no source"


def test_a_value_that_is_replaced_is_pale_at_whatever_place_its_number_puts_it() -> None:
    given = disputed()
    (figure,) = given.figures
    twenty = figure.values[0].model_copy(
        update={"surface": "20", "value": 20.0, "low": 20.0, "high": 20.0, "bound": "exact"}
    )
    nine = figure.values[1]
    replaced = figure.model_copy(update={"values": (twenty, nine), "verdict": FigureVerdict.SUPERSEDED})
    (view,) = event_page(given.model_copy(update={"figures": (replaced,)}), "evt_d").figures
    assert [(row.surface, row.superseded) for row in view.rows] == [("9", False), ("20", True)]


def test_figures_that_fit_together_are_no_difference() -> None:
    given = disputed().model_copy(update={"contradictions": ()})
    (figure,) = given.figures
    compatible = figure.model_copy(update={"verdict": FigureVerdict.COMPATIBLE})
    for figures, differs in (((), False), ((compatible,), False), ((figure,), True), ((compatible, figure), True)):
        assert event_page(given.model_copy(update={"figures": figures}), "evt_d").differs == differs
    assert event_page(disputed().model_copy(update={"figures": ()}), "evt_d").differs


@pytest.mark.parametrize(
    ("iso", "told"),
    [("2026-03-02", "2 March 2026"), ("2026-03", "March 2026"), ("XXXX-03-02", ""), (None, "")],
)
def test_a_day_that_a_figure_is_told_for_is_told_in_words(iso: str | None, told: str) -> None:
    assert phrases.iso_day(iso) == told


def test_figures_that_conflict_come_first_and_single_values_stand_apart() -> None:
    given = disputed()
    conflict = given.figures[0]
    single = conflict.model_copy(update={"counted": "boats", "values": conflict.values[:1], "verdict": "single"})
    compatible = conflict.model_copy(update={"counted": "on board", "verdict": "compatible"})
    view = event_page(given.model_copy(update={"figures": (single, compatible, conflict)}), "evt_d")
    assert [figure.counted for figure in view.figures] == ["people killed", "on board"]
    assert [figure.counted for figure in view.single_figures] == ["boats"]


def test_a_side_shows_its_deciding_words_marked_in_what_each_outlet_writes() -> None:
    given = disputed()
    claim = given.claims[0]
    support = claim.supports[0]
    start = support.span.start
    inner = Span(start=start, end=start + 8)
    said = Passage(article_id=support.article_id, span=inner, text=support.text[:8])
    beyond = Passage(article_id="art_else", span=Span(start=0, end=4), text="else")
    positions = (
        Position(claim_id=claim.claim_id, says="14", source="Ilya Marchenkov", passages=(said, beyond)),
        Position(claim_id=given.claims[1].claim_id, says="9"),
    )
    told = given.contradictions[0].model_copy(update={"positions": positions})
    (disagreement,) = event_page(given.model_copy(update={"contradictions": (told,)}), "evt_d").disagreements
    (first,), (second,) = disagreement.columns
    assert (first.says, second.says) == ("14", "9")
    marked, unmarked = first.wordings
    assert [segment.text for segment in marked.segments if segment.inside] == [support.text[:8]]
    assert "".join(segment.text for segment in marked.segments) == support.text
    assert (marked.reports[0].outlet, unmarked.reports) == (support.publisher.name, ())
    assert [segment.text for segment in second.wordings[0].segments] == [given.claims[1].text]


def test_a_side_that_only_alleges_what_it_says_is_shown_so() -> None:
    given = disputed()
    alleged = given.claims[0].model_copy(update={"cue": "alleged"})
    positions = tuple(
        Position(claim_id=claim.claim_id, says=says)
        for claim, says in zip((alleged, given.claims[1]), ("14", "9"), strict=True)
    )
    told = given.contradictions[0].model_copy(update={"positions": positions})
    update = {"claims": (alleged, *given.claims[1:]), "contradictions": (told,)}
    (disagreement,) = event_page(given.model_copy(update=update), "evt_d").disagreements
    assert [side.stance for column in disagreement.columns for side in column] == ["Alleged", None]


def test_a_quotation_tells_which_outlets_cut_it_and_where_all_of_them_have_it_from() -> None:
    given = disputed()
    door = given.claims[2]
    first = door.supports[0].model_copy(update={"form": SupportForm.FULL})
    cut = door.supports[1].model_copy(
        update={
            "text": "He said it was open.",
            "span": Span(start=10, end=30),
            "form": SupportForm.CUT,
            "words": (Span(start=25, end=29),),
        }
    )
    steps = tuple(
        SourceStep(name=name, kind=SpeakerKind.ORGANISATION, article_ids=articles)
        for name, articles in (("NRA", (first.article_id,)), ("Coast Guard", (first.article_id, cut.article_id)))
    )
    source = UltimateSource(name="Coast Guard", kind=SpeakerKind.ORGANISATION, chain=steps)
    varied = door.model_copy(update={"supports": (first, cut), "variants": (cut.text,), "ultimate_source": source})
    (claim,) = event_page(given.model_copy(update={"claims": (varied,)}), "evt_d").corroborated
    assert (
        claim.sources_note == "2 outlets report it; all have it from one source, Coast Guard, 1 of them by way of NRA."
    )
    assert [wording.form for wording in claim.wordings] == [None, "quoted in part"]
    assert [segment.text for segment in claim.wordings[1].segments if segment.inside] == ["open"]


def test_what_a_source_leaves_open_is_not_shown_as_what_it_says() -> None:
    given = disputed()
    held_back = given.claims[0].model_copy(update={"commitment": Commitment.DECLINES_TO_CONFIRM})
    view = event_page(given.model_copy(update={"claims": (held_back,)}), "evt_d")
    assert [claim.stance for claim in view.uncorroborated] == ["Not confirmed"]


def test_a_denial_of_the_report_stands_with_what_it_denies_and_in_no_list_of_claims() -> None:
    given = disputed()
    first, second, *rest = given.claims
    points = second.model_copy(update={"commitment": Commitment.DENIES, "text": "the report"})
    view = event_page(given.model_copy(update={"claims": (first, points, *rest)}), "evt_d")
    assert points.claim_id in {side for one in given.contradictions for side in one.sides}
    assert len(view.disagreements) + len(view.disputed) == len(given.contradictions)
    assert points.claim_id not in view.claim_ids


def test_the_nearest_event_is_told_once_where_it_is_the_runner_up() -> None:
    listed = member("art_a", role=ArticleRole.MEMBER)
    runner_up = NEAREST.model_copy(update={"event_id": "evt_other"})
    for nearest, sentences in ((NEAREST, 3), (runner_up, 2), (None, 2)):
        placed = listed.membership.model_copy(update={"nearest": nearest})
        one = event(articles=(listed.model_copy(update={"membership": placed}),))
        ((article,),) = (group.entries for group in event_page(one, "evt_a").articles)
        assert len(article.reason.sentences) == sentences
        assert nearest is None or "".join(piece.text for piece in article.reason.sentences[-1]) == nearest.sentence


def test_the_head_counts_articles_origins_and_reprints_once() -> None:
    view = event_page(disputed(), "evt_d")
    assert view.counts == "3 articles by 3 outlets, 2 independent origins, 1 reprint"
    assert len(view.strip.filled) == 2


def test_the_head_says_only_of_a_closed_event_whether_reports_can_join() -> None:
    assert event_page(event(), "evt_a").status is None
    closed = event_page(event(status=EventStatus.CLOSED), "evt_a").status
    assert closed == "Closed: the time in which reports can join has passed."


def test_the_page_counts_its_claims_only_where_there_are_more() -> None:
    given = disputed()
    assert event_page(given, "evt_d").left_out.claims_here is None
    partial = given.model_copy(update={"omitted": given.omitted.model_copy(update={"claims": 6})})
    view = event_page(partial, "evt_d")
    assert (view.left_out.claims_here, view.left_out.all_claims) == ("3 of 9 claims", "9 claims")


def test_an_outlet_whose_two_articles_have_one_wording_is_named_once_at_it() -> None:
    given = disputed()
    door = given.claims[2]
    first, second, *_ = door.supports
    again = second.model_copy(update={"publisher": first.publisher, "text": "The door stood open."})
    twice = again.model_copy(update={"article_id": "art_3"})
    told = door.model_copy(update={"supports": (first, again, twice), "variants": ("The door stood open.",)})
    view = event_page(given.model_copy(update={"claims": (told,)}), "evt_d")
    (shown,) = (*view.corroborated, *view.uncorroborated)
    assert [len(wording.reports) for wording in shown.wordings] == [1, 1]
