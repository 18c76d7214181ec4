"""The page of an event in which everything that somebody else may have written is an attack."""

import json
import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from services.api.history.entries import VersionEntry
from services.api.history.kept_versions import KeptVersion
from services.api.pages.event_page import event_page
from services.api.pages.rendering import STATIC_DIRECTORY, Pages
from services.api.pages.version_page import page_of_version
from services.contracts.claim import SpeakerKind
from services.contracts.event import ArticleRole, Event, LineageEntry, TimelineEntry
from services.contracts.event_claims import Passage, Position, SourceStep, UltimateSource
from tests.unit.api.examples import disputed, extracted
from tests.unit.api.pages.outline import DATA, Outline

WRITTEN = {
    *("title", "name", "surface", "canonical", "role", "organisation", "explanation", "counted", "unit", "domain"),
    *("what", "reason", "place", "source", "sources", "says", "text", "cue", "headline", "wire_credit", "variants"),
}
MARKUP = (
    "</title></text></svg></script><script>alert(1)</script><svg onload=alert(2)><style>*{display:none}</style>"
    "<foreignObject><img src=x onerror=alert(3)>\"' style=\"position:fixed\" class='skip' ]]>--><!--{{ 7*7 }}{% x %}"
)
TURNING = "\u202e\u2066\u200b"
MOST_BYTES = 250_000
OURS = {
    *("html", "head", "meta", "title", "link", "script", "body", "a", "header", "p", "main", "article", "h1", "span"),
    *("svg", "path", "circle", "line", "text", "details", "summary", "dfn", "div", "section", "h2", "bdi", "sup", "h3"),
    *("ul", "li", "blockquote", "figure", "figcaption", "strong", "table", "thead", "tbody", "tr", "th", "td", "ol"),
    *("caption", "colgroup", "time", "mark", "dl", "dt", "dd", "footer", "nav", "code", "em", "button"),
}


def attacked(attack: str) -> Event:
    """An event with all that a page can show, every word of it preceded by the attack."""
    given = disputed()
    claims = tuple(
        claim.model_copy(
            update={
                "supports": tuple(
                    support.model_copy(
                        update={
                            "text": f"{claim.text} {number}",
                            "published_at": given.updated_at + timedelta(hours=number),
                        }
                    )
                    for number, support in enumerate(claim.supports)
                ),
                "variants": tuple(f"{claim.text} {number}" for number in range(len(claim.supports))),
                "ultimate_source": UltimateSource(
                    name="the port",
                    kind=SpeakerKind.ORGANISATION,
                    chain=(SourceStep(name="agency", kind=SpeakerKind.ORGANISATION, article_ids=("art_1",)),),
                ),
            }
        )
        for claim in given.claims
    )
    positions = tuple(
        Position(
            claim_id=side,
            says=side,
            source="port",
            passages=(Passage(article_id="art_1", span=given.summary[0].span, text="words"),),
        )
        for side in given.contradictions[0].sides
    )
    event = given.model_copy(
        update={
            "claims": claims,
            "contradictions": (given.contradictions[0].model_copy(update={"positions": positions}),),
            "timeline": (TimelineEntry(at=given.updated_at, article_id="art_1", what="It sank"),),
            "lineage": (LineageEntry(kind="merge", event_id="evt_x", reason="the same ferry"),),
        }
    )
    return Event.model_validate(_attack(event.model_dump(mode="json"), attack))


def _attack(value: Any, attack: str) -> Any:
    if isinstance(value, dict):
        return {key: _written(part, attack) if key in WRITTEN else _attack(part, attack) for key, part in value.items()}
    return [_attack(part, attack) for part in value] if isinstance(value, list) else value


def _written(value: Any, attack: str) -> Any:
    if isinstance(value, str):
        return value if value in set(ArticleRole) else attack + value
    if isinstance(value, list) and all(isinstance(part, str) for part in value):
        return [attack + part for part in value]
    return _attack(value, attack)


def rendered(event: Event) -> str:
    headlines = {entry.event_id: event.headline for entry in event.lineage}
    view = event_page(event, event.event_id, headlines=headlines)
    return bytes(Pages().render("event.html", event=view).body).decode()


def rendered_version(event: Event) -> str:
    """The page of this version, with a receipt for each claim and another current version."""
    kept = KeptVersion(event.event_id, (VersionEntry(4, 0, "0"), VersionEntry(5, 1, "1")), 0)
    changed = event.model_copy(
        update={"claims": tuple(claim.model_copy(update={"text": f"{claim.text}!"}) for claim in event.claims)}
    )
    stored = {"art_1": extracted("art_1").article}
    view = event_page(event, event.event_id, page_of_version(event, kept, changed, stored))
    return bytes(Pages().render("event.html", event=view).body).decode()


@pytest.mark.parametrize(("render", "scripts"), [(rendered, [DATA]), (rendered_version, [])])
def test_markup_in_any_text_stays_text(render: Callable[[Event], str], scripts: list[str]) -> None:
    html = render(attacked(MARKUP))
    outline = Outline(html)
    assert "alert(1)" in outline.words
    assert set(outline.tags) <= OURS
    assert outline.scripts == scripts
    assert not {name for name in outline.attributes if name.startswith("on") or name in {"style", "srcdoc"}}
    assert outline.tags.count("title") == 1
    assert "49" not in outline.words.split()
    assert "<!--" not in html


def test_nothing_that_others_write_stands_inside_a_drawing() -> None:
    outline = Outline(rendered(attacked("Zqx")))
    assert "Zqx" in outline.words
    assert outline.tags.count("svg") > 10
    assert re.fullmatch(r"[\d\s,.:A-Za-z]*", outline.drawn)
    assert "Zqx" not in outline.drawn


@pytest.mark.parametrize("render", [rendered, rendered_version])
def test_classes_are_those_of_our_style_sheet_whatever_the_text_says(render: Callable[[Event], str]) -> None:
    known = set(re.findall(r"\.([a-z][a-z0-9-]*)", (STATIC_DIRECTORY / "newsweave.css").read_text()))
    used = {name for names in re.findall(r' class="([^"]*)"', render(attacked(MARKUP))) for name in names.split()}
    assert used <= known | {"event", "lineage", "nearest", "sides-2"}


def test_structured_data_is_whole_json_and_cannot_end_its_element() -> None:
    outline = Outline(rendered(attacked(MARKUP)))
    data = json.loads(outline.data)
    assert "<" not in outline.data
    assert data["@graph"][0]["headline"].startswith("</title>")


@pytest.mark.parametrize("render", [rendered, rendered_version])
@pytest.mark.parametrize("attack", [TURNING, MARKUP + TURNING])
def test_no_character_that_turns_text_is_left(attack: str, render: Callable[[Event], str]) -> None:
    html = render(attacked(attack))
    assert not re.search("[\u200b\u202a-\u202e\u2066-\u2069]", html)
    assert not re.search(r"\\u(20(2[a-e]|6[6-9])|200b)", html)


@pytest.mark.parametrize("render", [rendered, rendered_version])
@pytest.mark.parametrize("line", ["x" * 1_000_000, "word " * 200_000, "<b>" * 300_000])
def test_lines_of_a_megabyte_leave_the_page_small(line: str, render: Callable[[Event], str]) -> None:
    html = render(attacked(line))
    assert len(html.encode()) <= MOST_BYTES
    Outline(html)
