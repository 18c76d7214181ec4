"""What a claim says, as far as it can be compared: words, numbers, dates, verbs, who says it. Pure."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property
from importlib.resources import files

import orjson

from services.contracts.base import Span
from services.contracts.claim import Claim, Commitment, DateMention, Predicate, Speaker, SpeakerKind
from services.contracts.quantity import Quantity
from services.language.negation import NEGATIONS, is_negated
from services.language.stems import base_stem
from services.language.stop_words import STOP_WORDS
from services.language.tokens import find_claim_words

LIGHT_VERBS = frozenset(("be", "have", "do", "make", "take", "get", "say", "tell", "give", "put", "go", "become"))
"""Verbs that tell next to nothing of what happened."""
_MORE_STOP_WORDS = frozenset(
    ("also", "into", "out", "off", "than", "then", "when", "where", "there", "who", "while", "after", "before", "about",
     "around", "over", "under", "up", "down", "some", "any", "all", "those", "these", "its", "him", "if", "so", "more",
     "about", "another", "other", "own", "such", "each", "both", "between", "against", "during", "since", "until")
)  # fmt: skip
_PRONOUNS = frozenset(("i", "he", "she", "they", "it", "we", "my", "his", "her", "their", "its", "our"))
_CONDITION = "condition"
_HEDGES = {
    **dict.fromkeys(("if", "unless", "whether"), _CONDITION),
    **dict.fromkeys(("may", "might", "could", "possibly", "perhaps", "likely"), "possible"),
    **dict.fromkeys(("will", "would", "shall"), "future"),
}
_PASSED_OVER = STOP_WORDS | NEGATIONS | _MORE_STOP_WORDS
_SHORTEST = 2
_HAS_DIGIT = re.compile(r"\d")


@dataclass(frozen=True)
class Proposition:
    """One claim of a text.

    Attributes:
        text: Its words.
        words: Stems of what carries meaning, without amounts and dates.
        implied: Stems of the source's name, where a pronoun may stand for it: "she had been absent", said of herself.
        numbers: Words with digits that are no amounts.
        quantities: Amounts.
        dates: Days and other dates.
        verbs: Stems of the verbs of its main clause, light ones left out.
        negated_verbs: Stems of all its verbs, each with whether it is negated; empty where it was not parsed.
        roles: (verb, subject, object) as stems, where both are known.
        hedges: Whether it is said on a condition, as possible, or of the future.
        hedged_verbs: The same of each verb, by its stem; empty where it was not parsed.
        denies: Whether whoever says it denies it.
        negated: Whether its main clause says that something is not so.
        stands_behind: Whether whoever says it asserts or denies it, rather than leaves it open or passes it on.
        speaker: Who says it, if a person or body with a name.
    """

    text: str
    words: frozenset[str]
    numbers: frozenset[str]
    implied: frozenset[str] = frozenset()
    quantities: tuple[Quantity, ...] = ()
    dates: tuple[DateMention, ...] = ()
    verbs: frozenset[str] = frozenset()
    negated_verbs: frozenset[tuple[str, bool]] = frozenset()
    roles: frozenset[tuple[str, str, str]] = frozenset()
    hedges: frozenset[str] = frozenset()
    hedged_verbs: Mapping[str, frozenset[str]] = field(default_factory=dict)
    denies: bool = False
    negated: bool = False
    stands_behind: bool = True
    speaker: str | None = None

    @cached_property
    def words_and_referents(self) -> frozenset[str]:
        """Its words, and who a pronoun may stand for."""
        return self.words | self.implied

    def is_positive(self, verb: str | None) -> bool:
        """Whether it says that something is so; of a verb, if it has that."""
        negations = [negated for stem, negated in self.negated_verbs if stem == verb]
        return (any(negations) if negations else self.negated) is self.denies

    def hedges_of(self, verb: str | None) -> frozenset[str]:
        """How a verb is hedged; how the whole is, if it does not have that verb."""
        conditions = self.hedges & {_CONDITION}
        return self.hedges if verb is None or verb not in self.hedged_verbs else self.hedged_verbs[verb] | conditions


def proposition_of(claim: Claim) -> Proposition:
    """Of an article's claim, whose spans count in the article's text."""
    words, numbers = _words(claim.text, claim.span.start, claim.quantities, claim.dates)
    speaks_of_itself = not _PRONOUNS.isdisjoint(claim.text.casefold().split())
    # Not "hectares" of "was 3,650 hectares", which is an amount and no deed.
    spans = _spans(claim.quantities, claim.dates)
    predicates = [each for each in claim.predicates if not _is_inside(each.span.start, spans)]
    main = [each for each in predicates if each.main] or [each for each in predicates if each.under is None]
    return Proposition(
        text=claim.text,
        words=words,
        implied=_speaker_words(claim.speaker) if speaks_of_itself else frozenset(),
        numbers=numbers,
        quantities=claim.quantities,
        dates=claim.dates,
        verbs=frozenset(_verb(each, claim) for each in main if each.lemma not in LIGHT_VERBS),
        negated_verbs=frozenset((_verb(each, claim), each.negated) for each in predicates),
        roles=frozenset(
            (_verb(each, claim), stem(each.subject), stem(each.object))
            for each in predicates
            if each.subject and each.object
        ),
        hedges=_hedges(claim.text.casefold().split()),
        hedged_verbs={
            _verb(each, claim): _hedges([each.modal] if each.modal else ()) for each in sorted(predicates, key=_place)
        },
        denies=claim.commitment is Commitment.DENIES,
        negated=is_negated(claim.text),
        stands_behind=claim.commitment in {Commitment.ASSERTS, Commitment.DENIES},
        speaker=named_speaker(claim.speaker),
    )


def _speaker_words(speaker: Speaker | None) -> frozenset[str]:
    return frozenset() if speaker is None else words_of(speaker.canonical)


def words_of(text: str) -> frozenset[str]:
    """Stems of the words of a text that carry meaning."""
    return _words(text, 0, (), ())[0]


def named_speaker(speaker: Speaker | None) -> str | None:
    """The name of a source that has one."""
    return None if speaker is None or speaker.kind is SpeakerKind.UNNAMED else speaker.canonical


def stem(word: str) -> str:
    """A word without its inflection; of words that news uses for one deed or thing, the first: "die" for "killed"."""
    plain = _plain_stem(word)
    return _load_same_deeds().get(plain, plain)


def _plain_stem(word: str) -> str:
    """Also where spelling changes with inflection: "die" and "died", "annul" and "annulled"."""
    plain = base_stem(word)
    plain = plain.removesuffix("e") if len(plain) > _SHORTEST else plain
    if len(plain) > _SHORTEST and plain[-1] == plain[-2]:
        plain = plain[:-1]
    return f"{plain[:-1]}i" if plain.endswith("y") else plain


@cache
def _load_same_deeds() -> Mapping[str, str]:
    """The first of its group, by stem."""
    groups = orjson.loads((files("services.api.check") / "data" / "same_deeds.json").read_bytes())
    return {_plain_stem(word): _plain_stem(group[0]) for group in groups for word in group}


def _verb(predicate: Predicate, claim: Claim) -> str:
    """The stem of its word in the claim, which other words are compared with."""
    start = predicate.span.start - claim.span.start
    return stem(claim.text[start : predicate.span.end - claim.span.start] or predicate.lemma)


def _place(predicate: Predicate) -> int:
    return predicate.span.start


def _hedges(words: Iterable[str]) -> frozenset[str]:
    return frozenset(kind for word in words if (kind := _HEDGES.get(word.strip(",;:"))) is not None)


def _spans(quantities: Sequence[Quantity], dates: Sequence[DateMention]) -> list[Span]:
    return [*(each.span for each in quantities), *(each.span for each in dates)]


def _words(
    text: str, start: int, quantities: Sequence[Quantity], dates: Sequence[DateMention]
) -> tuple[frozenset[str], frozenset[str]]:
    """Stems and numbers of what stands outside amounts and dates; `text` begins at `start` of where these count."""
    left_out = _spans(quantities, dates)
    found = [
        match.group()
        for match in find_claim_words(text)
        if not _is_inside(match.start() + start, left_out) and match.group().casefold() not in _PASSED_OVER
    ]
    numbers = frozenset(word for word in found if _HAS_DIGIT.search(word))
    return frozenset(stem(word) for word in found if word not in numbers and len(word) > 1), numbers


def _is_inside(at: int, spans: Iterable[Span]) -> bool:
    return any(span.start <= at < span.end for span in spans)
