"""Verbs by what they do with their content: saying, showing, thinking, directing and so on."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

_UNLISTED = ("unlisted",)


@dataclass(frozen=True)
class VerbClasses:
    """Names of classes by base form; a verb may be in several."""

    by_lemma: Mapping[str, tuple[str, ...]]

    def of(self, lemma: str) -> tuple[str, ...]:
        """Classes of a verb; ("unlisted",) for one in none."""
        return self.by_lemma.get(lemma, _UNLISTED)


@cache
def load_verb_classes() -> VerbClasses:
    """The classes that ship with the package. Read once."""
    data = json.loads((files("services.extract") / "data" / "verb_classes.json").read_text(encoding="utf-8"))
    by_lemma: dict[str, list[str]] = {}
    for name, lemmas in data.items():
        if name != "note":
            for lemma in lemmas:
                by_lemma.setdefault(lemma, []).append(name)
    return VerbClasses({lemma: tuple(names) for lemma, names in by_lemma.items()})
