"""Which lines of a page's text are the article's, by what the page says of it. Pure.

An article is sentences. Around them stand its headline again, who wrote it and when, sources, credits and names of
columns: lines without the end of a sentence, before the first that has one and after the last.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from services.ingest.pages.labels import is_boilerplate, is_contact, is_label, is_time
from services.ingest.pages.two_modes import count_words, ends_sentence, line_key
from services.ingest.text.corrections import find_correction

HEAD_LINES = 4
"""Lines of the beginning among which the headline may stand again."""
MAX_TAIL_ITEMS = 4
"""So many items of a list after the last sentence are dropped. More belong to the article."""
TAIL_WORDS = 25
"""The last line, if it is no sentence, has more: headlines and invitations have fewer."""
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
_PLACEHOLDER = re.compile(r"\s*[$%#{\[<]{2}\s*[\w .:-]{1,60}[$%#}\]>]{2}\s*")
"""What a script would replace with an advertisement: "$$AD$$"."""
_LIST_ITEM = re.compile(r"\s*[-•*–]\s")
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
    kept = _without_noise(kept)
    names = {line_key(name) for name in words.authors}
    kept = [line for line in kept if line_key(_BY.sub("", line.strip())) not in names]
    return "\n".join(_sentences(kept) or lines)


def _without_headline(lines: Sequence[str], titles: Sequence[str]) -> list[str]:
    long_keys = [(key, len(title)) for title in titles if len(key := line_key(title)) >= TITLE_KEY]
    exact = {key for title in titles if (key := line_key(title))}

    def is_headline(line: str) -> bool:
        key = line_key(line)
        if key in exact:
            return True
        return any(title in key and len(line) <= length + KICKER_CHARACTERS for title, length in long_keys)

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
    """The lines from the first to the last that end a sentence, with what is too much to be a label.

    A list at the end is the article's. A sentence that cleaning will take away does not end it, and is left to
    cleaning, which writes a receipt.
    """
    known = [is_boilerplate(line) for line in lines]
    ends = [at for at, line in enumerate(lines) if not known[at] and not is_label(line)]
    if not ends:
        return []
    first, last = ends[0], ends[-1]
    while last > first and _leads_to_nothing(lines[last]):
        last -= 1
    end = last
    while last + 1 < len(lines) and _LIST_ITEM.match(lines[last + 1]):
        last += 1
    if last - end <= MAX_TAIL_ITEMS:
        last = end
    return [line for at, line in enumerate(lines) if first <= at <= last or (known[at] and not is_label(line))]


def _leads_to_nothing(line: str) -> bool:
    """Whether the line would be followed by something, were it not the last, or is a headline of another article."""
    return count_words(line) <= TAIL_WORDS and not ends_sentence(line)


def _without_noise(lines: Sequence[str]) -> list[str]:
    """The lines without those that hold no letter, say when something was published, or how somebody is reached."""
    return [line for at, line in enumerate(lines) if not _is_noise(line, at, len(lines))]


def _is_noise(line: str, at: int, count: int) -> bool:
    if _PLACEHOLDER.fullmatch(line):
        return True
    if not any(map(str.isalpha, line)):
        return _LIST_ITEM.match(line) is None or not any(map(str.isdigit, line))
    if at < HEAD_LINES and is_time(line):
        return True
    return at >= max(1, count - BIO_LINES) and is_contact(line) and not find_correction(None, line)
