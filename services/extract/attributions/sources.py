"""Which noun phrase is the source of a cue: its subject, the one it is inverted with, or one shared."""

from services.extract.attributions.clauses import VerbGroup, View
from services.extract.attributions.subjects import MAX_SUBJECT_WORDS, Subject, is_source, subject_after, subject_before
from services.extract.text.grammar import PRONOUNS
from services.extract.text.lexicon import Cue
from services.extract.text.ranges import Range


def subject_of(view: View, group: VerbGroup, index: int) -> Subject | None:
    """The subject before the verb group. Participles ("saying that") have one only in a name right before them."""
    tokens = view.tokens
    before = tokens[group.first - 1] if group.first > 0 else None
    if before is not None and before.lower == "as" and tokens[index].lower == "saying":
        quoting = range(group.first - 2, max(group.first - 2 - MAX_SUBJECT_WORDS, -1), -1)
        at = next((at for at in quoting if tokens[at].lower in ("quoted", "quoting", "cited", "citing")), None)
        return subject_after(view, at) if at is not None else None
    if not tokens[index].lower.endswith("ing"):
        return subject_before(view, group.first)
    name = view.name_ends.get(group.first - 1)
    if name is None:
        return None
    return Subject(group.first - 1, group.first - 1, Range(name.start, name.range.end))


def inverted_subject(view: View, group: VerbGroup, cue: Cue) -> tuple[int, Range] | None:
    """Subject of `"…," said the minister`: index of its last token, and its range."""
    before = view.tokens[group.first - 1].text if group.first > 0 else '"'
    if not cue.takes_quotation or before not in (",", '"'):
        return None
    subject = subject_after(view, group.last)
    return (subject.last, subject.source) if subject else None


def sentence_subject(view: View) -> Range | None:
    """The name that opens the sentence, with what it owns ("Taverra's central bank")."""
    tokens = view.tokens
    if tokens[0].lower in PRONOUNS:
        return Range(tokens[0].start, tokens[0].end)
    start = 1 if tokens[0].lower == "the" else 0
    name = view.name_starts.get(start)
    if name is None:
        return None
    last = next((index for index, token in enumerate(tokens) if token.end >= name.range.end), 0)
    if not tokens[last].lower.endswith(("'s", "s'")):
        return Range(tokens[0].start, name.range.end)
    for index in range(last + 1, min(last + 5, len(tokens))):
        if is_source(view, index):
            return Range(tokens[0].start, tokens[index].end)
    return None
