"""Embedded posts, known by the account that signs them or stands before them."""

import re
from collections.abc import Iterator

from services.extract.assertions.quoted.block import FEWEST_WORDS, Block
from services.extract.assertions.quoted.turns import is_nobody
from services.language.ranges import Range, trim

MAX_POST_CHARS = 700
"""A longer stretch before a signature holds more than the post."""
LAST_DAY_CHARS = 30
"""The day that ends a post is looked for so near its end."""

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
_QUOTED_AND_LINKED = re.compile(rf"\s*\"[^\"]+\"\.? ?{_LINK} ?")
"""A post that shows somebody's words: `"It was late." pic.example.com/1 — Ada Reyl (@reyl)`."""
_OTHERS_WORDS = re.compile(
    r"(?P<name>[A-Z][\w.'-]+(?: [A-Z][\w.'-]+){1,2})(?: [\w'-]+){0,8}: \"(?P<said>[^\"]+)\"[.\s]*"
)
"""A post that only passes on somebody else's words: `Ada Reyl on the bridge: "It is closed."`."""
_SUBORDINATE = re.compile(
    r"(?:[Pp]erhaps |[Mm]aybe |[Jj]ust |[Pp]robably )?(?:[Bb]ecause|[Ss]ince|[Aa]lthough|[Ww]hich) [^,]+"
)
"""Half a sentence, whose other half stands elsewhere."""
_SENTENCE_END = re.compile(r"[.?!] +(?=[\"'A-Z])")
_DOTS = ("..", "…")
"""What stands where a thread cuts a sentence in two."""


def find_posts(text: str, line: Range) -> Iterator[Block]:
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
                others = _OTHERS_WORDS.fullmatch(text, *words[0]) if words else None
                if others is not None and not is_nobody(others["name"]):
                    words, name = (Range(*others.span("said")),), Range(*others.span("name"))
                elif _QUOTED_AND_LINKED.fullmatch(text, start, signature.start()):
                    # Whose words a picture shows, the account does not tell; perhaps who was announced.
                    yield Block(Range(start, signature.end()), words, announced=True)
                    start = signature.end()
                    continue
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
    words = _whole_sentences(text, words, goes_on=before is not None and before.group().rstrip().endswith(_DOTS))
    if words is None or _SUBORDINATE.fullmatch(text, *words):
        return ()
    if _QUOTED_WHOLE.fullmatch(text, *words):
        words = trim(text, words.start + 1, words.end - 1, right=".,;:") or words
    inner = words.of(text)
    retold = inner.startswith(("RT ", "MT "))
    return () if retold or len(inner.split(None, FEWEST_WORDS)) < FEWEST_WORDS else (words,)


def _whole_sentences(text: str, words: Range, *, goes_on: bool) -> Range | None:
    """The words of a post without the sentences that it shares with the post before, if it `goes_on`, and the next."""
    ends = list(_SENTENCE_END.finditer(text, *words))
    start, end = words
    if goes_on and text[start].islower():
        if not ends:
            return None
        start = ends.pop(0).end()
    if ends and text.startswith(_DOTS, words.end):
        end = ends[-1].start() + 1
    return trim(text, start, end, right=".,;:…")


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
