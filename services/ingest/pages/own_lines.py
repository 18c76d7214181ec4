"""Which lines of a page's text are the article's, by what the page says of it. Pure.

An article is sentences. Around them stand its headline again, who wrote it and when, sources, credits and names of
columns: lines without the end of a sentence, before the first that has one and after the last.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from services.ingest.pages.two_modes import count_words, ends_sentence, line_key
from services.ingest.text.corrections import find_correction

HEAD_LINES = 4
"""Lines of the beginning among which the headline may stand again."""
LABEL_WORDS = 12
"""A line before or after the article's sentences that is no sentence has at most so many."""
MAX_TAIL_LINES = 4
"""So many lines after the last sentence are dropped. More are a list that belongs to the article."""
KICKER_CHARACTERS = 80
"""What stands with the headline in its line, such as its kicker."""
TITLE_KEY = 15
"""Letters and digits of a title that can be told from a word of the text."""
BIO_LINES = 3
"""Lines of the end among which the author may be introduced."""
BODY_SHARE = 0.6
"""Of the text: a body in JSON-LD that has so much of it is whole."""
_BIO = re.compile(
    r"^[\s,(*\d):\u2013-]{0,20}(?:\([^()]{0,60}\)\s*)?,?\s*(?:ist|war|arbeitet|schreibt|berichtet|leitet|lebt|lehrt|is|was|works|writes"
    r"|covers|reports|joined|has|serves|est|couvre|travaille|es|trabaja|\u00e8|er|is een|werkt|schrijft|to)\b"
)
_BY = re.compile(r"^(?:by|von|par|por|di|da|av|af|door|text|fra)[\s:]+", re.IGNORECASE)


@dataclass(frozen=True)
class ArticleWords:
    """What a page says of its article."""

    titles: Sequence[str] = ()
    """Its headline, in every form that the page has."""
    authors: Sequence[str] = ()
    body: str | None = None
    """Its text in JSON-LD."""


def own_lines(text: str, words: ArticleWords) -> str:
    """The lines that are the article's. All of them where none would be left."""
    lines = [line for line in text.splitlines() if line.strip()]
    kept = _without_bios(_within_body(_without_headline(lines, words.titles), words.body), words.authors)
    names = {line_key(name) for name in words.authors}
    kept = [line for line in kept if line_key(_BY.sub("", line.strip())) not in names]
    return "\n".join(_sentences(kept) or lines)


def _without_headline(lines: Sequence[str], titles: Sequence[str]) -> list[str]:
    keys = [(key, len(title)) for title in titles if len(key := line_key(title)) >= TITLE_KEY]

    exact = {key for title in titles if (key := line_key(title))}

    def is_headline(line: str) -> bool:
        key = line_key(line)
        return key in exact or any(one in key and len(line) <= length + KICKER_CHARACTERS for one, length in keys)

    return [line for at, line in enumerate(lines) if at >= HEAD_LINES or not is_headline(line)]


def _within_body(lines: list[str], body: str | None) -> list[str]:
    """The lines up to the last that stands in the body of JSON-LD, where that has the whole article."""
    key = line_key(body or "")
    if len(key) < BODY_SHARE * len(line_key("".join(lines))):
        return lines
    inside = [at for at, line in enumerate(lines) if line_key(line) in key or find_correction(None, line)]
    return lines[: inside[-1] + 1] if inside else lines


def _without_bios(lines: Sequence[str], authors: Sequence[str]) -> list[str]:
    def is_bio(line: str) -> bool:
        words = line.strip()
        return any(words.startswith(name) and _BIO.match(words[len(name) :]) for name in authors if " " in name)

    return [line for at, line in enumerate(lines) if at < max(1, len(lines) - BIO_LINES) or not is_bio(line)]


def _sentences(lines: Sequence[str]) -> list[str]:
    """The lines from the first to the last that end a sentence, with what is too much to be a label."""
    ends = [at for at, line in enumerate(lines) if not _is_label(line)]
    if not ends:
        return []
    first, last = ends[0], ends[-1]
    return list(lines[first:] if len(lines) - last - 1 > MAX_TAIL_LINES else lines[first : last + 1])


def _is_label(line: str) -> bool:
    return count_words(line) <= LABEL_WORDS and not ends_sentence(line) and not line.rstrip().endswith(":")
