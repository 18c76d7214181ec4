"""Who was only described, spoke, and is meant again: "an aide to the mayor said … the aide said"."""

from collections.abc import Callable, Mapping, Sequence

from services.contracts.claim import Speaker, SpeakerKind
from services.extract.text.nouns import head_noun
from services.language.ranges import Range

REACH_SENTENCES = 3
"""How many sentences back somebody spoke whom "the aide" means."""
_SPOKESPEOPLE = frozenset(("spokesman", "spokeswoman", "spokesperson", "representative", "rep"))


def described_before(
    noun: str, sentence: int, spoken: Mapping[int, Sequence[tuple[Range, Speaker]]], is_named: Callable[[int], bool]
) -> Speaker | None:
    """Who was described by a noun and more, and spoke just before; None where nobody did.

    Args:
        noun: The description without its article, in lower case.
        sentence: Number of the sentence it stands in.
        spoken: Who spoke, by number of the sentence.
        is_named: Whether a sentence names somebody who is known to be that; who was named in between is meant.
    """
    alike = _SPOKESPEOPLE if noun in _SPOKESPEOPLE else (noun,)
    for number in range(sentence, max(-1, sentence - 1 - REACH_SENTENCES), -1):
        for _, speaker in reversed(spoken.get(number, ())):
            lower = speaker.canonical.lower()
            head = head_noun(lower)
            if head is None or speaker.kind is not SpeakerKind.UNNAMED or head not in alike or lower == noun:
                continue
            if " and " not in lower[: lower.find(head)]:
                return speaker
        if is_named(number):
            return None
    return None
