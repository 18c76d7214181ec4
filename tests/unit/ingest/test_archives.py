"""Articles out of archives of the web and packed files."""

import gzip
import io
import json
import zlib
from datetime import UTC, datetime
from pathlib import Path

import cramjam
import pytest

from services.ingest.archives import packed
from services.ingest.archives.http_body import decoded_body
from services.ingest.build import first_revision
from services.ingest.files import BadFile, FileRow, read_file
from tests.unit.ingest.fakes import NOW, row

PAGE = (
    "<!doctype html><html lang=en><head><meta charset=utf-8><title>Varn dam breaks</title></head><body><article>"
    "<h1>Varn dam breaks</h1><p>The dam above Varn broke early on Monday, sending a wall of water through the town, "
    "officials said — nine people are missing.</p><p>Mayor Mary Hall said that the dam had been safe.</p></article>"
    "</body></html>"
)
FRONT = '<html><head><meta property="og:type" content="website"></head><body><a href="/1">One</a></body></html>'


class Heard:
    """Remarks that pass everything over."""

    def __init__(self) -> None:
        self.bad: list[str] = []
        self.left_out: list[str] = []

    def add(self, message: str) -> None:
        self.bad.append(message)

    def leave_out(self, message: str) -> None:
        self.left_out.append(message)


def record(
    url: str,
    body: bytes = PAGE.encode(),
    *,
    kind: str = "response",
    status: str = "200 OK",
    content_type: str = "text/html; charset=utf-8",
    headers: str = "",
    warc_headers: str = "",
    date: str = "2031-03-02T10:00:00Z",
) -> bytes:
    http = f"HTTP/1.1 {status}\r\nContent-Type: {content_type}\r\n{headers}\r\n".encode() + body
    content_header = "application/http; msgtype=response"
    if kind == "resource":
        http, content_header = body, content_type
    head = (
        f"WARC/1.1\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {url}\r\nWARC-Date: {date}\r\n{warc_headers}"
        f"WARC-Record-ID: <urn:uuid:{zlib.crc32(url.encode()):08x}-0000-4000-8000-000000000000>\r\n"
        f"Content-Type: {content_header}\r\nContent-Length: {len(http)}\r\n\r\n"
    )
    return head.encode() + http + b"\r\n\r\n"


def chunked(body: bytes) -> bytes:
    return (
        b"".join(b"%x\r\n%s\r\n" % (len(body[at : at + 100]), body[at : at + 100]) for at in range(0, len(body), 100))
        + b"0\r\n\r\n"
    )


def decoded(body: bytes, transfer: str = "", content: str = "") -> bytes:
    return decoded_body(body, transfer=transfer, content=content, most_bytes=1_000)


@pytest.mark.parametrize(
    ("body", "transfer", "content"),
    [
        (b"page", "", ""),
        (b"4\r\npage\r\n0\r\n\r\n", "chunked", ""),
        (b"4;x=1\r\npage\r\n0\r\nTrailer: 1\r\n\r\n", "Chunked", ""),
        (b"2\r\npa\r\n2\r\nge", "chunked", ""),
        (b"page", "chunked", "gzip"),
        (gzip.compress(b"page", mtime=0), "", "gzip"),
        (zlib.compress(b"page"), "", "deflate"),
        (zlib.compress(b"page")[2:-4], "", "deflate"),
        (bytes(cramjam.zstd.compress(b"page")), "", "zstd"),
        (bytes(cramjam.brotli.compress(gzip.compress(b"page", mtime=0))), "", "gzip, br"),
        (b"page", "", "br"),
        (b"page", "", "identity"),
    ],
)
def test_a_body_is_unpacked_however_it_was_sent(body: bytes, transfer: str, content: str) -> None:
    assert decoded(body, transfer, content) == b"page"


@pytest.mark.parametrize("content", ["gzip", "br", "zstd", "deflate"])
def test_a_body_is_unpacked_no_further_than_it_may_be(content: str) -> None:
    plain = b"a" * 5_000_000
    packed_body = {
        "gzip": gzip.compress(plain),
        "br": bytes(cramjam.brotli.compress(plain)),
        "zstd": bytes(cramjam.zstd.compress(plain)),
        "deflate": zlib.compress(plain),
    }[content]
    assert decoded(packed_body, content=content) == b"a" * 1_001


