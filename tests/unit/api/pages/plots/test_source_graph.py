from collections.abc import Sequence

from services.api.pages.article_index import ArticleIndex
from services.api.pages.plots.source_graph import MOST_SOURCES, MOST_TEXTS, SourceGraph, source_graph
from services.contracts.article import Publisher
from services.contracts.base import Span
from services.contracts.claim import AttributionLink, Speaker, SpeakerKind
from services.contracts.event import Counts, Event, EventArticle, Origin
from services.contracts.event_claims import MergedClaim, SourceStep, UltimateSource
from tests.support.big_view import big_view
from tests.unit.api.examples import disputed, event, member


def article(number: int, origin: int, outlet: str) -> EventArticle:
    return member(f"art_{number}", publisher=Publisher(name=outlet), origin_id=f"org_{origin}")


POST, GAZETTE, MAIL, DAILY = (
    article(1, 1, "Post"),
    article(2, 1, "Gazette"),
    article(3, 3, "Mail"),
    article(4, 4, "Daily"),
)


def claim(number: int, source: str | None, articles: Sequence[EventArticle]) -> MergedClaim:
    (given,) = disputed().claims[:1]
    supports = tuple(
        given.supports[0].model_copy(update={"article_id": one.article_id, "origin_id": one.origin_id})
        for one in articles
    )
    step = SourceStep(name=source or "", kind=SpeakerKind.PERSON, article_ids=())
    ultimate = UltimateSource(name=source, kind=SpeakerKind.PERSON, chain=(step,)) if source else None
    return given.model_copy(update={"claim_id": f"clm_{number}", "supports": supports, "ultimate_source": ultimate})


def telling(articles: Sequence[EventArticle], *claims: MergedClaim) -> Event:
    origins = len({one.origin_id for one in articles})
    counts = Counts(articles=len(articles), publishers=len(articles), origins=origins)
    return event("evt_g", articles=tuple(articles)).model_copy(update={"claims": claims, "counts": counts})


def drawn(given: Event) -> SourceGraph:
    graph = source_graph(given, ArticleIndex(given.articles))
    assert graph is not None
    return graph


def test_a_source_leads_to_the_texts_that_rely_on_it_and_a_text_to_who_reprints_it() -> None:
    graph = drawn(telling((POST, GAZETTE, MAIL, DAILY), claim(1, "minister", (POST, GAZETTE, MAIL))))
    assert [(row.name, row.texts) for row in graph.sources] == [("minister", "1 claim in 2 texts")]
    assert [(row.outlet, row.number, row.reprints, row.sources) for row in graph.texts] == [
        ("Post", 1, ("Gazette",), ("minister",)),
        ("Mail", 3, (), ("minister",)),
        ("Daily", 4, (), ()),
    ]
    assert graph.sentence == "4 articles by 4 outlets, 3 independent origins. Several of them rely on minister."
    assert graph.left_out is None


def test_a_line_runs_from_its_source_to_the_last_text_that_relies_on_it() -> None:
    both = (claim(1, "minister", (POST, MAIL, DAILY)), claim(2, "port", (POST, MAIL)))
    graph = drawn(telling((POST, GAZETTE, MAIL, DAILY), *both))
    of_rows = [*(row.lanes for row in graph.sources), *(row.lanes for row in graph.texts)]
    lanes = [[(lane.top, lane.bottom, lane.joins) for lane in of_row] for of_row in of_rows]
    assert lanes == [
        [(False, True, False)],
        [(True, True, False), (False, True, False)],
        [(True, True, True), (True, True, True)],
        [(True, True, True), (True, False, True)],
        [(True, False, True)],
    ]


def test_sources_of_more_texts_come_first_and_those_beyond_the_lanes_are_counted() -> None:
    many = [claim(number, f"source {number}", (POST, MAIL)) for number in range(MOST_SOURCES + 2)]
    graph = drawn(telling((POST, GAZETTE, MAIL, DAILY), *many, claim(99, "minister", (POST, MAIL, DAILY))))
    assert graph.sources[0].name == "minister"
    assert len(graph.sources) == MOST_SOURCES
    assert graph.left_out == "3 of the sources are not drawn."
    assert graph.sentence.endswith("Several of them rely on minister, source 0, source 1, source 2 and 3 more sources.")


def test_a_source_that_only_one_text_and_its_reprints_name_is_not_told() -> None:
    graph = drawn(telling((POST, GAZETTE, MAIL), claim(1, "port", (POST, GAZETTE))))
    assert (graph.sources, graph.sentence) == ((), "3 articles by 3 outlets, 2 independent origins.")


