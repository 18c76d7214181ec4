"""Who is named in what a source says, and is not its pronoun: Keld of "Keld had left, he said"."""

import re
from collections.abc import Iterable, Iterator, Sequence

from services.extract.assertions.reading import SentenceReading
from services.extract.attributions.scene import Scene
from services.extract.names.people import Mention
from services.extract.vocabulary.saying import SAYING
from services.language.ranges import Range

_INSERTED = re.compile(r" \w+(?: on \w+)?[,.;]")
"""Behind the source of an insertion: its verb, and a mark."""
_BEFORE_INSERTED = frozenset(',"”—')


def named_before(
    text: str, reading: SentenceReading, mentions: Iterable[Mention], source: Range, content: Sequence[Range]
) -> Iterator[Mention]:
    """The names in `content` before an inserted or final `source`, outside of quotations, that its pronoun cannot mean.

    It can mean them where something is theirs ("Keld's team had left, he said"), where they say it themselves ("Keld
    says it fell, he said"), and in a clause before the main one ("When Keld came, he said, it fell").
    """
    if text[max(0, source.start - 2) : source.start].strip()[-1:] not in _BEFORE_INSERTED:
        return
    if _INSERTED.match(text, source.end) is None:
        return
    for mention in mentions:
        area = mention.name.range
        if area.start >= source.start or text.startswith("'", area.end) or reading.sentence.is_quoted(area):
            continue
        if any(piece.holds(area) for piece in content) and not _may_be_meant(reading.scene, area):
            yield mention


def named_behind(
    text: str, reading: SentenceReading, mentions: Iterable[Mention], source: Range, content: Sequence[Range]
) -> Iterator[Mention]:
    """The names in `content` behind `source`, outside of quotations and brackets: "he said that Keld had left"."""
    for mention in mentions:
        area = mention.name.range
        is_inside = mention.name.start >= source.end and any(piece.holds(area) for piece in content)
        is_inside = is_inside and text.count("(", source.end, area.start) <= text.count(")", source.end, area.start)
        if is_inside and not reading.sentence.is_quoted(area):
            yield mention


def _may_be_meant(scene: Scene | None, area: Range) -> bool:
    """Whether a name is the subject of a verb of saying, or stands in a clause before the main one."""
    if scene is None:
        return False
    tree, inside = scene.tree, scene.tokens_in(area)
    head = next((index for index in inside if tree.heads[index] not in inside), None)
    if head is None:
        return False
    if tree.deps[head] == "nsubj" and tree.lemmas[tree.heads[head]] in SAYING:
        return True
    return any(tree.deps[index] == "advcl" and index < tree.heads[index] for index in (head, *tree.climb(head)))
