"""Ranges of a text that are not the article's own: what ingest could not tell from it, line by line.

Ingest drops lines that are furniture as a whole. Here is what hides inside a paragraph: a sentence that asks to sign
up, a link in brackets, headlines of other articles glued to a name, and lines that only what stands around them tells.
"""

import re
from collections.abc import Iterator, Sequence

from services.extract.text import boilerplate_rules as rules
from services.extract.text.document import Document
from services.language.ranges import Range, trim

MAX_CHUNK_CHARS = 400
"""Longer sentences are the article's own."""
MAX_AUTHOR_CHARS = 700
"""Of a line that says who wrote the article."""
MAX_HEADLINE_CHARS = 160
"""Of a heading."""
FEWEST_HEADLINE_WORDS = 4
AUTHOR_LINES = 3
"""So many lines at the end may say who wrote the article."""
FEWEST_FINISHED = 0.6
"""Share of an article's longer lines that end in a mark, for one that does not to be a headline among them."""
_LONG_LINE_CHARS = 100

_SENTENCE_END = re.compile(r"[.?!]['\")\]]* +(?=[A-Z\"'(\[©—–-])")
_FINISHED = 0.6
"""Share of an article's longer lines that end in a mark, for one that does not to be a headline among them."""
_LONG_LINE_CHARS = 100

_AGENCY = (
    r"(?:Getty(?: Images)?|AP(?: Photo| Images)?|AFP|Reuters|REUTERS|EPA|Shutterstock|POLITICO|NurPhoto|Bloomberg)"
)
_NETWORK = r"(?:Twitter|Facebook|Instagram|Snapchat|LinkedIn|YouTube|Telegram|Threads|Bluesky|X\b|@\w)"
_LETTER_WORDS = (
    r"(?:newsletters?|inbox|e-?mails?|mailing list|alerts?|briefing|podcast|here|free|today|updates|membership)"
)
_PAGE = r"(?:story|article|report|post|piece|column|page)"
_JOB = (
    r"(?:reporter|correspondent|columnist|contributor|editor|writer|journalist|fellow|author|professor|lecturer|host|"
    r"commentator|analyst|producer|blogger|historian|essayist|critic)"
)
_NAME = r"[A-Z][\w.'-]+(?: (?:[A-Z][\w.'-]*|de|van|von|al|bin|el|la)){1,4}"

