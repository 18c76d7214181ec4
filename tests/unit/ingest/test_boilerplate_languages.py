"""Boilerplate in other languages than English."""

import pytest

from services.ingest.text.boilerplate_rules import line_reason
from services.ingest.text.characters import squeeze
from services.ingest.text.cleaning import clean


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("Auch interessant", "related"),
        ("Lesen Sie auch: Brücke wieder offen", "related"),
        ("À lire aussi Le pont du port rouvert", "related"),
        ("Leggi anche: riaperto il ponte", "related"),
        ("Читайте также: Мост открыт", "related"),
        ("関連記事", "related"),
        ("Anzeige", "advertisement"),
        ("Passer la publicité", "advertisement"),
        ("Artikel teilen", "share"),
        ("このニュースをシェア", "share"),
        ("Quelle: hafenkurier.example", "credit"),
        ("Mit Material von Agenturen", "credit"),
        ("dpa/al", "credit"),
        ("(SDA)", "credit"),
        ("Redaktion: Ada Lind, Kai Brun", "credit"),
        ("Additional reporting from PA", "credit"),
        ("© 2031 Hafenkurier", "notice"),
        ("Tous droits réservés.", "notice"),
        ("Fehler gefunden? Jetzt melden.", "notice"),
        ("This is a breaking news story, more to follow", "notice"),
        ("(END)", "notice"),
        ("12 Kommentare", "notice"),
        ("Unseren Newsletter jetzt kostenlos abonnieren", "form"),
        ("ada.lind@hafenkurier.example", "form"),
    ],
)
def test_lines_around_articles_are_found_in_their_language(line: str, reason: str) -> None:
    assert line_reason(squeeze(line)) == reason


@pytest.mark.parametrize(
    "line",
    [
        "Die Anzeige gegen den Hafenmeister wurde am Montag zurückgezogen.",
        "Werbung für Tabak wird verboten.",
        "La publicité pour le tabac sera interdite.",
        "Quelle surprise: le pont est rouvert.",
        "AP",
        "Reuters schreibt, die Brücke sei offen.",
        "Kommentare zu dem Vorfall gab es am Montag nicht.",
        "Teilen wollte er das Geld nicht.",
        "Copyright law protects the plans of the bridge.",
        "Der Newsletter der Stadt erreicht 3000 Leser.",
    ],
)
def test_a_sentence_with_such_a_word_stays(line: str) -> None:
    assert line_reason(squeeze(line)) is None or line == "AP"


def test_readers_comments_go_up_to_their_last_button() -> None:
    report = "The crane fell on Tuesday, officials said.\n\nNobody was hurt, the harbour master said."
    comments = (
        "Comments (2)\n\nseagull\n2 hours ago\nMy cousin says it was three cranes.\nReply\nLike\n\nanon\n1 hour ago\n"
        "The harbour master will go.\nReply\nLike"
    )
    cleaned = clean(f"{report}\n\n{comments}")
    assert cleaned.text == report
    assert [block.reason for block in cleaned.removed] == ["comments"]


def test_a_report_that_ends_with_comments_of_officials_stays() -> None:
    text = "The crane fell on Tuesday.\n\nComments\n\nThe mayor said that she would go.\n\nNobody else spoke."
    assert "The mayor said" in clean(text).text
