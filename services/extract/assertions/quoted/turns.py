"""Words labelled with their speaker: turns of transcripts and interviews, and quotations after a name and a colon."""

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence

from services.extract.assertions.quoted.block import FEWEST_WORDS, Block, without_marks
from services.extract.assertions.quoted.quotation_speakers import is_title
from services.extract.vocabulary.lexicon import Lexicon
from services.language.ranges import Range

MAX_TURN_CHARS = 2000
"""So much of a turn of speech is one quotation."""
FEWEST_TURNS = 3
FEWEST_TURN_WORDS = 5
"""Shorter turns say nothing by themselves; a list with a colon has mostly such."""
DENSE_SHARE = 0.65
"""Share of labelled lines from which a line without a label goes on with the turn before it."""

_NAME = r"(?:[A-Z][\w.'-]*|de|van|von|of|the|al|bin|el|la|and|&)"
_LABEL = re.compile(
    rf"(?P<name>{_NAME}(?: {_NAME}){{0,6}})(?:,? \((?P<note>[^()\n]{{2,60}})\)|, (?P<role>[^:\"\n]{{2,70}}))?: ?(?=\S)"
)
_LINE_LABEL = re.compile(r"(?P<name>Q|A|Question|Answer)[:.] (?=\S)")
_AFTER_SENTENCE = re.compile(r"[\"'.!?•*–—-] (?=[A-Z])")
_QUOTES = re.compile(
    r"\"(?P<double>[^\"\n]+)\"(?:(?= )|$|(?=\n))|'(?P<single>(?:[^'\n]|\b'\b)+)'(?:$|(?=\n)|(?= [A-Z]))", re.MULTILINE
)
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


def find_turns(text: str, lines: Sequence[Range]) -> dict[int, Block]:
    """Turns of a transcript or an interview, labelled with speakers, by number of the line that each starts in."""
    labels: dict[int, re.Match[str]] = {}
    breaks: list[int] = []
    for number, line in enumerate(lines):
        if text.find(":", line.start, min(line.end, line.start + 150)) < 0 and text[line.start] not in "QA":
            continue
        label = _LINE_LABEL.match(text, *line) or _LABEL.match(text, *line)
        if label and label["name"] not in _QUESTION + _ANSWER and is_nobody(label["name"]):
            breaks.append(number)
        if label and (label["name"] in _QUESTION + _ANSWER or not is_nobody(label["name"])):
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


def is_nobody(name: str) -> bool:
    """Whether words before a colon name no speaker: "Breaking", "Editor's note"."""
    words = name.lower().split()
    return any(word.strip(".") in _NOBODY for word in words)


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
        words = without_marks(text, line)
        if words is not None and words.end - label.end() <= MAX_TURN_CHARS:
            said.append(words)
    extent = Range(lines[0].start, lines[-1].end)
    name = label["name"]
    few = sum(len(words.of(text).split()) for words in said) < FEWEST_TURN_WORDS
    if few or text[lines[-1].end - 1] == "?" or name in _QUESTION:
        return Block(extent)
    if name in _ANSWER:
        return Block(extent, tuple(said), answers=True, labelled=True)
    return Block(extent, tuple(said), Range(*label.span("name")), labelled=True)


def find_labelled(text: str, line: Range, lexicon: Lexicon, counts: Callable[[], Mapping[str, int]]) -> Iterator[Block]:
    """Quotations after a name and a colon, one or several in a line. `counts`: gives those of the text's words."""
    if ': "' not in text[line.start : line.end] and ": '" not in text[line.start : line.end]:
        return
    at = line.start
    for start in (line.start, *(mark.end() for mark in _AFTER_SENTENCE.finditer(text, *line))):
        label = _LABEL.match(text, start, line.end) if start >= at else None
        if label is None or not _names_speaker(label, lexicon, counts):
            continue
        end, words = _quotations_at(text, label.end(), line.end)
        if words and not is_title(words[0].of(text).split()):
            yield Block(Range(start, end), words, Range(*label.span("name")), labelled=True)
            at = end


def _quotations_at(text: str, start: int, end: int) -> tuple[int, tuple[Range, ...]]:
    """Where the quotations that follow on one another from `start` end, and their words."""
    words: list[Range] = []
    at = start
    while said := _QUOTES.match(text, at, end):
        inner = without_marks(text, Range(*said.span(said.lastgroup or 0)))
        if inner is not None:
            words.append(inner)
        start, at = said.end(), said.end() + 1
    few = sum(len(each.of(text).split()) for each in words) < FEWEST_WORDS
    return start, () if few else tuple(words)


def _names_speaker(label: re.Match[str], lexicon: Lexicon, counts: Callable[[], Mapping[str, int]]) -> bool:
    name, role = label["name"], label["role"] or ""
    words = [word.strip(".,").lower() for word in f"{name} {role}".split()]
    if is_nobody(name) or any(word in lexicon.cues for word in words) or not name[0].isupper():
        return False
    if {"he", "she", "they", "it", "i", "we", "is", "was", "has", "had", "who", "which"} & set(words):
        return False
    return len(name.split()) > 1 or counts().get(name, 0) > 1 or bool(role)
