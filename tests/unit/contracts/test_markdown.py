"""The page of topics for people."""

import re
from typing import Any

from services.contracts.json_schema import schema_of
from services.contracts.markdown import topics_page
from services.contracts.topics import TOPICS

Json = dict[str, Any]


def page(examples: dict[str, Json] | None = None) -> str:
    return topics_page(TOPICS, {topic.name: schema_of(topic) for topic in TOPICS}, examples or {})


def anchors(text: str) -> set[str]:
    """Fragments that headings and explicit anchors offer, by GitHub's rule."""
    headings = re.findall(r"^#+ (.+)$", text, re.MULTILINE)
    made = {re.sub(r"[^\w -]", "", heading).lower().replace(" ", "-") for heading in headings}
    return made | set(re.findall(r'<a id="([^"]+)">', text))


def test_every_link_on_the_page_leads_somewhere() -> None:
    text = page()
    assert set(re.findall(r"\]\(#([^)]+)\)", text)) <= anchors(text)


def test_every_topic_has_its_row_with_key_dead_letters_and_retry() -> None:
    row = next(line for line in page().splitlines() if line.startswith("| [`claims.extracted.v1`]"))
    for cell in ("`article.article_id`", "extract", "dedupe, api", "7 days"):
        assert f"| {cell} |" in row
    assert "`claims.extracted.v1.dedupe.dlq`" in row
    assert "`claims.extracted.v1.api.retry`" in row


def test_types_are_told_in_words_with_their_limits() -> None:
    text = page()
    assert "| `revision` | integer, ≥ 1 |" in text
    assert "| `published_at` | RFC 3339 time or null |" in text
    assert "| `supports` | array of [Support](#support), length ≥ 1 |" in text
    assert "| `signals` | object with values of number |" in text


def test_an_enumeration_lists_its_values_with_their_meaning() -> None:
    assert "| `conflicting` | No single true value could satisfy all. |" in page()


def test_known_values_are_listed_below_their_fields() -> None:
    text = page()
    assert "Values of `kind`. Others may be added" in text
    assert "| `closed` | No article can join any more. |" in text


def test_an_example_is_shown_below_its_topic() -> None:
    text = page({"event.updated.v1": {"key": "evt_of_the_example"}})
    assert text.index("## event.updated.v1") < text.index("evt_of_the_example") < text.index("## Parts")
