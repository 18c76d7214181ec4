"""A claim as an event keeps it: whole while it is new, packed when the event is large.

As objects the claims of one article take some 250 KB, packed some 7: a large event asks for few of them again.
"""

import zlib

from services.contracts.claim import Claim

_RAW = -zlib.MAX_WBITS
"""Without header and checksum: it never leaves the process."""
_OFTEN = (
    b'{"name":"","kind":"unnamed","span":{"start":0,"end":0},"surface":"the"}],"commitment":"denies","negated":true,'
    b'"as_of":"2026-01-01","increment":true,"change":"rise","per":"day","scale":"million","currency":"USD",'
    b'"dimension":"money","unit":"percent","quantities":[{"value":0.0,"low":0.0,"high":0.0,"bound":"exact","counted":"'
    b'people","place":"","surface":"","span":{"start":0,"end":0}}],"dates":[{"iso":"2026-01-01","precision":"day",'
    b'"surface":"on Monday","span":{"start":0,"end":0}}],"entities":[{"name":"","type":"organisation","span":{"start":'
    b'0,"end":0},"canonical":""},{"name":"","type":"place","span":{"start":0,"end":0},"canonical":""},{"name":"","type":'
    b'"person","span":{"start":0,"end":0},"canonical":""}],"predicates":[{"lemma":"be","span":{"start":0,"end":0},'
    b'"negated":true,"modal":"will","subject":"who","subject_span":{"start":0,"end":0},"object":"it","object_span":{'
    b'"start":0,"end":0},"under":0},{"lemma":"say","span":{"start":0,"end":0},"subject":"he","subject_span":{"start":0,'
    b'"end":0},"main":true}],"extractor":"'
    b'{"claim_id":"clm_","kind":"statement","text":"The ","span":{"start":0,"end":0},"form":"attributed","sentence":{'
    b'"start":0,"end":0},"quoted":[{"start":0,"end":0}],"speaker":{"surface":"","span":{"start":0,"end":0},"canonical":"'
    b'","kind":"person","role":"","organisation":""},"cue":"said","attribution":['
    b'{"claim_id":"clm_","kind":"quotation","text":"'
)
"""What stands in most claims, as they are written: without it, the names of their fields would be most of the bytes."""


class KeptClaim:
    """One claim, whole or packed."""

    __slots__ = ("_packed", "_whole")

    def __init__(self, claim: Claim) -> None:
        """`claim`: kept as it is until `pack`."""
        self._whole: Claim | None = claim
        self._packed = b""

    def get_claim(self) -> Claim:
        """The claim; one that is packed comes as another object each time."""
        return Claim.model_validate_json(_unpack(self._packed)) if self._whole is None else self._whole

    def pack(self) -> None:
        """Keep it packed from now on."""
        if self._whole is not None:
            self._packed = _pack(self._whole.model_dump_json(exclude_defaults=True).encode())
            self._whole = None


def _pack(content: bytes) -> bytes:
    packing = zlib.compressobj(wbits=_RAW, zdict=_OFTEN)
    return packing.compress(content) + packing.flush()


def _unpack(content: bytes) -> bytes:
    return zlib.decompressobj(wbits=_RAW, zdict=_OFTEN).decompress(content)