RECORDS = [
    record("https://coast.example/n/1"),
    record("https://coast.example/robots.txt", b"User-agent: *", content_type="text/plain"),
    record("https://www.coast.example/robots.txt", b"User-agent: *"),
    record("https://coast.example/n/old", b"", status="301 Moved", headers="Location: /n/1\r\n"),
    record("https://coast.example/gone", status="404 Not Found"),
    record("https://coast.example/p.jpg", b"\xff\xd8\xff", content_type="image/jpeg"),
    record("https://coast.example/feed", b"<rss><channel/></rss>", content_type="application/rss+xml"),
    record("https://coast.example/feed2", b'<?xml version="1.0"?>\n<rss><channel/></rss>'),
    record("https://coast.example/n/1", kind="revisit"),
    record("https://coast.example/n/1", kind="request"),
    record("https://coast.example/n/1", b"{}", kind="metadata"),
    record("https://coast.example/n/2", chunked(PAGE.encode()), headers="Transfer-Encoding: chunked\r\n"),
    record("https://coast.example/n/3", gzip.compress(PAGE.encode()), headers="Content-Encoding: gzip\r\n"),
    record(
        "https://coast.example/n/4", bytes(cramjam.brotli.compress(PAGE.encode())), headers="Content-Encoding: br\r\n"
    ),
    record(
        "https://coast.example/n/5",
        chunked(gzip.compress(PAGE.encode())),
        headers="Content-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n",
    ),
    record(
        "https://coast.example/n/6", PAGE.replace("—", "-").encode("utf-16"), content_type="text/html; charset=utf-16"
    ),
    record("https://coast.example/n/7", kind="resource", content_type="text/html"),
    record("https://coast.example/n/1", PAGE.replace("nine", "ten").encode(), date="2031-03-02T18:30:00Z"),
    record("http://[coast.example/n/9"),
    record("https://coast.example/"),
    record("https://coast.example/sport", FRONT.encode()),
    record("https://coast.example/n/8", warc_headers="WARC-Truncated: length\r\n"),
]


def archive(path: Path, records: list[bytes]) -> Path:
    if path.name.endswith(".gz"):
        path.write_bytes(b"".join(map(gzip.compress, records)))
    elif path.name.endswith(".zst"):
        path.write_bytes(b"".join(bytes(cramjam.zstd.compress(one)) for one in records))
    else:
        path.write_bytes(b"".join(records))
    return path


def read(path: Path, heard: Heard | None = None) -> list[FileRow]:
    return list(read_file(path, heard))


@pytest.mark.parametrize("name", ["a.warc", "a.warc.gz", "a.warc.zst"])
def test_an_archive_gives_every_article_and_nothing_else(tmp_path: Path, name: str) -> None:
    heard = Heard()
    rows = read(archive(tmp_path / name, RECORDS), heard)
    assert [found.data["url"].removeprefix("https://coast.example") for found in rows] == [
        *(f"/n/{number}" for number in range(1, 8)),
        "/n/1",
    ]
    assert [message.partition(".example")[2] for message in heard.left_out] == [
        "/n/9: its address is missing",
        "/: the front page of a site",
        "/sport: a page of the site, not an article",
        "/n/8: the archive has a part of it only",
    ]
    assert heard.bad == []
    assert all("nine people" in found.data["html"] or "ten people" in found.data["html"] for found in rows)


def test_the_time_of_the_fetch_is_that_of_arrival(tmp_path: Path) -> None:
    rows = read(archive(tmp_path / "a.warc", RECORDS), Heard())
    articles = [first_revision(found.submission, fetched_at=NOW) for found in (rows[0], rows[-1])]
    assert [article.fetched_at for article in articles] == [
        datetime(2031, 3, 2, 10, tzinfo=UTC),
        datetime(2031, 3, 2, 18, 30, tzinfo=UTC),
    ]
    assert articles[0].article_id == articles[1].article_id
    assert articles[0].content_hash != articles[1].content_hash