# Words without which no sentence of the kinds below exists, so that most paragraphs are looked at once.
_HINT = re.compile(
    r"sign(?:ing)? up|subscri|newsletter|inbox|follow|contribut|reached|e-?mail|copyright|©|updat|break|developing|"
    r"original|views? |opinions|read|click|watch|unsubscribe|check back|support",
    re.IGNORECASE,
)
_SENTENCE_END = re.compile(r"[.?!]['\")\]]* +(?=[A-Z\"'(\[©—–-])")
_CHUNK = re.compile(
    "|".join(
        (
            rf"(?:(?:\w+ ){{0,5}}newsletter )?(?:please )?(?:sign up|subscribe|register)\b(?! that).{{0,200}}\b{_LETTER_WORDS}\b.{{0,120}}",
            r"(?:want|like|love|enjoy|need)\b.{0,160}\b(?:newsletter|inbox)\b.{0,60}\?",
            r"get\b.{0,200}\b(?:newsletters?|(?:your|every) inbox|breaking news alerts)\b.{0,160}",
            r"by signing up,? you agree\b.*|you can unsubscribe\b.*|this site is protected by recaptcha\b.*",
            rf"(?:you can |please )?(?:also )?follow (?:him|her|me|them|us|the author|@?\w+(?: [A-Z][\w.'-]+){{0,3}})(?: @\w| (?:on|at)\b.{{0,20}}{_NETWORK}).{{0,160}}",
            r"(?:you can |please )?(?:e-?mail|write to|contact|reach) (?:him|her|me|them|us|the (?:author|writer|reporter))\b.{0,40}[ :]\S+@\S+.{0,60}",
            r"[^.!?]{2,80}\b(?:can|may) be (?:reached|contacted|followed|e-?mailed) (?:at|via|on|by)\b.{0,160}",
            rf".{{2,200}}\bcontributed (?:reporting )?to this {_PAGE}\b.{{0,60}}|.{{2,160}} contributed reporting\b.{{0,60}}",
            rf"(?:this|the) {_PAGE} (?:has been|was|is being|will be|is) (?:also )?(?:last )?updated\b.{{0,160}}",
            rf"(?:this|it) is (?:a|an) (?:breaking|developing)(?: news)? {_PAGE}\b.{{0,120}}|(?:please )?check back (?:for|here|later|soon)\b.{{0,80}}",
            rf"this {_PAGE} (?:was )?(?:originally|first) (?:published|appeared|ran)\b.{{0,160}}|read the (?:full |original ){_PAGE}\b.{{0,60}}",
            r"(?:the )?(?:views|opinions)(?: and opinions)? (?:expressed|of (?:the |our )?(?:contributors|authors?|writers?))\b.{0,100}\b(?:are|do)\b.{0,200}",
            r"click here\b.{0,160}|(?:to )?(?:read|see|watch|view) (?:more|the full (?:interview|video|story|report|letter|text))\b.{0,100}\b(?:click|visit|go to)\b.{0,100}",
            rf"(?:copyright )?(?:©|\(c\)) (?:copyright )?\d{{4}}\b.{{0,160}}|copyright \d{{4}}\b.{{0,160}}",
        )
    ),
    re.IGNORECASE,
)
_BRACKETED = re.compile(
    r"[(\[] ?(?:RELATED|READ MORE|READ|ALSO|WATCH|VIDEO|MORE|SEE ALSO|Related|Read more|Also read|Watch|See also|"
    r"Click here)(?: ?:| about| to| for)? [^()\[\]\n]{5,250}[)\]]"
)
_LINE = re.compile(
    "|".join(
        (
            r"(?:(?:image|media) (?:copyright|caption|source)|media playback is (?:un|not )supported)\b.*",
            r"(?:hide caption|enlarge this image|just watched|must watch)\b.*",
            r"(?:see|view|more|in) (?:the |more |all )?(?:photos?|pictures|images|video|gallery)(?: gallery)?\b ?:?(?! (?:show|of the|from the|that)).{0,200}",
            r"read (?:more|also|next)\b ?(?::|about|\(|here).{0,250}|read ?\(from [^()]{3,30}\) ?:.{0,250}",
            r"(?:see also|also see|also read|further reading|related)\b ?[:|(]?.{0,250}",
            r"(?:more|recommended|trending|popular) (?:from|on|in|stories|coverage)\b[^.]{0,120}",
            rf"(?:file|in this) (?:photo|picture|image)\b.{{0,400}}",
            r"by signing up,? you agree\b.*|.{0,300}\bby signing up,? you agree to receive\b.*",
        )
    ),
    re.IGNORECASE,
)
_CREDITED = re.compile(
    rf".{{10,600}}(?:[.\"'] ?\| ?[^|.]{{0,60}}\b(?:{_AGENCY}|[Pp]hoto)\b.*|"
    rf"(?:[.\"'] |/){_AGENCY}(?: via {_AGENCY})?\.?|\((?:[Pp]hoto|[Ii]mage)[^()]{{0,80}}\)\.?)"
)
"""A caption with the credit after it; some sites run a heading on from there."""
_BY_NAME = re.compile(rf"[—–-]{{0,2}} ?{_NAME}(?:, [^.]{{2,60}},)? (?:is|writes|covers) ")
_JOBS = re.compile(rf"is [^.!?]{{2,90}}\b{_JOB}s?\b|(?:writes|covers) (?:for|about|on)\b")
_FOLLOW = re.compile(
    rf"\b(?:[Ff]ollow|[Ee]-?mail|[Rr]each|[Ww]rite to) (?:him|her|them|me)\b|\bHer latest book|\bHis latest book"
)
_HEADLINES = (
    re.compile(
        r"\b(?P<first>[A-Z][\w.'-]{1,40}) (?P<last>[A-Z][\w'-]{1,40}) ?"
        r"(?P<cut>(?P=first) (?:[A-Z(\"][\w.')\"-]{0,40} ){0,3}(?P=last) ?(?=[A-Z0-9'\"])[^\n]{15,700}? MORE\b)"
    ),
    re.compile(
        r"\b(?P<last>[A-Z][a-z'-]{2,40})"
        r"(?P<cut>[A-Z][\w.'-]{1,40} (?:[A-Z(\"][\w.')\"-]{0,40} ){0,3}(?P=last) ?(?=[A-Z0-9'\"])[^\n]{15,700}? MORE\b)"
    ),
    re.compile(
        r"\b[A-Z][\w.'-]{1,40} (?:[A-Z][\w.()\"'-]{0,40} ){0,3}[A-Z][\w'-]{0,40}[a-z]{2}"
        r"(?P<cut>(?=[A-Z])[^\n]{15,700}? MORE\b)"
    ),
)
"""Headlines of other articles on a linked name: "Ada Reyl Ada Maria Reyl Council votes … MORE", or glued to it."""
_FINISHED = 0.6
"""Share of an article's longer lines that end in a mark, for one that does not to be a headline among them."""
_LONG_LINE_CHARS = 100

