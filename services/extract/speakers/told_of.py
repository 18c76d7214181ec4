"""Who is named in what a source says before the source is: Keld of "Keld had left, he said", who is not "he"."""

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


def told_of(
    text: str, reading: SentenceReading, mentions: Iterable[Mention], source: Range, content: Sequence[Range]
) -> Iterator[Mention]:
    """The names in `content` before an inserted or final `source`, outside of quotations, that are not its pronoun's.

    They can where something is theirs ("Keld's team had left, he said"), where they tell it themselves ("Keld says it
    fell, he said"), and in a clause before the main one ("When Keld came, he said, it fell").
    """
    if text[max(0, source.start - 2) : source.start].strip()[-1:] not in _BEFORE_INSERTED:
        return
    if _INSERTED.match(text, source.end) is None:
        return
    for mention in mentions:
        area = mention.name.range
        if area.start >= source.start or text.startswith("'", area.end) or reading.sentence.is_quoted(area):
            continue
        if any(piece.holds(area) for piece in content) and not _may_tell(reading.scene, area):
            yield mention


def _may_tell(scene: Scene | None, area: Range) -> bool:
    """Whether a name is the subject of a verb of saying, or stands in a clause before the main one."""
    if scene is None:
        return False
    tree, inside = scene.tree, scene.tokens_in(area)
    head = next((index for index in inside if tree.heads[index] not in inside), None)
    if head is None:
        return False
    if tree.deps[head] == "nsubj" and tree.lemmas[tree.heads[head]] in SAYING:
        return True
    return any(tree.deps[each] == "advcl" and each < tree.heads[each] for each in (head, *tree.climb(head)))
