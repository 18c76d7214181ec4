"""What a speaker said in one event: the claims that the index names, told with all that the event has of them. Pure."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import orjson

from services.api.names.models import Opposed, Statement, StatementReport
from services.api.names.name_search import NamedEvent
from services.api.pages.links import article_page
from services.api.search.index_row import ClaimRow
from services.contracts.event_claims import Contradiction, MergedClaim, Position, Support

MOST_STATEMENTS = 12
"""Of one event."""
MOST_REPORTS = 12
"""Of one statement."""
MOST_OPPOSED = 4
"""Claims against one statement."""


def event_statements(named: NamedEvent, document: bytes) -> tuple[Statement, ...]:
    """What the speaker said in an event, the newest first, at most `MOST_STATEMENTS`.

    Only what is shown is validated: a snapshot can take 1 MiB. A claim that the event has no more is left out.

    Args:
        named: The event as the index has it.
        document: The event as it is stored.
    """
    event = orjson.loads(document)
    claims = {claim["claim_id"]: claim for claim in event["claims"]}
    listed = [row for row in _newest_first(named.claims) if row["claim_id"] in claims][:MOST_STATEMENTS]
    addresses = {article["article_id"]: article["url"] for article in event["articles"]}
    opposed = _opposed({row["claim_id"] for row in listed}, event, claims, named.speaker_keys)
    return tuple(
        _statement(MergedClaim.model_validate(claims[row["claim_id"]]), row, addresses, opposed[row["claim_id"]])
        for row in listed
    )


def _newest_first(rows: Sequence[ClaimRow]) -> list[ClaimRow]:
    by_id = sorted(rows, key=lambda row: row["claim_id"])
    return sorted(by_id, key=lambda row: row["first_reported_at"] or "", reverse=True)


def _statement(
    claim: MergedClaim, row: ClaimRow, addresses: Mapping[str, str | None], opposed: Sequence[Opposed]
) -> Statement:
    reports = _first_of_origins(claim.supports)[:MOST_REPORTS]
    return Statement(
        claim_id=claim.claim_id,
        kind=claim.kind,
        form=claim.form,
        text=claim.text,
        commitment=claim.commitment,
        negated=claim.negated,
        cue=claim.cue,
        role=claim.speaker.role if claim.speaker else None,
        organisation=claim.speaker.organisation if claim.speaker else None,
        about=tuple(row["about"]),
        origins=claim.origins,
        first_reported_at=claim.first_reported_at,
        reports=tuple(_report(support, addresses.get(support.article_id)) for support in reports),
        more_reports=len(claim.supports) - len(reports),
        opposed=tuple(opposed[:MOST_OPPOSED]),
    )


def _first_of_origins(supports: Sequence[Support]) -> list[Support]:
    """The first report of each origin, then the others."""
    seen: Counter[str] = Counter()
    ranked = []
    for support in supports:
        ranked.append((seen[support.origin_id] > 0, support))
        seen[support.origin_id] += 1
    return [support for _, support in sorted(ranked, key=lambda pair: pair[0])]


def _report(support: Support, address: str | None) -> StatementReport:
    return StatementReport(
        article_id=support.article_id,
        claim_id=support.claim_id,
        publisher=support.publisher,
        origin_id=support.origin_id,
        span=support.span,
        text=support.text,
        form=support.form,
        words=support.words,
        commitment=support.commitment,
        relayed_by=tuple(link.name for link in support.attribution),
        published_at=support.published_at,
        url=address,
        page=article_page(support.article_id, support.claim_id),
    )


def _opposed(
    statements: set[str],
    event: Mapping[str, Any],
    claims: Mapping[str, Mapping[str, Any]],
    speaker_keys: Mapping[str, str | None],
) -> dict[str, list[Opposed]]:
    """By statement, the claims that contradict it."""
    opposed: dict[str, list[Opposed]] = {claim_id: [] for claim_id in statements}
    for found in event["contradictions"]:
        if statements.isdisjoint(found["sides"]):
            continue
        contradiction = Contradiction.model_validate(found)
        for claim_id in statements.intersection(contradiction.sides):
            opposed[claim_id] += (
                Opposed(
                    kind=contradiction.kind,
                    explanation=contradiction.explanation,
                    claim_id=other,
                    text=claims[other]["text"],
                    source=_source(claims[other]),
                    speaker_key=speaker_keys.get(other),
                )
                for other in _others(claim_id, contradiction)
                if other in claims
            )
    return opposed


def _others(claim_id: str, contradiction: Contradiction) -> Iterator[str]:
    """The sides that disagree with a claim: positions that say the same agree."""
    says = {position.claim_id: position for position in contradiction.positions}
    own = _said(says.get(claim_id))
    for other in contradiction.sides:
        if other != claim_id and (not own or _said(says.get(other)) != own):
            yield other


def _said(position: Position | None) -> str:
    return "" if position is None else position.says.casefold()


def _source(claim: Mapping[str, Any]) -> str | None:
    speaker = claim.get("speaker")
    if speaker is None:
        return None
    return str(speaker["surface"] if speaker["kind"] == "unnamed" else speaker["canonical"])