_AGENCY = (
    r"(?:Getty(?: Images)?|AP(?: Photo| Images)?|AFP|Reuters|REUTERS|EPA|Shutterstock|POLITICO|NurPhoto|Bloomberg)"
)
_NETWORK = r"(?:Twitter|Facebook|Instagram|Snapchat|LinkedIn|YouTube|Telegram|Threads|Bluesky|X\b|@\w)"
_LETTER_WORDS = (
    r"(?:newsletters?|inbox|e-?mails?|mailing list|alerts?|briefing|podcast|here|free|today|updates|membership)"
)
_PAGE = r"(?:story|article|report|post|piece|column|page)"
_JOB = (
    r"(?:reporter|correspondent|columnist|contributor|editor|writer|journalist|fellow|author|professor|lecturer|host|"
    r"commentator|analyst|producer|blogger|historian|essayist|critic)"
)
_NAME = r"[A-Z][\w.'-]+(?: (?:[A-Z][\w.'-]*|de|van|von|al|bin|el|la)){1,4}"

# Words without which no sentence of the kinds below exists, so that most paragraphs are looked at once.
_HINT = re.compile(
    r"sign(?:ing)? up|subscri|newsletter|inbox|follow|contribut|reached|e-?mail|copyright|©|updat|break|developing|"
    r"original|views? |opinions|read|click|watch|unsubscribe|check back|support",
    re.IGNORECASE,
)
_SENTENCE_END = re.compile(r"[.?!]['\")\]]* +(?=[A-Z\"'(\[©—–-])")
_CHUNK = re.compile(
    "|".join(
        (
            rf"(?:(?:\w+ ){{0,5}}newsletter )?(?:please )?(?:sign up|subscribe|register)\b(?! that).{{0,200}}\b{_LETTER_WORDS}\b.{{0,120}}",
            r"(?:want|like|love|enjoy|need)\b.{0,160}\b(?:newsletter|inbox)\b.{0,60}\?",
            r"get\b.{0,200}\b(?:newsletters?|(?:your|every) inbox|breaking news alerts)\b.{0,160}",
            r"by signing up,? you agree\b.*|you can unsubscribe\b.*|this site is protected by recaptcha\b.*",
            rf"(?:you can |please )?(?:also )?follow (?:him|her|me|them|us|the author|@?\w+(?: [A-Z][\w.'-]+){{0,3}})(?: @\w| (?:on|at)\b.{{0,20}}{_NETWORK}).{{0,160}}",
            r"(?:you can |please )?(?:e-?mail|write to|contact|reach) (?:him|her|me|them|us|the (?:author|writer|reporter))\b.{0,40}[ :]\S+@\S+.{0,60}",
            r"[^.!?]{2,80}\b(?:can|may) be (?:reached|contacted|followed|e-?mailed) (?:at|via|on|by)\b.{0,160}",
            rf".{{2,200}}\bcontributed (?:reporting )?to this {_PAGE}\b.{{0,60}}|.{{2,160}} contributed reporting\b.{{0,60}}",
            rf"(?:this|the) {_PAGE} (?:has been|was|is being|will be|is) (?:also )?(?:last )?updated\b.{{0,160}}",
            rf"(?:this|it) is (?:a|an) (?:breaking|developing)(?: news)? {_PAGE}\b.{{0,120}}|(?:please )?check back (?:for|here|later|soon)\b.{{0,80}}",
            rf"this {_PAGE} (?:was )?(?:originally|first) (?:published|appeared|ran)\b.{{0,160}}|read the (?:full |original ){_PAGE}\b.{{0,60}}",
            r"(?:the )?(?:views|opinions)(?: and opinions)? (?:expressed|of (?:the |our )?(?:contributors|authors?|writers?))\b.{0,100}\b(?:are|do)\b.{0,200}",
            r"click here\b.{0,160}|(?:to )?(?:read|see|watch|view) (?:more|the full (?:interview|video|story|report|letter|text))\b.{0,100}\b(?:click|visit|go to)\b.{0,100}",
            rf"(?:copyright )?(?:©|\(c\)) (?:copyright )?\d{{4}}\b.{{0,160}}|copyright \d{{4}}\b.{{0,160}}",
        )
    ),
    re.IGNORECASE,
)
_BRACKETED = re.compile(
    r"[(\[] ?(?:RELATED|READ MORE|READ|ALSO|WATCH|VIDEO|MORE|SEE ALSO|Related|Read more|Also read|Watch|See also|"
    r"Click here)(?: ?:| about| to| for)? [^()\[\]\n]{5,250}[)\]]"
)
_LINE = re.compile(
    "|".join(
        (
            r"(?:(?:image|media) (?:copyright|caption|source)|media playback is (?:un|not )supported)\b.*",
            r"(?:hide caption|enlarge this image|just watched|must watch)\b.*",
            r"(?:see|view|more|in) (?:the |more |all )?(?:photos?|pictures|images|video|gallery)(?: gallery)?\b ?:?(?! (?:show|of the|from the|that)).{0,200}",
            r"read (?:more|also|next)\b ?(?::|about|\(|here).{0,250}|read ?\(from [^()]{3,30}\) ?:.{0,250}",
            r"(?:see also|also see|also read|further reading|related)\b ?[:|(]?.{0,250}",
            r"(?:more|recommended|trending|popular) (?:from|on|in|stories|coverage)\b[^.]{0,120}",
            rf"(?:file|in this) (?:photo|picture|image)\b.{{0,400}}",
            r"by signing up,? you agree\b.*|.{0,300}\bby signing up,? you agree to receive\b.*",
        )
    ),
    re.IGNORECASE,
)
_CREDITED = re.compile(
    rf".{{10,600}}(?:[.\"'] ?\| ?[^|.]{{0,60}}\b(?:{_AGENCY}|[Pp]hoto)\b.*|"
    rf"(?:[.\"'] |/){_AGENCY}(?: via {_AGENCY})?\.?|\((?:[Pp]hoto|[Ii]mage)[^()]{{0,80}}\)\.?)"
)
"""A caption with the credit after it; some sites run a heading on from there."""
_BY_NAME = re.compile(rf"[—–-]{{0,2}} ?{_NAME}(?:, [^.]{{2,60}},)? (?:is|writes|covers) ")
_JOBS = re.compile(rf"is [^.!?]{{2,90}}\b{_JOB}s?\b|(?:writes|covers) (?:for|about|on)\b")
_FOLLOW = re.compile(
    rf"\b(?:[Ff]ollow|[Ee]-?mail|[Rr]each|[Ww]rite to) (?:him|her|them|me)\b|\bHer latest book|\bHis latest book"
)
_OUTLET_HEADLINES = re.compile(
    r"\b([A-Z][\w'-]{1,40}) ?((?:[A-Z(\"][\w.')\"-]{0,40} ){1,4}\1 ?(?=[A-Z0-9'\"])[^\n]{15,700}? MORE\b)"
)
"""A linked name, the full name, headlines about it: "Ada Reyl Ada Maria Reyl Council votes on bridge … MORE"."""
_GLUED_HEADLINES = re.compile(
    r"\b[A-Z][\w.'-]+ (?:[A-Z][\w.()\"'-]* ){0,3}[A-Z][\w'-]*[a-z]{2}(?=[A-Z])([^\n]{15,700}? MORE\b)"
)
"""A full name with headlines glued to it: "Ada Maria ReylCouncil votes on bridge … MORE"."""
_FINISHED = frozenset(".?!:;\"'…),-—–|")
_BULLET = re.compile(r"[-•*·▪◦⦁–—►]|\d{1,2}[.)]")


