"""What of an article is embedded: title and opening, and the title alone."""

LEAD_TOKENS = 128
"""Word pieces of the lead that the model reads. 256 cost twice the time and find events a little worse."""

_CHARACTERS = 1_500
"""More than 128 word pieces ever cover; the rest need not be tokenised."""


def one_line_title(title: str | None) -> str:
    """The title as one line; empty without one."""
    return " ".join((title or "").split())


def build_lead_text(title: str | None, text: str) -> str:
    """Title and opening as one line; a title that the text repeats at its start stands once."""
    heading = one_line_title(title)
    opening = " ".join(text[: 2 * _CHARACTERS].split())
    if heading and opening.casefold().startswith(heading.casefold()):
        opening = opening[len(heading) :].lstrip(" .:-|\u2013\u2014")
    return ". ".join(part for part in (heading.rstrip(" ."), opening) if part)[:_CHARACTERS]
