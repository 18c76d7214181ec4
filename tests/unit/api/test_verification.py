"""What an event cites against the texts of its articles."""

import random
from typing import Any

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.api.citations import Citation, citations
from services.api.verification import Verdict, Verification, cited_articles, verify
from services.contracts.article import Article, ArticleStatus, content_hash
from services.contracts.event import Event
from services.contracts.event_claims import Contradiction, ContradictionKind
from tests.unit.api.examples import CLAIMS, TEXT, citing, event, extracted, member, span


def document(shown: Event) -> dict[str, Any]:
    """The event as it is served."""
    parsed: dict[str, Any] = orjson.loads(shown.model_dump_json())
    return parsed


def texts(*article_ids: str, **changed: Any) -> dict[str, Article]:
    return {one: extracted(one).article.model_copy(update=changed) for one in article_ids}


def wrong(found: Verification) -> list[tuple[str, str, str | None, str | None]]:
    """All mismatches: (article or "", path, expected, found)."""
    return [
        (one.article_id, each.path, each.expected, each.found) for one in found.articles for each in one.mismatches
    ] + [("", each.path, each.expected, each.found) for each in found.mismatches]


def test_an_event_that_says_what_its_articles_say_is_verified() -> None:
    found = verify(document(citing("art_1", "art_2")), texts("art_1", "art_2"))
    assert found.verified
    assert (found.event_id, found.version, found.status) == ("evt_c", 1, "open")
    # The summary, four supports with two speakers, and of the merged claims a figure and a speaker.
    assert (found.spans, found.spans_verified, wrong(found)) == (9, 9, [])
    assert [(one.article_id, one.verdict, one.stored_revision) for one in found.articles] == [
        ("art_1", Verdict.VERIFIED, 1),
        ("art_2", Verdict.VERIFIED, 1),
    ]
    assert {one.content_hash for one in found.articles} == {content_hash("Ferry capsizes", TEXT)}


def test_a_text_that_was_changed_in_the_store_is_found_by_its_hash_and_by_the_spans_it_changed() -> None:
    changed = TEXT.replace("Nine people", "Four people")
    found = verify(document(citing("art_1", "art_2")), texts("art_1") | texts("art_2", text=changed))
    assert not found.verified
    assert [one.verdict for one in found.articles] == [Verdict.VERIFIED, Verdict.MISMATCH]
    assert wrong(found) == [
        ("art_2", "claims[0].supports[1].span", CLAIMS[0], CLAIMS[0].replace("Nine", "Four")),
        ("art_2", "articles[1]", content_hash("Ferry capsizes", TEXT), content_hash("Ferry capsizes", changed)),
    ]


def test_a_changed_word_outside_every_span_is_found_by_the_hash() -> None:
    stored = texts("art_1", text=TEXT + " A sentence too many.")
    ((_, path, _, _),) = wrong(verify(document(citing("art_1")), stored))
    assert path == "articles[0]"


def test_a_changed_title_is_found_by_the_hash() -> None:
    assert not verify(document(citing("art_1")), texts("art_1", title="Ferry afloat")).verified


@pytest.mark.parametrize(
    ("path", "change"),
    [
        ("summary[0].span", lambda shown: shown["summary"][0].update(text="Ten people died, the port said.")),
        ("claims[1].supports[0].span", lambda shown: shown["claims"][1]["supports"][0]["span"].update(start=1)),
        (
            "claims[1].supports[0].speaker.span",
            lambda shown: shown["claims"][1]["supports"][0]["speaker"].update(surface="Selwick"),
        ),
        ("claims[0].quantities[0].span", lambda shown: shown["claims"][0]["quantities"][0].update(surface="Ten")),
        ("claims[1].speaker.span", lambda shown: shown["claims"][1]["speaker"]["span"].update(start=0, end=5)),
    ],
)
def test_a_changed_event_is_found_where_it_was_changed(path: str, change: Any) -> None:
    shown = document(citing("art_1"))
    change(shown)
    found = verify(shown, texts("art_1"))
    assert not found.verified
    assert [each[:2] for each in wrong(found)] == [("art_1", path)]


@pytest.mark.parametrize("bad", [{"start": 5, "end": 5}, {"start": -3, "end": 4}, {"start": 0, "end": 10_000}])
def test_a_span_that_is_no_place_in_the_text_is_wrong(bad: dict[str, int]) -> None:
    shown = document(citing("art_1"))
    shown["claims"][0]["supports"][0]["span"] = bad
    (mismatch,) = verify(shown, texts("art_1")).articles[0].mismatches
    assert (mismatch.span, mismatch.found) == (None, None)
    assert "lies outside the text, which has 73 characters" in mismatch.problem


def test_a_figure_of_a_merged_claim_may_stand_in_any_of_its_supports() -> None:
    other = texts(
        "art_2", text="Port officials: " + TEXT, content_hash=content_hash("Ferry capsizes", "Port officials: " + TEXT)
    )
    shown = document(citing("art_1", "art_2"))
    shown["claims"][0]["quantities"][0]["span"] = {"start": 16, "end": 20}
    for claim in shown["claims"]:
        for place in (claim["supports"][1], claim["supports"][1]["speaker"]):
            if place is not None:
                place["span"] = {side: offset + 16 for side, offset in place["span"].items()}
    assert wrong(verify(shown, texts("art_1") | other)) == []


def test_an_article_without_a_stored_text_is_missing_and_nothing_of_it_is_called_right() -> None:
    found = verify(document(citing("art_1", "art_2")), texts("art_1"))
    assert not found.verified
    assert [(one.verdict, one.stored_revision) for one in found.articles] == [
        (Verdict.VERIFIED, 1),
        (Verdict.MISSING, None),
    ]
    assert (found.spans, found.spans_verified) == (9, 6)


