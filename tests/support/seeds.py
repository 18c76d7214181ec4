"""Real reports of one event with a sheet of what is to be found in them, from a folder outside the repository.

Nothing of them is stored here: tests marked `seeds` read texts and sheet from the folder that NEWSWEAVE_SEEDS_DIR
names. Spans count characters of the files; claims are found in what ingest leaves of a file, and led back.
"""

import json
import os
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

from services.contracts.base import Span
from services.contracts.claim import Claim, ExtractedArticle
from services.contracts.event import Event, EventStatus
from services.dedupe.clustering.records import EventRecord
from services.dedupe.merging.event_view import build_event
from services.dedupe.merging.members import Member
from services.extract.extraction import extract
from services.ingest.build import first_revision
from services.ingest.submission import Submission
from services.ingest.text.cleaning import CleanText, clean

FETCHED = datetime(2026, 11, 1, tzinfo=UTC)
Place = tuple[int, int]


@dataclass(frozen=True)
class Seed:
    """One report."""

    name: str
    text: str
    """Of the file."""
    clean: CleanText
    extracted: ExtractedArticle

    def place(self, span: Span) -> Place:
        """Where a span of the article stands in the file."""
        return self.clean.original_span(span.start, span.end)

    def quoted(self, claim: Claim) -> set[Place]:
        """Where a claim and the words quoted in it stand in the file."""
        return {self.place(span) for span in (claim.span, *claim.quoted)}


@cache
def sheet() -> dict[str, Any]:
    """What is to be found: `expected.json` of the folder."""
    found: dict[str, Any] = json.loads((_folder() / "expected.json").read_text(encoding="utf-8"))
    return found


@cache
def seeds() -> dict[str, Seed]:
    """The reports by their names in the sheet, with all that is extracted from them."""
    return {told["article"]: _seed(told) for told in sheet()["articles"]}


def event_of(members: Sequence[Member]) -> Event:
    """The merged view of an event with these members, founded by the first report."""
    founder = next(iter(seeds().values())).extracted.article.article_id
    record = EventRecord(
        event_id="evt_1",
        version=1,
        status=EventStatus.OPEN,
        founder_id=founder,
        updated_at=FETCHED,
        active_at=FETCHED,
    )
    return build_event(record, members)


def one_name(one: str, other: str) -> bool:
    """Whether the sheet lists two forms under one name, or they are the same but for typography and "the"."""
    first, second = _plain(one), _plain(other)
    groups = [set(map(_plain, name["forms"])) for name in sheet()["names"]]
    return first == second or any({first, second} <= group for group in groups)


def _plain(name: str) -> str:
    return name.replace("’", "'").replace("‘", "'").removeprefix("the ").removeprefix("a ").casefold()


def _folder() -> Path:
    return Path(os.environ["NEWSWEAVE_SEEDS_DIR"])


def _seed(told: dict[str, Any]) -> Seed:
    text = (_folder() / told["file"]).read_text(encoding="utf-8")
    fields = {"text": text, "published_at": told["published"], "publisher": told["article"]}
    article = first_revision(Submission.model_validate(fields), fetched_at=FETCHED)
    return Seed(told["article"], text, clean(text), extract(article))
