"""`newsweave view` and `newsweave evaluate merging` of judged events, with an embedder that knows no meaning."""

import gzip
import io
import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from services.local.commands import evaluate_merging, view
from services.local.main import main
from tests.support.embedders import LetterEmbedder

Run = Callable[..., tuple[int, str, str]]
SANK = "The ferry Aster sank off Marl on Tuesday and at least {} people drowned, the coast guard said."
FERRY: dict[str, Any] = {
    "id": "f1",
    "event": "ferry",
    "title": "Ferry sinks off Marl",
    "publisher": "Marl Post",
    "published_at": "2026-03-03T10:00:00Z",
    "text": "Advertisement\r\n\r\n" + SANK.format(12) + "\r\n\r\nSubscribe to our newsletter\r\n\r\n"
    "“We were told nothing until the evening,” said Ada Lind, the mayor of Marl.",
}
OTHER: dict[str, Any] = FERRY | {
    "id": 2,
    "publisher": "Tarn Echo",
    "title": "Dozen drown as ferry sinks",
    "published_at": "2026-03-03T12:00:00Z",
    "text": "Ada Lind, the mayor of Marl, said: “We were told nothing until the evening.” Divers will look for the "
    "wreck on Thursday. The owner of the ferry has kept silent since the night in which it went down off the harbour.",
}
BANK: dict[str, Any] = {
    "id": "b1",
    "event": "bank",
    "title": "Bank raises rate",
    "publisher": "Orle Times",
    "published_at": "2026-03-04T12:00:00Z",
    "text": "The central bank of Orle raised its key interest rate to 4 percent on Tuesday, the governor said.",
}


