"""Lower case for words that a pattern with `re.IGNORECASE` has matched; capitals where sentences begin."""

from services.language.number_words import PARTS, SCALES, SMALL_NUMBERS, VAGUE

_BEFORE_NUMBERS = frozenset((
    "a", "about", "above", "almost", "an", "another", "approximately", "around", "as", "at", "below", "between",
    "exactly", "fewer", "from", "hundreds", "just", "less", "more", "nearly", "no", "only", "over", "roughly", "some",
    "tens", "the", "under", "up", "well",
))  # fmt: skip


def lower_case(word: str) -> str:
    """`word` in lower case, each letter as the one that such patterns take it for: "ſunday" and "FRİDAY" are plain.

    `str.lower` leaves "ſ" and "ı" as they are, so what the pattern found would be missing in a table.
    """
    return word.casefold().replace("\u0131", "i").replace("i\u0307", "i")


def begin_sentence(text: str) -> str:
    """With a capital: "police" or "nine people" is written small inside of a sentence."""
    return text[:1].upper() + text[1:]


def amount_in_sentence(amount: str) -> str:
    """An amount as it stands inside of a sentence: "At least 14" is "at least 14", "Twelve" is "twelve"."""
    first = amount.split(maxsplit=1)[0].partition("-")[0].lower() if amount.strip() else ""
    begins_sentence = first in _BEFORE_NUMBERS or any(first in words for words in (SMALL_NUMBERS, SCALES, VAGUE, PARTS))
    return amount[:1].lower() + amount[1:] if begins_sentence else amount