def find_boilerplate(document: Document) -> list[Range]:
    """Ranges in text order that no sentence and no quotation is read from. They do not overlap."""
    lines = document.paragraphs
    headlines = _headlines(document)
    found: list[Range] = []
    for number, line in enumerate(lines):
        words = line.of(document.text)
        if number in headlines or _is_furniture(words) or _is_author(words, number, len(lines)):
            found.append(line)
        else:
            found.extend(_inside(document.text, line))
    return _merged(found)


def _is_furniture(line: str) -> bool:
    """Whether a whole line is a caption, a link or a form."""
    return rules.LINE.fullmatch(line) is not None or rules.CAPTION.fullmatch(line) is not None


def _is_author(line: str, number: int, lines: int) -> bool:
    """Whether a line says who wrote the article: at its start or end, or with an address to write to."""
    if len(line) > MAX_AUTHOR_CHARS or '"' in line[: len(line) // 3] or not rules.AUTHOR.match(line):
        return False
    if rules.AUTHOR_JOB.search(line, 0, 300) is None:
        return False
    alone = _SENTENCE_END.search(line) is None
    return (
        (number == 0 and alone and lines > 1)
        or (number >= lines - AUTHOR_LINES)
        or rules.AUTHOR_ADDRESS.search(line) is not None
    )


def _inside(text: str, line: Range) -> Iterator[Range]:
    """Boilerplate in a line that is the article's own otherwise."""
    if text.find(" MORE", line.start, line.end) >= 0:
        for pattern in rules.GLUED_HEADLINES:
            yield from (Range(*match.span("cut")) for match in pattern.finditer(text, line.start, line.end))
    if "(" in text[line.start : line.end] or "[" in text[line.start : line.end]:
        yield from (Range(*match.span()) for match in rules.BRACKETED.finditer(text, line.start, line.end))
    if rules.HINT.search(text, line.start, line.end) is None:
        return
    for chunk in _chunks(text, line):
        if chunk.end - chunk.start <= MAX_CHUNK_CHARS and rules.SENTENCE.fullmatch(text, *chunk):
            yield chunk


def _chunks(text: str, line: Range) -> Iterator[Range]:
    """The line's sentences, roughly: no quotation is respected."""
    start = line.start
    for mark in _SENTENCE_END.finditer(text, line.start, line.end):
        chunk = trim(text, start, mark.end())
        if chunk is not None:
            yield chunk
        start = mark.end()
    last = trim(text, start, line.end)
    if last is not None:
        yield last


def _headlines(document: Document) -> frozenset[int]:
    """Numbers of the lines that are headings or headlines of other articles among lines that are sentences."""
    lines = [line.of(document.text) for line in document.paragraphs]
    long = [line for line in lines if len(line) >= _LONG_LINE_CHARS]
    finished = sum(line[-1] in _FINISHED for line in long)
    if len(lines) < FEWEST_HEADLINE_WORDS or finished < FEWEST_FINISHED * len(long) or not long:
        return frozenset()
    unfinished = [_is_unfinished(line) for line in lines]
    # Several in a row are a list, which may be the article's own.
    return frozenset(
        number
        for number, alone in enumerate(unfinished)
        if alone and number and not unfinished[number - 1] and not any(unfinished[number + 1 : number + 2])
    )


def _is_unfinished(line: str) -> bool:
    words = line.split(None, FEWEST_HEADLINE_WORDS)
    return (
        len(line) <= MAX_HEADLINE_CHARS
        and len(words) >= FEWEST_HEADLINE_WORDS
        and line[-1] not in _FINISHED
        and not line.endswith((" and", " or"))
        and line[0] not in "\"'"
        and "http" not in line
        and "@" not in line
        and _BULLET.match(line) is None
    )


def _merged(areas: Sequence[Range]) -> list[Range]:
    merged: list[Range] = []
    for area in sorted(areas):
        if merged and area.start <= merged[-1].end:
            merged[-1] = Range(merged[-1].start, max(area.end, merged[-1].end))
        else:
            merged.append(area)
    return merged
