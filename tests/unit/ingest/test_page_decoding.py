"""The characters of a page's bytes."""

import gzip

import pytest

from services.ingest.pages.decoding import decode_html

WORDS = "Brücke „offen“ – Ærø"


@pytest.mark.parametrize(
    ("content", "content_type", "words"),
    [
        (WORDS.encode(), None, WORDS),
        (WORDS.encode(), "text/html; charset=iso-8859-1", WORDS),
        (WORDS.encode("cp1252"), "text/html; charset=ISO-8859-1", WORDS),
        (b'<meta charset="windows-1251">' + "Мост открыт".encode("cp1251"), None, "Мост открыт"),
        (b"<meta charset=iso-2022-jp>" + "橋が開通".encode("iso-2022-jp"), None, "橋が開通"),
        ("橋が開通しました".encode("shift_jis") * 20, None, "橋が開通しました"),
        (WORDS.encode("utf-16"), None, WORDS),
        ("\ufeff" + WORDS, None, WORDS),
        (b"<meta charset=nonsense>caf\xe9", "text/html; charset=alsonot", "café"),
    ],
)
def test_a_page_is_read_in_the_encoding_that_it_is_in(
    content: bytes | str, content_type: str | None, words: str
) -> None:
    data = content.encode() if isinstance(content, str) else content
    decoded = decode_html(data, content_type)
    assert words in decoded
    assert not decoded.startswith("\ufeff")


def test_a_few_wrong_bytes_spoil_themselves_and_nothing_else() -> None:
    decoded = decode_html("Brücke, Tür, Öl, Æon ".encode() * 3 + b"\xff and \xfe")
    assert decoded.startswith("Brücke, Tür, Öl, Æon")
    assert decoded.endswith("\ufffd and \ufffd")


def test_a_page_that_is_a_compressed_bomb_is_not_unpacked() -> None:
    assert len(decode_html(gzip.compress(b"a" * 10_000_000))) < 20_000
