"""Stretches of an article that are somebody's words as a whole: embedded posts, transcripts, interviews, press notes.

Each is one quotation with its speaker, or nothing; no other assertion is read in it.
"""

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from services.extract.assertions.quoted import is_title
from services.extract.text.document import Document
from services.extract.text.lexicon import Lexicon
from services.language.ranges import Range, trim

FEWEST_WORDS = 3
"""Fewer say nothing by themselves."""
MAX_POST_CHARS = 700
"""A longer stretch before a signature holds more than the post."""
LAST_DAY_CHARS = 30
"""The day that ends a post is looked for so near its end."""
MAX_TURN_CHARS = 2000
"""So much of a turn of speech is one quotation."""
FEWEST_TURNS = 3
FEWEST_TURN_WORDS = 5
"""Shorter turns say nothing by themselves; a list with a colon has mostly such."""
DENSE_SHARE = 0.65
"""Share of labelled lines from which a line without a label goes on with the turn before it."""
MAX_NOTE_LINES = 6
FEWEST_NOTE_CHARS = 40

_MONTH = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\.?"
_DAY = rf"(?:{_MONTH} \d{{1,2}},? \d{{4}}|\d{{1,2}} {_MONTH} \d{{4}})"
_SIGNATURE = re.compile(
    rf"[—–-]{{1,2}} ?(?P<name>[^\n(—]{{2,60}}?) ?\(@\w{{1,20}}\)(?:(?:,| on| ·)? ?{_DAY}|(?= *$)|(?=\n))"
)
_ACCOUNT = re.compile(r"(?P<name>[A-Z][\w.' -]{1,50}?) \(@\w{1,20}\) (?=[A-Z#@.\"'])")
_LINK = r"(?:https?://\S{1,300}|pic\.\w{2,12}\.com/\w{1,40})"
_LINKED = re.compile(rf"{_LINK}(?: ?{_DAY})? *$")
_LAST_DAY = re.compile(rf" ?{_DAY}$")
_BEFORE_POST = re.compile(r"(?:\s|\d{1,2}/\d{0,2}(?= )|\.{2,}|…)+")
_QUOTED_WHOLE = re.compile(r"\"[^\"]+\"")

_NAME = r"(?:[A-Z][\w.'-]*|de|van|von|of|the|al|bin|el|la|and|&)"
_LABEL = re.compile(
    rf"(?P<name>{_NAME}(?: {_NAME}){{0,6}})(?:,? \((?P<note>[^()\n]{{2,60}})\)|, (?P<role>[^:\"\n]{{2,70}}))?: ?(?=\S)"
)
_LINE_LABEL = re.compile(r"(?P<name>Q|A|Question|Answer)[:.] (?=\S)")
_AFTER_SENTENCE = re.compile(r"[\"'.!?•*–—-] (?=[A-Z])")
_QUOTES = re.compile(
    r"\"(?P<double>[^\"\n]+)\"(?:(?= )|$|(?=\n))|'(?P<single>(?:[^'\n]|\b'\b)+)'(?:$|(?=\n)|(?= [A-Z]))", re.MULTILINE
)
_CAPITALISED = re.compile(r"\b[A-Z][\w'-]*")
_QUESTION, _ANSWER = ("Q", "Question"), ("A", "Answer")
_NOBODY = frozenset((
    "claim", "statement", "verdict", "rating", "ruling", "quote", "update", "today", "later", "then", "headline",
    "title", "question", "answer", "result", "conclusion", "note", "editor's", "correction", "related", "read",
    "watch", "photo", "video", "breaking", "live", "exclusive", "fact", "facts", "check", "reality", "example",
    "first", "second", "third", "warning", "moral", "lesson", "translation", "caption", "subject", "source",
    "advice", "tip", "yes", "no", "remember", "reminder", "also", "plus", "meanwhile", "however", "winner", "loser",
    "date", "time", "place", "where", "when", "who", "what", "why", "how", "more", "image", "opinion", "analysis",
    "contributing", "poll", "score", "clarification", "interactive", "previously", "profile", "habit", "bio",
    "day", "week", "text", "message", "sign", "slogan", "motto", "chant", "summary", "and", "but", "so",
    "updated", "update:", "report", "flashback", "editorial", "gallery", "list", "must", "see", "story",
))  # fmt: skip
"""Words before a colon that name no speaker."""
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


