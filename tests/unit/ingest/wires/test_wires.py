"""Items of wires as rows: NewsML-G2, NITF, ninjs."""

import json
from pathlib import Path
from typing import Any

import pytest

from services.ingest.wires.documents import OtherXml, WireRow, read_wire
from services.ingest.wires.ninjs import is_ninjs, row_of_ninjs
from services.ingest.wires.status import NotForPublication
from services.ingest.wires.xml import MAX_DEPTH, MAX_ELEMENTS, BadXml

DATA = Path("tests/data/wires")


def read(name: str) -> list[WireRow]:
    return list(read_wire((DATA / name).read_bytes()))


def ninjs(name: str = "item2.json", /, **changes: Any) -> dict[str, Any]:
    item: dict[str, Any] = json.loads((DATA / name).read_text(encoding="utf-8"))
    return row_of_ninjs({name: value for name, value in (item | changes).items() if value is not None})


def test_a_news_item_gives_all_that_its_agency_says() -> None:
    assert read("message.xml")[0].row == {
        "text": (
            "VARN, Northland (Meridian Press) - The dam above Varn broke early on Monday, the mayor said.\n\n"
            "Nine missing\n\nNine people were missing in the evening — not twelve."
        ),
        "title": "Varn dam breaks, nine missing",
        "publisher": "Meridian Press",
        "authors": ["Ada Lind", "Bert Holm"],
        "published_at": "2031-03-04T06:10:00+01:00",
        "language": "en-GB",
        "status": "corrected",
        "credit": "Meridian Press",
        "wire": {
            "guid": "urn:newsml:meridian.example:20310304:dam",
            "version": 3,
            "urgency": 2,
            "slug": "DAM-VARN",
            "dateline": "VARN, Northland (Meridian Press)",
        },
    }


def test_a_message_gives_its_texts_and_says_why_the_rest_is_none() -> None:
    assert [(found.number, found.row is None, found.reason) for found in read("message.xml")] == [
        (1, False, None),
        (2, True, "it is of class 'picture', not text"),
        (3, True, "its status is 'withheld': not to be published"),
        (4, False, None),
    ]


def test_a_canceled_item_is_withdrawn_with_its_note_for_a_text() -> None:
    row = read("message.xml")[3].row
    assert row is not None
    assert (row["status"], row["text"]) == ("withdrawn", "The report on the mill is wrong and withdrawn.")
    assert row["wire"]["version"] == 2


def test_a_package_alone_has_no_text_of_its_own() -> None:
    package = b'<packageItem xmlns="http://iptc.org/std/nar/2006-10-01/" guid="a"><itemMeta/></packageItem>'
    assert [found.reason for found in read_wire(package)] == ["it lists items and has no text of its own"]


def test_nitf_gives_all_that_its_agency_says() -> None:
    [found] = read("report.nitf.xml")
    assert found.row == {
        "text": (
            "HALLOW, Northland - A ferry with 82 people on board ran aground off Hallow on Tuesday.\n\n"
            "Mayor Ines Dahl said that nobody was hurt."
        ),
        "title": "Ferry runs aground off Hallow",
        "publisher": "Meridian Press",
        "authors": ["Ada Lind"],
        "published_at": "2031-03-04T07:15:00Z",
        "language": "en",
        "status": "usable",
        "credit": "Meridian Press",
        "wire": {
            "guid": "MP-20310304-0042",
            "version": 2,
            "urgency": 4,
            "slug": "FERRY",
            "dateline": "HALLOW, Northland",
        },
    }


def test_nitf_within_a_news_item_is_read() -> None:
    nitf = (DATA / "report.nitf.xml").read_bytes().partition(b'"nitf-3-6.dtd">')[2]
    item = (
        b'<newsItem xmlns="http://iptc.org/std/nar/2006-10-01/" guid="urn:1" version="5">'
        b'<itemMeta><provider literal="MP"/></itemMeta><contentSet><inlineXML>'
        + nitf.replace(b"<nitf", b'<nitf xmlns=""', 1)
        + b"</inlineXML></contentSet></newsItem>"
    )
    [found] = read_wire(item)
    assert found.row is not None
    assert found.row["title"] == "Ferry runs aground off Hallow"
    assert found.row["wire"] == {
        "guid": "urn:1", "version": 5, "urgency": 4, "slug": "FERRY", "dateline": "HALLOW, Northland"
    }  # fmt: skip


@pytest.mark.parametrize(("status", "reason"), [("withheld", "'withheld'"), ("secret", "'secret'")])
def test_what_is_not_to_be_published_is_named_with_its_status(status: str, reason: str) -> None:
    with pytest.raises(NotForPublication, match=reason):
        ninjs(pubstatus=status)
    nitf = (DATA / "report.nitf.xml").read_bytes().replace(b'"usable"', f'"{status}"'.encode())
    [found] = read_wire(nitf)
    assert found.row is None
    assert reason in (found.reason or "")