@pytest.fixture
def newsweave(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Runs a command line; gives exit code, standard output and standard error."""
    for module in (view, evaluate_merging):
        monkeypatch.setattr(module, "offline_embedder", lambda _: LetterEmbedder())

    def run(*arguments: str, stdin: str = "") -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin.encode())))
        try:
            main(arguments)
        except SystemExit as end:
            code = end.code if isinstance(end.code, int) else 1
        else:
            code = 0
        return code, *capsys.readouterr()

    return run


def lines(*rows: dict[str, Any]) -> str:
    return "".join(json.dumps(row) + "\n" for row in rows)


def views(newsweave: Run, *rows: dict[str, Any]) -> list[dict[str, Any]]:
    code, out, errors = newsweave("view", "-", "--out", "-", stdin=lines(*rows))
    assert code == 0, errors
    return [json.loads(line) for line in out.splitlines()]


def without(row: dict[str, Any], field: str) -> dict[str, Any]:
    return {name: value for name, value in row.items() if name != field}


def test_each_event_is_a_row_in_the_order_of_first_rows(newsweave: Run) -> None:
    found = views(newsweave, FERRY, BANK, OTHER)
    assert [row["event"] for row in found] == ["ferry", "bank"]
    assert found[1]["headline"] == "Bank raises rate"
    assert all(set(row) == {"event", "headline", "claims", "contradictions", "denials", "figures"} for row in found)


def test_a_merged_claim_names_every_row_that_makes_it(newsweave: Run) -> None:
    (found,) = views(newsweave, FERRY, OTHER)
    said = next(claim for claim in found["claims"] if claim["kind"] == "quotation")
    assert (said["speaker"], said["origins"]) == ("Ada Lind", 2)
    assert [(one["article"], one["form"]) for one in said["supports"]] == [("f1", "full"), (2, "full")]


def test_supports_stand_in_the_text_as_given(newsweave: Run) -> None:
    (found,) = views(newsweave, FERRY, OTHER)
    texts = {row["id"]: row["text"] for row in (FERRY, OTHER)}
    supports = [one for claim in found["claims"] for one in claim["supports"]]
    assert {one["article"] for one in supports} == {"f1", 2}
    assert all(texts[one["article"]][one["start"] : one["end"]] == one["text"] for one in supports)


def test_contradictions_give_both_sides_at_their_places(newsweave: Run) -> None:
    against = OTHER | {"text": "The governor said the fire had killed 19 people."}
    given = FERRY | {"text": "Advertisement\n\nAt least 31 people were killed in the fire, the police said."}
    (found,) = views(newsweave, given, against)
    (contradiction,) = found["contradictions"]
    assert contradiction["kind"] == "figure"
    assert contradiction["explanation"]
    texts = {row["id"]: row["text"] for row in (given, against)}
    assert {
        (one["article"], texts[one["article"]][one["start"] : one["end"]])
        for side in contradiction["sides"]
        for one in side
    } == {(2, "19"), ("f1", "At least 31")}
    (figure,) = found["figures"]
    assert sorted(map(str, (article for value in figure["values"] for article in value["articles"]))) == ["2", "f1"]


def test_denials_give_the_sentences_that_tell_them(newsweave: Run) -> None:
    given = FERRY | {"text": "A diver said that the port hid the leak. The port denied the allegation."}
    (found,) = views(newsweave, given)
    (denial,) = found["denials"]
    (passage,) = denial["passages"]
    assert (denial["source"], denial["origins"], passage["article"]) == ("The port", 1, "f1")
    assert given["text"][passage["start"] : passage["end"]] == passage["text"] == given["text"]


def test_the_order_of_the_rows_changes_nothing_in_an_event(newsweave: Run) -> None:
    assert views(newsweave, FERRY, OTHER) == views(newsweave, OTHER, FERRY)


def test_of_two_revisions_the_later_one_counts(newsweave: Run) -> None:
    url = {"url": "https://marl.example/ferry"}
    later = FERRY | url | {"id": "f2", "text": SANK.format(14), "published_at": "2026-03-03T15:00:00Z"}
    (found,) = views(newsweave, FERRY | url, later)
    assert {one["article"] for claim in found["claims"] for one in claim["supports"]} == {"f2"}


def test_rows_that_name_no_event_are_clustered(newsweave: Run) -> None:
    found = views(newsweave, without(FERRY, "event"), without(BANK, "event"))
    assert [row["headline"] for row in found] == ["Ferry sinks off Marl", "Bank raises rate"]
    assert all(row["event"].startswith("evt_") for row in found)


@pytest.mark.parametrize(
    ("row", "told"),
    [
        (without(OTHER, "event"), "no event, but line 1 has one: name the event of every row, or of none"),
        (OTHER | {"event": ["ferry"]}, "event: neither a string nor a number"),
        (
            without(OTHER, "text") | {"html": "<article>" + f"<p>{SANK.format(12)}</p>" * 9 + "</article>"},
            "html: give text",
        ),
        (OTHER | {"text": " "}, "text"),
    ],
)
def test_a_row_that_cannot_be_used_is_named_by_its_line(
    row: dict[str, Any], told: str, newsweave: Run, tmp_path: Path
) -> None:
    source, target = tmp_path / "rows.jsonl.gz", tmp_path / "events.jsonl.gz"
    source.write_bytes(gzip.compress(lines(FERRY, row, BANK).encode()))
    code, _, errors = newsweave("view", str(source), "--out", str(target))
    assert code == 1
    assert f"{source}:2: " in errors
    assert told in errors
    code, _, errors = newsweave("view", str(source), "--out", str(target), "--skip-bad")
    assert code == 0
    assert "1 rows left out" in errors
    assert [json.loads(line)["event"] for line in gzip.decompress(target.read_bytes()).splitlines()] == [
        "ferry",
        "bank",
    ]


def judged(found: dict[str, Any], **fields: Any) -> dict[str, Any]:
    """A judged event with a key for each support of a view: what is merged there is one proposition."""
    places = {
        f"{one['article']}:{one['start']}": {name: one[name] for name in ("article", "start", "end")}
        for claim in found["claims"]
        for one in claim["supports"]
    }
    groups = [[f"{one['article']}:{one['start']}" for one in claim["supports"]] for claim in found["claims"]]
    return {
        "event": "ferry",
        "articles": ["f1", "2"],
        "claims": [{"key": key, **place} for key, place in places.items()],
        "groups": [group for group in groups if len(group) > 1],
        "contradictions": [],
    } | fields


def test_views_are_scored_against_judged_events(newsweave: Run, tmp_path: Path) -> None:
    (found,) = views(newsweave, FERRY, OTHER)
    truth, articles = tmp_path / "judged.jsonl", tmp_path / "events-1.jsonl.gz"
    articles.write_bytes(gzip.compress(lines(FERRY, OTHER, BANK).encode()))
    truth.write_text(lines(judged(found)))
    code, out, errors = newsweave("evaluate", "merging", str(truth), "--json")
    assert code == 0, errors
    scores = json.loads(out)
    assert set(scores) == {"covered", "alike", "in_pieces"}
    assert scores["covered"]["pairs"]["f1"] == 1.0
    truth.write_text(lines(judged(found, groups=[])))
    code, out, _ = newsweave("evaluate", "merging", str(truth), str(articles), "--show")
    assert code == 0
    assert "wrong  across  ferry" in out
    assert "We were told nothing until the evening" in out


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"articles": ["f1", "gone"]}, "1 judged articles are in none of"),
        ({"groups": [["nobody"]]}, "no judged event with articles, claims and groups"),
    ],
)
def test_judged_events_that_cannot_be_scored_say_why(
    fields: dict[str, Any], told: str, newsweave: Run, tmp_path: Path
) -> None:
    truth, articles = tmp_path / "judged.jsonl", tmp_path / "articles.jsonl"
    articles.write_text(lines(FERRY, OTHER))
    truth.write_text(lines(judged({"claims": []}, **fields)))
    code, _, errors = newsweave("evaluate", "merging", str(truth), str(articles))
    assert code == 1
    assert told in errors


def test_judged_events_without_articles_beside_them_are_refused(newsweave: Run, tmp_path: Path) -> None:
    truth = tmp_path / "judged.jsonl"
    truth.write_text(lines(judged({"claims": []})))
    code, _, errors = newsweave("evaluate", "merging", str(truth))
    assert code == 1
    assert "name the file with the articles after it" in errors
