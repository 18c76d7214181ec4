"""Digests of what equal things share, to be compared and looked up in place of long texts."""

import hashlib

_BYTES = 16
"""Enough that no two things ever read have one digest and differ."""


def digest(*parts: object) -> bytes:
    """A digest of texts, numbers, None, enumerations, and tuples and lists of these; equal parts, equal digest."""
    return hashlib.blake2b(repr(parts).encode(), digest_size=_BYTES).digest()