@dataclass(frozen=True, slots=True)
class Block:
    """A stretch of somebody's words. Ranges count characters of the article."""

    extent: Range
    """All of it, with signature or label: nothing else is read there."""
    words: tuple[Range, ...] = ()
    """What was said, in text order; empty where nothing is to be taken from it."""
    speaker: Range | None = None
    """The words that name the speaker, inside the extent."""
    announced: bool = False
    """Whether the speaker is whom the paragraph before announces."""
    answers: bool = False
    """Whether the speaker is who is interviewed."""
    certain: bool = True
    """Whether it is somebody's words even if nobody is known to have said them; else it is then read as any text."""
    cue: Range | None = None


def find_blocks(document: Document, lexicon: Lexicon) -> list[Block]:
    """The blocks of a text, in text order. They do not overlap."""
    text, lines = document.text, document.paragraphs
    turns = _turns(text, lines)
    counts = Counter(_CAPITALISED.findall(text))
    dialogue = sum(text[line.start] in "—–" for line in lines) > 1
    blocks: list[Block] = []
    for number, line in enumerate(lines):
        if blocks and blocks[-1].extent.end > line.start:
            continue
        posts = list(_posts(text, line))
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
            blocks += _labelled(text, line, lexicon, counts)
    return blocks


def _posts(text: str, line: Range) -> Iterator[Block]:
    """Posts with a signature after them, or with the account before; a post by nobody is whoever was announced."""
    start = line.start
    if text.find("(@", line.start, line.end) >= 0:
        account = _ACCOUNT.match(text, *line)
        if account and _LINKED.search(text, *line):
            words = _post_words(text, Range(account.end(), line.end))
            yield Block(line, words or (), Range(*account.span("name")))
            return
        for signature in _SIGNATURE.finditer(text, *line):
            words = _post_words(text, Range(start, signature.start()))
            name = trim(text, *signature.span("name"))
            if words is not None and name is not None:
                yield Block(Range(start, signature.end()), words, _without_signs(text, name))
            start = signature.end()
    if start == line.start and text.find("pic.", line.start, line.end) >= 0 and _LINKED.search(text, *line):
        words = _post_words(text, line)
        yield Block(line, words or (), announced=True)


def _post_words(text: str, area: Range) -> tuple[Range, ...] | None:
    """The words of a post without links and marks of a thread; None for more than a post."""
    before = _BEFORE_POST.match(text, *area)
    words = _without_links(text, Range(before.end() if before else area.start, area.end))
    if words is None:
        return ()
    if words.end - words.start > MAX_POST_CHARS:
        return None
    inner = words.of(text)
    if _QUOTED_WHOLE.fullmatch(text, *words):
        words = trim(text, words.start + 1, words.end - 1, right=".,;:") or words
    retold = inner.startswith(("RT ", "MT "))
    return () if retold or len(inner.split(None, FEWEST_WORDS)) < FEWEST_WORDS else (words,)


def _without_links(text: str, area: Range) -> Range | None:
    """An area without the links, the day and the dots at its end."""
    start, end = area
    day = _LAST_DAY.search(text, max(start, end - LAST_DAY_CHARS), end)
    words = trim(text, start, day.start() if day else end, right=".,;:…")
    while words is not None:
        last = max(text.rfind(" ", *words) + 1, words.start)
        if not text.startswith(("http://", "https://", "pic."), last):
            break
        words = trim(text, words.start, last, right=".,;:…")
    return words


def _without_signs(text: str, name: Range) -> Range:
    """A name without pictures and marks at its ends."""
    start, end = name
    while start < end and not text[start].isalnum():
        start += 1
    while start < end and not (text[end - 1].isalnum() or text[end - 1] == "."):
        end -= 1
    return Range(start, end) if start < end else name


def _is_nobody(name: str) -> bool:
    words = name.lower().split()
    return any(word.strip(".") in _NOBODY for word in words)


