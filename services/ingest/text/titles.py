"""The title of a pasted text, when its first line plainly is one."""

from services.ingest.text.boilerplate import is_heading
from services.ingest.text.characters import squeeze
from services.ingest.text.cleaning import CleanText
from services.ingest.text.wire_credit import is_dateline


def title_of(cleaned: CleanText) -> str | None:
    """The first line that is not page residue, if it reads like a headline and a longer paragraph follows.

    A place ("Riverton, Northland") has too few words, and a dateline names an agency: neither is a title.
    """
    written = [line for line in cleaned.text.split("\n") if line][:2]
    lines = [squeeze(line) for line in written]
    if len(lines) < len(("title", "paragraph")):
        return None
    first, second = lines
    if not is_heading(first) or is_dateline(first) or len(second) <= len(first):
        return None
    return " ".join(written[0].split())