def test_ninjs_2_gives_all_that_its_agency_says() -> None:
    row = ninjs()
    assert row["text"] == (
        "The dam above Varn broke early on Monday, the mayor said.\n\n"
        "Nine people were missing in the evening — not twelve."
    )
    assert row["title"] == "Varn dam breaks, nine missing"
    assert row["publisher"] == "Meridian Press"
    assert row["authors"] == ["Ada Lind", "Bert Holm"]
    assert row["published_at"] == "2031-03-04T06:10:00+01:00"
    assert row["wire"]["guid"] == "urn:meridian.example:item:dam"
    assert (row["wire"]["version"], row["wire"]["urgency"], row["wire"]["slug"]) == (2, 2, "DAM-VARN")


def test_ninjs_3_is_read_by_its_own_names() -> None:
    row = ninjs("item3.ninjs")
    assert row["title"] == "Ferry runs aground off Hallow"
    assert row["text"].count("\n\n") == 1
    assert (row["status"], row["credit"], row["authors"]) == ("corrected", "Associated Press", ["Ada Lind"])


def test_ninjs_1_is_read_by_its_own_names() -> None:
    item = {
        "uri": "http://meridian.example/item/1",
        "type": "text",
        "versioncreated": "2031-03-04T07:15:00Z",
        "headline": "Ferry aground",
        "body_xhtml": "<div><p>A ferry ran aground.</p></div>",
    }
    assert is_ninjs(item)
    row = row_of_ninjs(item)
    assert (row["title"], row["text"], row["published_at"]) == (
        "Ferry aground",
        "A ferry ran aground.",
        "2031-03-04T07:15:00Z",
    )


@pytest.mark.parametrize("kind", ["picture", "video", "event"])
def test_ninjs_of_another_type_is_left_out(kind: str) -> None:
    with pytest.raises(NotForPublication, match=kind):
        ninjs(type=kind)


def test_ninjs_without_a_body_is_left_out() -> None:
    with pytest.raises(NotForPublication, match="no text"):
        ninjs(bodies=None)


@pytest.mark.parametrize(
    "row", [{"text": "a", "uri": "b", "pubstatus": "usable"}, {"uri": "a", "title": "b"}, ["uri"], "uri", None]
)
def test_other_rows_are_not_taken_for_ninjs(row: object) -> None:
    assert not is_ninjs(row)


@pytest.mark.parametrize("value", [None, [], {}, "", 3, [None], [{"value": None}], {"name": 3}])
@pytest.mark.parametrize("name", ["headlines", "infosources", "version", "urgency", "byline", "slugline", "language"])
def test_strange_values_in_ninjs_are_passed_over(name: str, value: object) -> None:
    assert ninjs(**{name: value})["text"].startswith("The dam")


BOMB = (
    b'<?xml version="1.0"?><!DOCTYPE n [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>'
    b"<nitf><body><body.content><p>&b;</p></body.content></body></nitf>"
)
EXTERNAL = (
    b'<?xml version="1.0"?><!DOCTYPE n [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
    b"<nitf><body><body.content><p>&a;</p></body.content></body></nitf>"
)
PARAMETER = b'<?xml version="1.0"?><!DOCTYPE n [<!ENTITY % a SYSTEM "http://127.0.0.1:9/x.dtd"> %a;]><nitf/>'


@pytest.mark.parametrize("document", [BOMB, EXTERNAL, PARAMETER])
def test_entities_are_refused(document: bytes) -> None:
    with pytest.raises(BadXml, match="declares entities"):
        list(read_wire(document))


@pytest.mark.parametrize(
    ("document", "reason"),
    [
        (b"<nitf>" + b"<p>" * (MAX_DEPTH + 1), "deep"),
        (b"<nitf>" + b"<p/>" * (MAX_ELEMENTS + 1) + b"</nitf>", "elements"),
        (b"<nitf><p></nitf>", "not well-formed"),
        (b"", "not well-formed"),
        (b"<nitf>\xff</nitf>", "not well-formed"),
        (b'<?xml version="1.0" encoding="nonsense"?><nitf/>', "not well-formed"),
    ],
)
def test_what_is_too_much_or_broken_is_refused(document: bytes, reason: str) -> None:
    with pytest.raises(BadXml, match=reason):
        list(read_wire(document))


def test_xml_of_another_kind_is_told_apart() -> None:
    with pytest.raises(OtherXml, match="'rss'"):
        list(read_wire(b"<rss><channel/></rss>"))
