"""Sentences checked beside events that are built offline: by the code of extract, dedupe and `/v1/check`."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from services.api.check.checking import check_claims
from services.api.check.event_reports import EventReports, reports_of
from services.api.check.models import CheckedClaim
from services.api.draft_models import Draft
from services.api.drafts import article_of
from services.api.match.terms import load_term_counts
from services.dedupe.embedding.port import Embedder
from services.extract.extraction import extract
from services.local.errors import UserError
from services.local.offline import read_rows
from services.local.offline_cluster import numbered, publication_order
from services.local.offline_view import embed_in_portions, merged_view


def reports_by_file(folder: Path, now: datetime, embedder: Embedder) -> dict[str, EventReports]:
    """The event that the articles of each JSON Lines file of a folder make together, by the file's name without ending.

    Raises:
        UserError: There is none, or a row cannot be used.
    """
    files = sorted(folder.glob("*.jsonl"))
    if not files:
        raise UserError(f"{folder} has no .jsonl files of articles, one file an event")
    return {file.stem: _reports(file, now, embedder) for file in files}


def check_text(draft: Draft, reports: EventReports) -> tuple[CheckedClaim, ...]:
    """What `/v1/check` says of a draft beside an event that it names."""
    now = reports.event.updated_at if draft.published_at is None else draft.published_at
    return check_claims(extract(article_of(draft, now), every_sentence=True).claims, reports)


def names_in(checked: Sequence[CheckedClaim]) -> str:
    """Who denies any of these claims, and which amounts reports give instead."""
    deniers = [denial.source or "" for each in checked for denial in each.denials]
    return " ".join([*deniers, *(other.surface for each in checked for other in each.other_amounts)])


def _reports(file: Path, now: datetime, embedder: Embedder) -> EventReports:
    rows = list(read_rows(str(file), now, _stop))
    ordered = [rows[at] for at in publication_order([row.article.published_at for row in rows])]
    latest = {article.article_id: article for article in numbered(row.article for row in ordered)}
    embedded = embed_in_portions(latest.values(), embedder)
    claims = {claim.claim_id: claim for each in embedded for claim in each.extracted.claims}
    return reports_of(merged_view(embedded, embedder), claims, load_term_counts())


def _stop(message: str) -> None:
    raise UserError(message)
