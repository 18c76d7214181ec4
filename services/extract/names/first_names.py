"""First names, and what they tell: that a person bears a name, and whether a woman or a man. A list of our own."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from services.language.spelling import without_accents


@dataclass(frozen=True)
class FirstNames:
    """Names in lower case without accents."""

    feminine: frozenset[str]
    masculine: frozenset[str]
    either: frozenset[str]
    doubtful: frozenset[str]
    """Also common words, places, titles: "Grant", "Georgia"."""
    family_first: frozenset[str]
    """Family names that stand before the first name: "Zhou Mingtao"."""

    full_forms: Mapping[str, str]
    """Short first names with what they stand for: "mike" for "michael"."""

    def full_form(self, word: str) -> str:
        """The first name that a short one stands for; others as they are."""
        return self.full_forms.get(word.lower(), word)

    def is_firm(self, word: str) -> bool:
        """Whether a word is a first name and hardly anything else."""
        plain = without_accents(word)
        if plain in self.doubtful:
            return False
        return self._is_listed(plain) or ("-" in plain and all(self._is_listed(part) for part in plain.split("-")))

    def is_feminine(self, word: str) -> bool | None:
        """Whether women bear a first name; None where both do, or nobody that is known."""
        plain = without_accents(word)
        parts = [plain] if self._is_listed(plain) else plain.split("-")
        feminine = any(part in self.feminine for part in parts)
        masculine = any(part in self.masculine for part in parts)
        return None if feminine == masculine else feminine

    def is_family_first(self, words: tuple[str, ...]) -> bool:
        """Whether a name starts with a family name that stands first: its other words are the first name."""
        return len(words) > 1 and words[0].lower() in self.family_first

    def _is_listed(self, plain: str) -> bool:
        return plain in self.feminine or plain in self.masculine or plain in self.either


@cache
def load_first_names() -> FirstNames:
    """The list that ships with the package. Read once."""
    data = json.loads((files("services.extract") / "data" / "first_names.json").read_text(encoding="utf-8"))
    kinds = ("feminine", "masculine", "either", "doubtful", "family_first")
    return FirstNames(**{kind: frozenset(data[kind]) for kind in kinds}, full_forms=data["full_forms"])