def relayed(number: int, by: str, one: EventArticle) -> MergedClaim:
    """A claim that an article has by way of an outlet or agency."""
    given = claim(number, None, (one,))
    link = AttributionLink(name=by, kind=SpeakerKind.ORGANISATION)
    support = given.supports[0].model_copy(update={"attribution": (link,), "publisher": one.publisher})
    return given.model_copy(update={"supports": (support,)})


def test_an_outlet_outside_the_event_from_which_several_have_claims_is_their_source() -> None:
    claims = (relayed(1, "Ferry Times", POST), relayed(2, "the Ferry Times", MAIL), relayed(3, "Harbour Sun", DAILY))
    graph = drawn(telling((POST, MAIL, DAILY), *claims))
    assert [(row.name, row.texts) for row in graph.sources] == [("Ferry Times", "2 claims in 2 texts")]
    assert [row.sources for row in graph.texts] == [("Ferry Times",), ("Ferry Times",), ()]


def test_an_agency_by_its_name_and_by_its_initials_is_one_source_and_its_own_report_comes_from_nobody_else() -> None:
    claims = (
        relayed(1, "the Northern Wire", POST),
        relayed(2, "NW", MAIL),
        relayed(3, "Daily", article(6, 6, "Daily (Web)")),
        relayed(4, "Daily", POST),
    )
    (source,) = drawn(telling((POST, MAIL, article(6, 6, "Daily (Web)")), *claims)).sources
    assert (source.name, source.texts) == ("the Northern Wire", "2 claims in 2 texts")


def test_speakers_without_a_name_are_not_taken_for_one_in_two_claims() -> None:
    given = [claim(number, "officials", (POST, MAIL)) for number in (1, 2)]
    somebody = UltimateSource(name="officials", kind=SpeakerKind.UNNAMED, chain=())
    unnamed = [each.model_copy(update={"ultimate_source": somebody}) for each in given]
    assert source_graph(telling((POST, MAIL), *unnamed), ArticleIndex()) is None


def test_an_agency_is_named_where_the_outlet_is_another() -> None:
    origins = (Origin(origin_id="org_1", article_ids=("art_1", "art_2"), wire_credit="Meridian Press"),)
    given = telling((POST, GAZETTE, MAIL)).model_copy(update={"origins": origins})
    assert [row.credit for row in drawn(given).texts] == ["Meridian Press", None]


def test_without_sources_and_reprints_there_is_nothing_to_draw() -> None:
    given = telling((POST, MAIL))
    assert source_graph(given, ArticleIndex(given.articles)) is None


def test_of_a_big_event_the_texts_that_say_most_are_drawn_and_the_others_counted() -> None:
    graph = drawn(big_view(100, 50))
    assert len(graph.texts) == MOST_TEXTS
    assert all(row.reprints or row.sources for row in graph.texts)
    assert graph.left_out == f"{40 - MOST_TEXTS} of the texts are not drawn."


def test_an_outlet_does_not_reprint_itself() -> None:
    again = article(5, 1, "Post")
    (text, _) = drawn(telling((POST, again, GAZETTE, MAIL))).texts
    assert (text.again, text.reprints, len(text.hollow)) == ("1 more article", ("Gazette",), 1)


def test_each_claim_that_a_text_has_from_a_speaker_counts_though_no_other_text_has_it() -> None:
    def said(number: int, name: str, *articles: EventArticle) -> MergedClaim:
        given = claim(number, None, articles)
        speaker = Speaker(surface=name, canonical=name, span=Span(start=0, end=1), kind=SpeakerKind.PERSON)
        supports = tuple(support.model_copy(update={"speaker": speaker}) for support in given.supports)
        return given.model_copy(update={"speaker": speaker, "supports": supports})

    own = (said(1, "Ada Reyl", POST), said(2, "Ada Reyl", MAIL), said(3, "Ada Reyl", MAIL), said(4, "Reyl", DAILY))
    graph = drawn(telling((POST, GAZETTE, MAIL, DAILY), *own))
    assert [(row.name, row.texts) for row in graph.sources] == [("Ada Reyl", "3 claims in 2 texts")]


def test_a_text_shows_the_agencies_that_it_credits_for_single_claims() -> None:
    link = AttributionLink(name="Associated Press", kind=SpeakerKind.ORGANISATION)
    given = claim(1, "minister", (POST, MAIL))
    supports = tuple(
        support.model_copy(update={"attribution": (link,) if support.article_id == MAIL.article_id else ()})
        for support in given.supports
    )
    graph = drawn(telling((POST, MAIL, DAILY), given.model_copy(update={"supports": supports})))
    assert [(row.outlet, row.credit) for row in graph.texts] == [
        ("Post", None),
        ("Mail", "Associated Press"),
        ("Daily", None),
    ]
