import json
from datetime import UTC, datetime, timedelta
from typing import Any

from services.api.pages.structured_data import open_graph, structured_data
from services.contracts.article import Precision
from services.contracts.claim import ClaimKind
from services.contracts.event import Event
from tests.support.big_view import big_view
from tests.unit.api.examples import disputed


def nodes(event: Event, kind: str) -> list[dict[str, Any]]:
    data = structured_data(event)
    assert data["@context"] == "https://schema.org"
    return [node for node in data["@graph"] if node["@type"] == kind]


def test_the_page_is_based_on_its_articles_and_a_reprint_on_the_first_of_its_origin() -> None:
    page, *articles = nodes(disputed(), "NewsArticle")
    assert page["@id"] == "/events/evt_d"
    assert page["isBasedOn"] == [{"@id": f"/articles/art_{number}"} for number in (1, 2, 3)]
    assert [article.get("isBasedOn") for article in articles] == [None, None, {"@id": "/articles/art_1"}]
    assert articles[0]["publisher"] == {"@type": "Organization", "name": "Corrow Gazette"}


def test_a_claim_says_who_makes_it_and_where_it_appears() -> None:
    claim = nodes(disputed(), "Claim")[0]
    assert claim == {
        "@type": "Claim",
        "@id": "/events/evt_d#clm_door",
        "text": "The door was open, the minister said.",
        "creator": {"@type": "Person", "name": "Ilya Marchenkov, Transport Minister"},
        "appearance": [{"@id": f"/articles/art_{number}"} for number in (1, 2, 3)],
    }


def test_quoted_words_are_a_quotation() -> None:
    event = disputed()
    quoted = event.claims[2].model_copy(update={"kind": ClaimKind.QUOTATION, "speaker": None})
    (quotation,) = nodes(event.model_copy(update={"claims": (quoted,)}), "Quotation")
    assert quotation["text"] == quoted.text
    assert "creator" not in quotation
    assert len(quotation["isPartOf"]) == 3


def test_what_is_not_known_is_left_out_and_nothing_unsafe_is_linked() -> None:
    event = disputed()
    article = event.articles[0].model_copy(update={"url": "javascript:alert(1)", "title": None, "published_at": None})
    _, first, *_ = nodes(event.model_copy(update={"articles": (article,)}), "NewsArticle")
    assert first == {
        "@type": "NewsArticle",
        "@id": "/articles/art_1",
        "publisher": {"@type": "Organization", "name": "Corrow Gazette"},
    }


def test_times_that_are_only_days_are_given_as_days() -> None:
    midnight, noon = datetime(2026, 3, 3, tzinfo=UTC), datetime(2026, 3, 3, 12, 0, tzinfo=UTC)
    first, second, third = disputed().articles
    dated = disputed().model_copy(
        update={
            "articles": (
                first.model_copy(update={"published_at": midnight}),
                second.model_copy(update={"published_at": noon, "published_precision": Precision.DAY}),
                third.model_copy(update={"published_at": noon + timedelta(minutes=1)}),
            ),
            "first_published_at": midnight,
            "updated_at": midnight,
        }
    )
    page, *articles = nodes(dated, "NewsArticle")
    assert (page["datePublished"], page["dateModified"]) == ("2026-03-03", "2026-03-03")
    assert [article["datePublished"] for article in articles] == [
        *("2026-03-03", "2026-03-03", "2026-03-03T12:01:00+00:00")
    ]
    assert (open_graph(dated).published, open_graph(dated).modified) == ("2026-03-03", "2026-03-03")
    by_day = dated.model_copy(update={"articles": dated.articles[1:2], "first_published_at": noon})
    assert open_graph(by_day).published == nodes(by_day, "NewsArticle")[0]["datePublished"] == "2026-03-03"


def test_a_big_event_has_small_data() -> None:
    assert len(json.dumps(structured_data(big_view(300, 300)))) < 10_000


def test_open_graph_describes_the_event_by_its_summary_else_by_its_counts() -> None:
    assert open_graph(disputed()).description == "A ferry capsized."
    bare = disputed().model_copy(update={"summary": ()})
    assert open_graph(bare).description == "3 articles by 3 outlets, 2 independent origins"
    long = disputed().summary[0].model_copy(update={"text": "word " * 1000})
    assert len(open_graph(disputed().model_copy(update={"summary": (long,)})).description) <= 301
