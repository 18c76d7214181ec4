import random

import pytest

from services.api.history.packing import (
    DamagedPack,
    is_whole,
    pack_changes,
    pack_delta,
    pack_whole,
    unpack_changes,
    unpack_version,
)
from services.dedupe.event_changes.changes import changes_between
from tests.support.big_view import big_view

DOCUMENT = big_view(40, 20).model_dump_json().encode()


def test_a_version_packed_alone_comes_back_in_each_byte() -> None:
    pack = pack_whole(DOCUMENT)
    assert is_whole(pack)
    assert unpack_version(pack, None) == DOCUMENT


@pytest.mark.parametrize("following", [DOCUMENT[:-50] + b"and more", b"", b"x", DOCUMENT * 3])
def test_a_version_packed_against_any_other_comes_back_in_each_byte(following: bytes) -> None:
    pack = pack_delta(DOCUMENT, following)
    assert not is_whole(pack)
    assert unpack_version(pack, following) == DOCUMENT


def test_a_version_packed_against_the_next_one_takes_a_hundredth() -> None:
    large = random.Random(3).randbytes(2**20)
    following = large[:700_000] + b"something new" + large[700_000:]
    assert len(pack_delta(large, following)) < 200
    assert unpack_version(pack_delta(large, following), following) == large


def test_an_empty_version_comes_back() -> None:
    assert unpack_version(pack_whole(b""), None) == b""
    assert unpack_version(pack_delta(b"", DOCUMENT), DOCUMENT) == b""


@pytest.mark.parametrize(
    ("pack", "following"), [(b"", b""), (b"x", b""), (b"w", None), (b"wxxxx", None), (b"dxxxx", b"y"), (b"d", None)]
)
def test_what_is_no_pack_is_told(pack: bytes, following: bytes | None) -> None:
    with pytest.raises(DamagedPack):
        unpack_version(pack, following)


def test_changes_come_back_as_they_were() -> None:
    changes = changes_between(None, big_view(5, 5))
    assert unpack_changes(pack_changes(changes)) == tuple(changes)
    with pytest.raises(DamagedPack):
        unpack_changes(b"nothing of ours")
