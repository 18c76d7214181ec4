"""Stretches of an article that are somebody's words as a whole: embedded posts, transcripts, interviews, press notes.

Each is one quotation with its speaker, or nothing; no other assertion is read in it.
"""

import re
from collections import Counter
from collections.abc import Sequence
from functools import cache

from services.extract.assertions.quoted.block import Block, without_marks
from services.extract.assertions.quoted.posts import find_posts
from services.extract.assertions.quoted.turns import find_labelled, find_turns
from services.extract.text.document import Document
from services.extract.vocabulary.lexicon import Lexicon
from services.language.ranges import Range, trim

MAX_NOTE_LINES = 6
FEWEST_NOTE_CHARS = 40

_CAPITALISED = re.compile(r"\b[A-Z][\w'-]*")
_CHECKED = re.compile(
    r"(?:the |our )?(?:claim|statement|verdict|rating|ruling|assessment|what was claimed|what (?:he|she|they) said)"
    r"(?: \d{1,2})? ?: ?(?=\S)",
    re.IGNORECASE,
)
_FIRST_PERSON = re.compile(r"\b(?:I|[Ww]e|[Oo]ur|[Mm]y|us|me)\b")
_SOMEBODY_ELSE = re.compile(r"\"|\b(?:said|says|told|added|tweeted|wrote|according)\b")
_NOTE_ANNOUNCED = re.compile(
    r"\b(?:statement|letter|posts?|message|e-?mail|memo|tweets?|tweeted|wrote|posted|said|response|reply|remarks|note|"
    r"following|replied|responded)\b[^.\"]{0,60}:$"
)
_SPOKEN = re.compile(r"[—–] ?(?P<words>[^\"\n]{2,400}?)[,?!] (?P<rest>[^\n]{4,120})")
_SAYER = re.compile(
    r"(?P<one>[a-z]+) (?P<after>(?:(?:the|an?) )?[\w'-]+(?: [A-Z][\w'-]+){0,3})(?=[.,]|$)|"
    r"(?P<before>(?:(?:the|an?) )?[\w'-]+(?: [A-Z][\w'-]+){0,3}) (?P<two>[a-z]+)(?=[.,]|$)"
)


def find_blocks(document: Document, lexicon: Lexicon) -> list[Block]:
    """The blocks of a text, in text order. They do not overlap."""
    text, lines = document.text, document.paragraphs
    turns = find_turns(text, lines)
    counts = cache(lambda: Counter(_CAPITALISED.findall(text)))
    dialogue = sum(text[line.start] in "—–" for line in lines) > 1
    blocks: list[Block] = []
    for number, line in enumerate(lines):
        if blocks and blocks[-1].extent.end > line.start:
            continue
        posts = list(find_posts(text, line))
        if posts:
            blocks += posts
        elif number in turns:
            blocks.append(turns[number])
        elif _CHECKED.match(text, *line):
            blocks.append(Block(line))
        elif dialogue and (spoken := _spoken(text, line, lexicon)):
            blocks.append(spoken)
        elif number and (note := _note(text, lines, number)):
            blocks.append(note)
        else:
            blocks += find_labelled(text, line, lexicon, counts)
    return blocks


def _note(text: str, lines: Sequence[Range], number: int) -> Block | None:
    """Paragraphs in the first person, without marks, after one that announces a statement."""
    before = lines[number - 1]
    if text[before.end - 1] != ":" or not _NOTE_ANNOUNCED.search(text, max(before.start, before.end - 200), before.end):
        return None
    said: list[Range] = []
    for line in lines[number : number + MAX_NOTE_LINES]:
        own = line.end - line.start >= FEWEST_NOTE_CHARS and _FIRST_PERSON.search(text, *line) is not None
        if not own or _SOMEBODY_ELSE.search(text, *line) or text[line.end - 1] == ":":
            break
        said.append(line)
    words = tuple(each for line in said if (each := without_marks(text, line)))
    return Block(Range(said[0].start, said[-1].end), words, announced=True, certain=False) if words else None


def _spoken(text: str, line: Range, lexicon: Lexicon) -> Block | None:
    """A line of dialogue after a dash, such as `— Then stay, said the clerk`."""
    spoken = _SPOKEN.match(text, *line)
    sayer = _SAYER.match(text, spoken.start("rest"), line.end) if spoken else None
    if spoken is None or sayer is None:
        return None
    cue, speaker = ("one", "after") if sayer["one"] else ("two", "before")
    entry = lexicon.cues.get(sayer[cue].lower())
    words = trim(text, *spoken.span("words"), right=".,;:")
    if entry is None or not entry.takes_quotation or words is None:
        return None
    return Block(line, (words,), Range(*sayer.span(speaker)), cue=Range(*sayer.span(cue)), labelled=True)