def _turns(text: str, lines: Sequence[Range]) -> dict[int, Block]:
    """Turns of a transcript or an interview, labelled with speakers, by number of the line that each starts in."""
    labels: dict[int, re.Match[str]] = {}
    breaks: list[int] = []
    for number, line in enumerate(lines):
        if text.find(":", line.start, min(line.end, line.start + 150)) < 0 and text[line.start] not in "QA":
            continue
        label = _LINE_LABEL.match(text, *line) or _LABEL.match(text, *line)
        if label and label["name"] not in _QUESTION + _ANSWER and _is_nobody(label["name"]):
            breaks.append(number)
        if label and (label["name"] in _QUESTION + _ANSWER or not _is_nobody(label["name"])):
            labels[number] = label
    counts = Counter(label["name"].lower() for label in labels.values())
    repeated = {name for name, count in counts.items() if count > 1}
    capitals = {
        label["name"].lower() for label in labels.values() if label["name"].isupper() and len(label["name"]) > 1
    }
    kept = {
        number: label
        for number, label in labels.items()
        if label["name"].lower() in repeated or (len(capitals) > 1 and label["name"].lower() in capitals)
    }
    few = len(kept) < FEWEST_TURNS or len({label["name"] for label in kept.values()}) <= 1
    if few or _is_list(text, lines, kept):
        kept = {number: label for number, label in labels.items() if label["name"] in _QUESTION + _ANSWER}
        if not any(label["name"] in _ANSWER for label in kept.values()):
            return {}
    numbers = sorted(kept)
    dense = len(numbers) >= DENSE_SHARE * (numbers[-1] - numbers[0] + 1)
    stops = sorted((*numbers, *breaks))
    ends = [stops[bisect_right(stops, number)] if dense else number + 1 for number in numbers[:-1]]
    ends.append(numbers[-1] + 1)
    return {number: _turn(text, lines[number:end], kept[number]) for number, end in zip(numbers, ends, strict=True)}


def _is_list(text: str, lines: Sequence[Range], labels: Mapping[int, re.Match[str]]) -> bool:
    """Whether what follows the labels is mostly too short for speech: results, votes, ingredients."""
    short = [
        number
        for number, label in labels.items()
        if len(text[label.end() : lines[number].end].split(None, FEWEST_TURN_WORDS)) < FEWEST_TURN_WORDS
    ]
    return 2 * len(short) > len(labels)


def _turn(text: str, lines: Sequence[Range], label: re.Match[str]) -> Block:
    said: list[Range] = []
    for line in (Range(label.end(), lines[0].end), *lines[1:]):
        words = _unmarked(text, line)
        if words is not None and words.end - label.end() <= MAX_TURN_CHARS:
            said.append(words)
    extent = Range(lines[0].start, lines[-1].end)
    name = label["name"]
    few = sum(len(words.of(text).split()) for words in said) < FEWEST_TURN_WORDS
    if few or text[lines[-1].end - 1] == "?" or name in _QUESTION:
        return Block(extent)
    if name in _ANSWER:
        return Block(extent, tuple(said), answers=True)
    return Block(extent, tuple(said), Range(*label.span("name")))


def _unmarked(text: str, area: Range) -> Range | None:
    """The words of a line without the marks around them and the last stop."""
    return trim(text, *area, left='"—–-', right='".,;:—–-')


def _labelled(text: str, line: Range, lexicon: Lexicon, counts: Mapping[str, int]) -> Iterator[Block]:
    """Quotations after a name and a colon, one or several in a line. `counts`: of the words of the text."""
    if ': "' not in text[line.start : line.end] and ": '" not in text[line.start : line.end]:
        return
    at = line.start
    for start in (line.start, *(mark.end() for mark in _AFTER_SENTENCE.finditer(text, *line))):
        label = _LABEL.match(text, start, line.end) if start >= at else None
        if label is None or not _names_speaker(label, lexicon, counts):
            continue
        end, words = _quotations_at(text, label.end(), line.end)
        if words and not is_title(words[0].of(text).split()):
            yield Block(Range(start, end), words, Range(*label.span("name")))
            at = end


def _quotations_at(text: str, start: int, end: int) -> tuple[int, tuple[Range, ...]]:
    """Where the quotations that follow on one another from `start` end, and their words."""
    words: list[Range] = []
    at = start
    while said := _QUOTES.match(text, at, end):
        inner = _unmarked(text, Range(*said.span(said.lastgroup or 0)))
        if inner is not None:
            words.append(inner)
        start, at = said.end(), said.end() + 1
    few = sum(len(each.of(text).split()) for each in words) < FEWEST_WORDS
    return start, () if few else tuple(words)


def _names_speaker(label: re.Match[str], lexicon: Lexicon, counts: Mapping[str, int]) -> bool:
    name, role = label["name"], label["role"] or ""
    words = [word.strip(".,").lower() for word in f"{name} {role}".split()]
    if _is_nobody(name) or any(word in lexicon.cues for word in words) or not name[0].isupper():
        return False
    if {"he", "she", "they", "it", "i", "we", "is", "was", "has", "had", "who", "which"} & set(words):
        return False
    return len(name.split()) > 1 or counts.get(name, 0) > 1 or bool(role)


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
    words = tuple(each for line in said if (each := _unmarked(text, line)))
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
    return Block(line, (words,), Range(*sayer.span(speaker)), cue=Range(*sayer.span(cue)))
