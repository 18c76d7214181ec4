"""The title of a pasted text, when its first line plainly is one. Pure."""

from collections.abc import Sequence

from services.ingest.text.boilerplate import is_heading
from services.ingest.text.wire_credit import is_dateline


def title_of(lines: Sequence[str]) -> str | None:
    """The first line, if it reads like a headline and a longer paragraph follows.

    A place ("Riverton, Northland") has too few words, and a dateline names an agency: neither is a title.

    Args:
        lines: of the text, squeezed, without boilerplate and by-line.
    """
    if len(lines) < len(("title", "paragraph")):
        return None
    first, second = lines[:2]
    return first if is_heading(first) and not is_dateline(first) and len(second) > len(first) else None
