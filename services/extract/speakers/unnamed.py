"""Who was only described, spoke, and is meant again: "an aide to the mayor said … the aide said"."""

from collections.abc import Callable, Mapping, Sequence

from services.contracts.claim import Speaker, SpeakerKind
from services.extract.vocabulary.grammar import POSTPONED, PRONOUNS
from services.extract.vocabulary.nouns import WRITINGS, head_noun, is_plural
from services.language.ranges import Range

REACH_SENTENCES = 3
"""How many sentences back somebody spoke whom "the aide" means."""
_INDEFINITE = frozenset(("one", "another", "a", "an"))
_SPOKESPEOPLE = frozenset(("spokesman", "spokeswoman", "spokesperson", "representative", "rep"))

_OFFICIAL = "official"
_OFFICIALS = frozenset((
    "official", "adviser", "advisor", "aide", "officer", "staffer", "diplomat", "deputy", "assistant", "bureaucrat",
))  # fmt: skip
"""Whom "the official" may mean."""


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
    alike = _SPOKESPEOPLE if noun in _SPOKESPEOPLE else _OFFICIALS if noun == _OFFICIAL else (noun,)
    for number in range(sentence, max(-1, sentence - 1 - REACH_SENTENCES), -1):
        for _, speaker in reversed(spoken.get(number, ())):
            lower = speaker.canonical.lower()
            head = head_noun(lower)
            described = speaker.kind is SpeakerKind.UNNAMED or head in WRITINGS
            if head is None or not described or head not in alike or lower == noun:
                continue
            if " and " not in lower[: lower.find(head)]:
                return speaker
        if is_named(number):
            return None
    return None


def another_like(sentence: int, spoken: Mapping[int, Sequence[tuple[Range, Speaker]]]) -> str | None:
    """What "another" is after "one traveler said": "another traveler"; None where nobody was described just before."""
    for number in range(sentence, max(-1, sentence - 1 - REACH_SENTENCES), -1):
        for _, speaker in reversed(spoken.get(number, ())):
            words = speaker.canonical.split()
            if words and words[0].lower() in _INDEFINITE:
                words = words[1:]
            end = next((at for at, word in enumerate(words) if word.lower() in POSTPONED), len(words))
            noun = words[end - 1].lower() if end else ""
            if speaker.kind is SpeakerKind.UNNAMED and noun and not is_plural(noun) and noun not in PRONOUNS:
                return f"another {' '.join(words[:end])}"
    return None