def test_a_text_of_another_revision_is_outdated_whatever_its_spans_say() -> None:
    for text in (TEXT, "Correction. " + TEXT):
        stored = texts("art_1", revision=2, text=text, content_hash=content_hash("Ferry capsizes", text))
        (article,) = verify(document(citing("art_1")), stored).articles
        assert (article.verdict, article.revision, article.stored_revision) == (Verdict.OUTDATED, 1, 2)


def test_a_revised_article_is_verified_once_the_event_shows_that_revision() -> None:
    text = "Correction. " + TEXT
    stored = texts("art_1", revision=2, text=text, content_hash=content_hash("Ferry capsizes", text))
    assert verify(document(citing("art_1", text=text, revision=2)), stored).verified


def test_of_a_withdrawn_article_the_hash_is_checked_though_nothing_cites_it() -> None:
    withdrawn = member("art_1").model_copy(update={"revision": 2, "status": ArticleStatus.WITHDRAWN})
    shown = document(event(articles=(withdrawn,)))
    stored = texts("art_1", revision=2, status=ArticleStatus.WITHDRAWN)
    assert verify(shown, stored).verified
    assert not verify(shown, texts("art_1", revision=2, text="Nothing happened.")).verified


def test_an_article_that_is_cited_but_not_listed_is_wrong() -> None:
    shown = document(citing("art_1", "art_2"))
    del shown["articles"][1]
    found = verify(shown, texts("art_1", "art_2"))
    assert [each[:2] for each in wrong(found)] == [("art_2", "articles")]


def test_a_wording_that_no_support_has_is_wrong() -> None:
    shown = document(citing("art_1"))
    shown["claims"][0].update(text="Ten people died, the port said.", variants=["Many died."])
    assert wrong(verify(shown, texts("art_1"))) == [
        ("", "claims[0].text", "Ten people died, the port said.", None),
        ("", "claims[0].variants[0]", "Many died.", None),
    ]


def test_a_side_of_a_contradiction_that_is_no_claim_is_wrong() -> None:
    torn = Contradiction(kind=ContradictionKind.FIGURE, sides=("clm_dead", "clm_gone"), explanation="Nine against ten")
    shown = citing("art_1").model_copy(update={"contradictions": (torn,)})
    assert wrong(verify(document(shown), texts("art_1"))) == [("", "contradictions[0].sides[1]", "clm_gone", None)]


def test_a_span_without_any_article_around_it_is_wrong() -> None:
    shown = document(citing("art_1")) | {"note": {"span": {"start": 0, "end": 4}, "text": "Nine"}}
    assert wrong(verify(shown, texts("art_1"))) == [("", "note.span", "Nine", None)]


def test_fields_of_a_newer_contract_are_checked_too() -> None:
    shown = document(citing("art_1"))
    shown["claims"][1]["supports"][0]["quoted"] = [{"start": 34, "end": 53}, {"start": 60, "end": 99}]
    shown["contradictions"] = [
        {
            "sides": [],
            "positions": [{"passages": [{"article_id": "art_1", "span": {"start": 0, "end": 4}, "text": "Nin"}]}],
        }
    ]
    shown["figures"] = [
        {"values": [{"article_ids": ["art_1"], "surface": "Nine", "surface_span": {"start": 1, "end": 4}}]}
    ]
    assert [each[1:] for each in wrong(verify(shown, texts("art_1")))] == [
        ("claims[1].supports[0].quoted[1]", None, None),
        ("contradictions[0].positions[0].passages[0].span", "Nin", "Nine"),
        ("figures[0].values[0].surface_span", "Nine", "ine"),
    ]


def test_a_citation_knows_its_place_its_words_and_whose_they_are() -> None:
    (one,) = citations({"summary": [{"text": "Nine", "article_id": "art_1", "span": {"start": 0, "end": 4}}]})
    assert one == Citation("summary[0].span", ("art_1",), 0, 4, "Nine")


def test_dates_that_are_called_start_and_end_are_no_span() -> None:
    assert citations({"period": {"start": "2026-03-01", "end": "2026-03-02"}}) == []


def test_the_articles_to_read_are_those_listed_and_those_cited() -> None:
    shown = document(citing("art_1", "art_2"))
    shown["summary"][0]["article_id"] = "art_3"
    assert cited_articles(shown) == ["art_1", "art_2", "art_3"]


@given(text=st.text(st.characters(exclude_categories=["Cs"]), min_size=1), seed=st.integers(0, 99))
def test_every_span_of_any_text_is_verified_and_one_moved_to_other_words_is_not(text: str, seed: int) -> None:
    draw = random.Random(seed)
    start = draw.randrange(len(text))
    end = draw.randrange(start + 1, len(text) + 1)
    words = text[start:end]
    shown = document(event(articles=(member("art_1"),)))
    shown["summary"] = [{"article_id": "art_1", "text": words, "span": {"start": start, "end": end}}]
    stored = texts("art_1", text=text, content_hash=content_hash("Ferry capsizes", text))
    assert verify(shown, stored).verified
    shown["summary"][0]["span"] = {"start": end - len(words) + 1, "end": end + 1}
    assert verify(shown, stored).verified == (text[start + 1 : end + 1] == words)


def test_the_example_text_has_its_claims_where_the_helper_says() -> None:
    assert all(span(claim).of(TEXT) == claim for claim in CLAIMS)
