"""One spelling for quote marks and spaces, character for character: offsets stay those of the article's text."""

import re

_DOUBLE_QUOTES = "“”„‟«»"
_SINGLE_QUOTES = "‘’‚‛ʼ′‹›"
_SPACES = (
    "\t\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u200b\u202f\u205f\u3000\ufeff"
)
_LINE_ENDS = "\r\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029"

_TABLE = {
    **dict.fromkeys(_DOUBLE_QUOTES, '"'),
    **dict.fromkeys(_SINGLE_QUOTES, "'"),
    **dict.fromkeys(_SPACES, " "),
    **dict.fromkeys(_LINE_ENDS, "\n"),
}
_TYPEWRITER_QUOTE = re.compile(r"(?<!['\w])''(?=\w)|(?<=[\w.,?!])''(?!')|``")


def normalise(text: str) -> str:
    """Curly marks become straight, two apostrophes used as a mark become `"` and a space, odd spaces plain ones.

    Returns:
        A text of the same length: character i of it stands for character i of `text`.
    """
    straight = text
    # A text has few kinds of them: this is faster than to translate every character.
    for odd in sorted(_TABLE.keys() & set(text)):
        straight = straight.replace(odd, _TABLE[odd])
    if "''" not in straight and "``" not in straight:
        return straight
    # The blank goes outside the words, so that the mark still touches what it opens or closes.
    return _TYPEWRITER_QUOTE.sub(lambda mark: '" ' if _closes(straight, mark.end()) else ' "', straight)


def _closes(text: str, end: int) -> bool:
    return end == len(text) or not (text[end].isalnum() or text[end] in "$€£")
