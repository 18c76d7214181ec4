"""Which claims a reader wants, over all events: parameters of `GET /v1/claims`. Pure."""

from collections.abc import Collection, Iterable
from typing import Annotated

from pydantic import ConfigDict, Field

from services.api.filters.event_filter import MOST_VALUES, Count, Kinds, Names
from services.api.filters.parsing import by_name, read_parameters
from services.contracts.base import Contract, UtcDatetime
from services.contracts.claim import Commitment

Commitments = Annotated[tuple[Commitment, ...], Field(max_length=MOST_VALUES)]


class ClaimFilter(Contract):
    """Which claims are wanted. Of several values of one condition any suffices; different ones must all hold.

    `not_x` takes what `x` takes and holds exactly where `x` does not.
    """

    model_config = ConfigDict(extra="forbid")

    q: Names = ()
    """Words that the claim must have, all of them, in any of its wordings or in the names in it: in any order and
    inflection, without case and accents. Several: any of them."""
    speaker: Names = ()
    """Who said it, by any form of the name that the event's articles use."""
    entity: Names = ()
    """A person, organisation or place that is named in it, by any form of its name."""
    publisher: Names = ()
    """Domain or name of a publisher that reports it."""
    kind: Kinds = ()
    """What it is made of."""
    commitment: Commitments = ()
    """How far its source stands behind it."""
    event: Names = ()
    """Id of the event that it is in."""
    min_origins: Count = None
    """At least so many independent origins report it."""
    published_since: UtcDatetime | None = None
    """It was first reported then or later. A date is its first moment, in UTC."""
    published_until: UtcDatetime | None = None
    """It was first reported then or earlier. A date is its last moment, in UTC."""
    not_q: Names = ()
    not_speaker: Names = ()
    not_entity: Names = ()
    not_publisher: Names = ()
    not_kind: Kinds = ()
    not_commitment: Commitments = ()


CLAIM_PARAMETERS: tuple[str, ...] = tuple(ClaimFilter.model_fields)
"""All parameters of a filter of claims."""


def parse_claim_filter(parameters: Iterable[tuple[str, str]], others: Collection[str] = ()) -> ClaimFilter:
    """The filter that query parameters ask for; `others` are passed over.

    Raises:
        BadParameters: one is unknown or its value cannot be read; it names the nearest right one.
    """
    given = by_name(parameters, (*CLAIM_PARAMETERS, *others))
    return read_parameters(ClaimFilter, {name: given[name] for name in CLAIM_PARAMETERS if name in given})
