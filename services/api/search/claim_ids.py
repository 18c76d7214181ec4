"""Numbers of claims in the index: their order is the order in which claims are listed. Pure.

A number is the minute of the claim's first report (26 bits) and a hash of event and claim (37 bits). So the newest
claims come first by number alone, the same on every replica, and nothing is sorted. Undated claims come last.
"""

import hashlib
from datetime import UTC, datetime, timedelta

HASH_BITS = 37
_HIGHEST_MINUTE = 2**26 - 1
HIGHEST_NUMBER = 2**63 - 1
"""That there can be."""
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MINUTE = timedelta(minutes=1)
_MICROSECOND = timedelta(microseconds=1)


def microseconds(moment: datetime) -> int:
    """Microseconds since 1970: how the index has times."""
    return (moment - _EPOCH) // _MICROSECOND


def minute_of(moment: datetime | None) -> int:
    """Minutes since 1970, at least 1; 0: there is no time."""
    if moment is None:
        return 0
    return min(max((moment - _EPOCH) // _MINUTE, 1), _HIGHEST_MINUTE)


def claim_number(moment: datetime | None, event_id: str, claim_id: str) -> int:
    """The number of a claim, first reported at `moment`."""
    digest = hashlib.blake2b(f"{event_id} {claim_id}".encode(), digest_size=8).digest()
    return minute_of(moment) << HASH_BITS | int.from_bytes(digest) >> (64 - HASH_BITS)


def first_number(minute: int) -> int:
    """The lowest number of a minute."""
    return minute << HASH_BITS
