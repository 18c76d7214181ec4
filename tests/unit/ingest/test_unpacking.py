import gzip
import random
import tracemalloc

import cramjam
import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.ingest.push.unpacking import (
    PIECE_BYTES,
    BadCoding,
    Coding,
    Gunzip,
    UnknownCoding,
    UnpacksToTooMuch,
    coding_of,
    unpack_zstd,
    zstd_size,
)

MEBIBYTE = 1024 * 1024
WORDS = b'{"text": "The old harbour bridge reopened to traffic on Monday after two years of repairs."}\n'


def zstd(content: bytes) -> bytes:
    return bytes(cramjam.zstd.compress(content))


def gunzip(packed: bytes, cuts: int = 7) -> bytes:
    member = Gunzip()
    pieces = [piece for at in range(0, len(packed), cuts) for piece in member.feed(packed[at : at + cuts])]
    return b"".join([*pieces, *member.finish()])


def unzstd(packed: bytes, most: int = MEBIBYTE) -> bytes:
    return unpack_zstd(packed, zstd_size(packed, most), most)


def skippable(content: bytes) -> bytes:
    return b"\x50\x2a\x4d\x18" + len(content).to_bytes(4, "little") + content


@pytest.mark.parametrize(
    ("values", "coding"),
    [
        ([], Coding.NONE),
        (["identity"], Coding.NONE),
        (["GZIP"], Coding.GZIP),
        (["x-gzip"], Coding.GZIP),
        (["identity, zstd"], Coding.ZSTD),
    ],
)
def test_a_coding_is_known_by_its_names(values: list[str], coding: Coding) -> None:
    assert coding_of(values) is coding


@pytest.mark.parametrize("values", [["br"], ["gzip, gzip"], ["gzip", "zstd"], ["deflate"], ["gzip;q=1"]])
def test_other_codings_and_several_are_not_read(values: list[str]) -> None:
    with pytest.raises(UnknownCoding):
        coding_of(values)


@given(content=st.binary(max_size=2_000), cuts=st.integers(1, 400), members=st.integers(1, 3))
def test_whatever_was_packed_comes_out_again(content: bytes, cuts: int, members: int) -> None:
    assert gunzip(gzip.compress(content) * members, cuts) == content * members
    assert unzstd(zstd(content) * members) == content * members


def test_long_bodies_of_both_kinds_come_out_whole() -> None:
    content = random.Random(1).randbytes(700_000) + WORDS * 10_000
    assert gunzip(gzip.compress(content), cuts=65_536) == content
    assert unzstd(zstd(content), 2 * MEBIBYTE) == content


def test_what_zstd_lets_stand_between_frames_is_left_out() -> None:
    assert unzstd(skippable(b"notes") + zstd(b"one") + zstd(b"two") + skippable(b"")) == b"onetwo"


@pytest.mark.parametrize("cut", [0, 1, 10, 30])
def test_a_body_that_ends_early_is_damaged(cut: int) -> None:
    for coding, unpack in ((gzip.compress, gunzip), (zstd, unzstd)):
        with pytest.raises(BadCoding):
            unpack(coding(WORDS)[:cut])


@pytest.mark.parametrize("body", [b"{}", WORDS, b"\x28\xb5\x2f\xfd", b"\x1f\x8b\x08", b"\x00" * 40])
def test_something_else_is_damaged(body: bytes) -> None:
    for unpack in (gunzip, unzstd):
        with pytest.raises(BadCoding):
            unpack(body)


def test_bytes_behind_the_end_are_damaged() -> None:
    for coding, unpack in ((gzip.compress, gunzip), (zstd, unzstd)):
        with pytest.raises(BadCoding):
            unpack(coding(WORDS) + b"and more")


@given(st.binary(max_size=300), st.integers(0, 90))
def test_damage_anywhere_is_never_more_than_a_refusal(noise: bytes, at: int) -> None:
    for packed in (zstd(WORDS * 20), gzip.compress(WORDS * 20)):
        broken = packed[:at] + noise + packed[at + len(noise) :]
        for unpack in (gunzip, unzstd):
            try:
                unpack(broken)
            except (BadCoding, UnpacksToTooMuch):
                continue


def test_a_gzip_bomb_comes_in_small_pieces() -> None:
    bomb = gzip.compress(b"\x00" * 64 * MEBIBYTE)
    tracemalloc.start()
    try:
        sizes = [len(piece) for piece in Gunzip().feed(bomb)]
        _, peak_bytes = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert sum(sizes) == 64 * MEBIBYTE
    assert max(sizes) <= PIECE_BYTES
    assert peak_bytes < 2 * MEBIBYTE


def test_a_zstd_bomb_that_says_its_size_is_not_unpacked() -> None:
    bomb = zstd(b"\x00" * 64 * MEBIBYTE)
    assert len(bomb) < 10_000
    with pytest.raises(UnpacksToTooMuch):
        zstd_size(bomb, MEBIBYTE)


def test_a_zstd_bomb_that_hides_its_size_gets_no_more_room_than_the_limit() -> None:
    # One frame without a declared size: 512 blocks of 128 KiB, each a repeated byte.
    blocks = b"".join(((128 * 1024 << 3) | 1 << 1 | last).to_bytes(3, "little") + b"x" for last in [0] * 511 + [1])
    bomb = b"\x28\xb5\x2f\xfd" + b"\x00" + b"\x58" + blocks
    tracemalloc.start()
    try:
        with pytest.raises(UnpacksToTooMuch):
            unzstd(bomb, MEBIBYTE)
        _, peak_bytes = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak_bytes < 2 * MEBIBYTE
    assert unzstd(bomb, 64 * MEBIBYTE) == b"x" * 64 * MEBIBYTE


def test_a_frame_that_lies_about_its_size_is_damaged() -> None:
    honest = zstd(WORDS * 40)
    lying = bytearray(honest)
    at = 5 + (not lying[4] & 0b10_0000)  # behind the magic, the descriptor and the window
    lying[at] ^= 0b1
    for most in (MEBIBYTE, 100):
        with pytest.raises((BadCoding, UnpacksToTooMuch)):
            unzstd(bytes(lying), most)


def test_what_the_zstd_command_writes_to_a_pipe_is_read() -> None:
    packed = bytes.fromhex(
        "28b52ffd046875000040686172626f757220010091cb05ffb5a23c"
    )  # of version 1.5.4, with a checksum
    assert not zstd_size(packed, MEBIBYTE).declared
    assert unzstd(packed) == b"harbour " * 3
