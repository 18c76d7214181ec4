"""`newsweave view`: the merged view of events, by the code of extract's and dedupe's stages."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Any

from services.contracts.article import Article
from services.contracts.embedded import EmbeddedArticle
from services.contracts.event import Event, EventStatus, Membership
from services.contracts.event_claims import Contradiction, Figure, MergedClaim, Passage, SourceDenial, Support
from services.dedupe.claim_vectors import build_view
from services.dedupe.clustering.event_clock import event_time
from services.dedupe.clustering.records import EventRecord
from services.dedupe.embed_handler import embed_articles
from services.dedupe.embedding.port import Embedder
from services.dedupe.merging.members import Member, MemberFeatures
from services.extract.extraction import extract
from services.local.given_text import GivenText
from services.local.offline import Row
from services.local.offline_cluster import numbered, publication_order

_SHARD = "main"
_BATCH = 256
"""Articles embedded at a time."""


def view_rows(event: Any, rows: Sequence[Row], embedder: Embedder) -> dict[str, Any]:
    """The view of the event that some rows tell, as plain data for JSON.

    Args:
        event: Its name, as it is to stand in the result.
        rows: In any order, each with text. Of two revisions of one article the later one counts.
        embedder: Turns leads and claims into vectors.
    """
    ordered = [rows[at] for at in publication_order([row.article.published_at for row in rows])]
    latest = {article.article_id: article for article in numbered(row.article for row in ordered)}
    given = {row.article.article_id: row for row in ordered}
    built = merged_view(embed_in_portions(latest.values(), embedder), embedder)
    return _Written(event, given).view(built)


def embed_in_portions(
    articles: Iterable[Article], embedder: Embedder, *, every_sentence: bool = False
) -> list[EmbeddedArticle]:
    """Articles with their claims and their own vectors, in the order given. `every_sentence`: see `extract`."""
    extracted = (extract(article, every_sentence=every_sentence) for article in articles)
    found: list[EmbeddedArticle] = []
    while batch := list(islice(extracted, _BATCH)):
        found += embed_articles(embedder, batch, shard=_SHARD)
    return found


def merged_view(articles: Sequence[EmbeddedArticle], embedder: Embedder) -> Event:
    """The event that some articles make together, as the service would publish it."""
    by_time = sorted(
        (each.extracted.article for each in articles), key=lambda article: (event_time(article), article.article_id)
    )
    record = EventRecord(
        event_id="evt_offline",
        version=1,
        status=EventStatus.OPEN,
        founder_id=by_time[0].article_id,
        updated_at=event_time(by_time[-1]),
        active_at=None,
    )
    members = [
        Member(record.event_id, each, Membership(threshold=0.0, model=each.model), MemberFeatures.from_embedded(each))
        for each in articles
    ]
    return build_view(record, members, embedder)


class _Written:
    """Writes the view of one event with the ids of its rows, at places in their texts as given."""

    def __init__(self, event: Any, rows: dict[str, Row]) -> None:
        """`rows`: by article id."""
        self._event = event
        self._ids = {article_id: row.identity for article_id, row in rows.items()}
        self._texts = {article_id: GivenText(row.submission.text or "") for article_id, row in rows.items()}

    def view(self, event: Event) -> dict[str, Any]:
        return {
            "event": self._event,
            "headline": event.headline,
            "claims": [claim for each in event.claims if (claim := self._claim(each))["supports"]],
            "contradictions": [self._contradiction(each) for each in event.contradictions],
            "denials": [self._denial(each) for each in event.denials],
            "figures": [self._figure(each) for each in event.figures],
        }

    def _claim(self, claim: MergedClaim) -> dict[str, Any]:
        return {
            "text": claim.text,
            "speaker": claim.speaker.canonical if claim.speaker else None,
            "kind": claim.kind.value,
            "origins": claim.origins,
            "supports": [
                {**self._passage(each), "form": each.form.value if each.form else None}
                for each in claim.supports
                # As `newsweave extract`: with words of the page in its middle it is not what the article says.
                if not self._texts[each.article_id].holds_boilerplate(each.span)
            ],
        }

    def _contradiction(self, contradiction: Contradiction) -> dict[str, Any]:
        return {
            "kind": contradiction.kind.value,
            "explanation": contradiction.explanation,
            "sides": [[self._passage(each) for each in side.passages] for side in contradiction.positions],
        }

    def _denial(self, denial: SourceDenial) -> dict[str, Any]:
        return {
            "source": denial.source,
            "origins": denial.origins,
            "passages": [self._passage(each) for each in denial.passages],
        }

    def _figure(self, figure: Figure) -> dict[str, Any]:
        told = figure.model_dump(mode="json")
        for value in told["values"]:
            del value["claim_ids"]
            value["articles"] = [self._ids[article_id] for article_id in value.pop("article_ids")]
        return told

    def _passage(self, passage: Support | Passage) -> dict[str, Any]:
        given = self._texts[passage.article_id]
        place = given.place(passage.span)
        return {"article": self._ids[passage.article_id], **place, "text": given.words(place)}


def grouped(events: Sequence[Any]) -> Iterator[tuple[Any, list[int]]]:
    """Each event and the positions of its rows, in the order of their first rows."""
    groups: dict[Any, list[int]] = {}
    for at, event in enumerate(events):
        groups.setdefault(event, []).append(at)
    yield from groups.items()