@pytest.mark.parametrize("name", ["a.warc.zst", "a.warc.gz", "a.warc"])
def test_of_a_cut_archive_what_is_whole_is_read_and_the_cut_is_told(tmp_path: Path, name: str) -> None:
    path = archive(tmp_path / name, [RECORDS[0], RECORDS[-5]])
    path.write_bytes(path.read_bytes()[:-100])
    heard = Heard()
    assert [found.data["url"] for found in read(path, heard)] == ["https://coast.example/n/1"]
    assert len(heard.bad) + len(heard.left_out) == 1


def test_rubbish_between_records_is_told(tmp_path: Path) -> None:
    heard = Heard()
    rows = read(archive(tmp_path / "a.warc", [RECORDS[0], b"rubbish\r\n\r\n", RECORDS[10]]), heard)
    assert [found.data["url"] for found in rows] == ["https://coast.example/n/1"]
    assert "Invalid WARC header" in heard.bad[0]


def test_what_is_no_archive_is_said(tmp_path: Path) -> None:
    (tmp_path / "a.warc.gz").write_bytes(b"not an archive")
    with pytest.raises(BadFile, match=r"a\.warc\.gz"):
        read(tmp_path / "a.warc.gz")


def test_a_page_that_unpacks_to_too_much_is_left_out(tmp_path: Path) -> None:
    bomb = gzip.compress(b"<html><p>" + b"a" * 60_000_000)
    heard = Heard()
    rows = read(
        archive(
            tmp_path / "a.warc",
            [record("https://coast.example/n/9", bomb, headers="Content-Encoding: gzip\r\n"), RECORDS[0]],
        ),
        heard,
    )
    assert [found.data["url"] for found in rows] == ["https://coast.example/n/1"]
    assert "longer than" in heard.left_out[0]


@pytest.mark.parametrize("suffix", ["", ".gz", ".zst"])
@pytest.mark.parametrize(
    ("name", "content", "rows"),
    [
        ("a.jsonl", (json.dumps(row(id=1)) + "\n") * 3, 3),
        ("a.txt", "The dam broke.", 1),
        ("a.html", PAGE, 1),
        ("a.json", json.dumps(row()), 1),
        ("a.xml", Path("tests/data/wires/message.xml").read_text(encoding="utf-8"), 2),
        ("a.nitf", Path("tests/data/wires/report.nitf.xml").read_text(encoding="utf-8"), 1),
        ("a.ninjs", Path("tests/data/wires/item3.ninjs").read_text(encoding="utf-8"), 1),
    ],
)
def test_each_kind_of_file_is_read_packed_too(tmp_path: Path, name: str, content: str, rows: int, suffix: str) -> None:
    plain = content.encode()
    packed_content = {"": plain, ".gz": gzip.compress(plain), ".zst": bytes(cramjam.zstd.compress(plain))}[suffix]
    path = tmp_path / (name + suffix)
    path.write_bytes(packed_content)
    assert len(read(path)) == rows


@pytest.mark.parametrize("name", ["a.jsonl.zst", "a.jsonl.gz", "a.txt.zst"])
def test_a_file_that_is_not_what_its_name_says_is_refused(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(b"plain text")
    with pytest.raises(BadFile, match=name.replace(".", r"\.")):
        read(tmp_path / name)


def test_a_line_without_end_is_given_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(packed, "MAX_LINE_BYTES", 1_000)
    path = tmp_path / "a.jsonl.gz"
    path.write_bytes(gzip.compress(b'{"text": "' + b"a" * 5_000))
    with pytest.raises(BadFile, match="longer than"):
        read(path)
    assert list(packed.lines(io.BytesIO(b"a" * 1_000), "a")) == [b"a" * 1_000]


def test_bad_rows_among_good_ones_are_passed_over_where_asked(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text("\n".join([json.dumps(row(id=1)), "{", '{"text": ""}', json.dumps(row(id=2))]))
    heard = Heard()
    assert [found.submission.id for found in read(path, heard)] == ["1", "2"]
    assert [message.partition("a.jsonl:")[2][:2] for message in heard.bad] == ["2:", "3:"]


def test_xml_of_another_kind_is_left_out(tmp_path: Path) -> None:
    (tmp_path / "a.xml").write_text("<rss><channel/></rss>")
    heard = Heard()
    assert read(tmp_path / "a.xml", heard) == []
    assert "neither NewsML-G2 nor NITF" in heard.left_out[0]
