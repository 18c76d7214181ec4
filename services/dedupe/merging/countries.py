"""The country that a source speaks for: "side". Told by its name and office, else by what is named around it."""

import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files

from services.contracts.claim import ArticleName

NEARBY_WORDS = 6
"""Words around a mention of somebody in which a country may be named that he speaks for."""
PLACE = "place"
_CODE = re.compile(r"[A-Z]{2}")
_JOINED = re.compile(r"\b(?:and|or)\b|,|&")
_WORD = re.compile(r"[^\W_]+")
_ARTICLES = ("the", "a", "an")


class Countries:
    """The countries that an event's articles name, by country, capital, other known place, or demonym."""

    def __init__(self, names: Iterable[ArticleName]) -> None:
        self._places: dict[str, str] = {}
        for name in names:
            code = name.key.split("/")[0]
            if name.type == PLACE and _CODE.fullmatch(code):
                for surface in (name.name, *(form.surface for form in name.forms)):
                    self._places[bare(surface)] = code
        self._codes = {**demonyms(), **self._places}
        longest_first = sorted(self._codes, key=lambda word: (-len(word), word))
        # As written: "US" is a country, "us" is not.
        self._pattern = re.compile(r"\b(?:" + "|".join(map(re.escape, longest_first)) + r")\b")

    def named(self, name: str) -> str | None:
        """The country whose name, or the name of whose capital or other place, this is: a state that speaks."""
        return self._places.get(bare(name))

    def first(self, text: str) -> str | None:
        """The country named first in `text`; None if two are joined ("Ukraine and Western governments")."""
        found = self._pattern.search(text)
        if found is None or (_JOINED.search(text) and found.end() != text.find("'s")):
            return None
        return self._codes[found.group()]

    def leading(self, text: str) -> str | None:
        """The country that `text` begins with ("Russian President", but not "minister for Russian affairs")."""
        plain = bare(text)
        found = self._pattern.match(plain)
        if found is None or _JOINED.match(plain, found.end() + 1):
            return None
        return self._codes[found.group()]

    def near(self, text: str, forms: Mapping[str, set[str]]) -> dict[str, Counter[str]]:
        """For each source how often each country is named within some words of one of its forms, not inside it."""
        number = {each.start(): at for at, each in enumerate(_WORD.finditer(text))}
        hits = [(number.get(each.start(), -1), self._codes[each.group()]) for each in self._pattern.finditer(text)]
        found: dict[str, Counter[str]] = defaultdict(Counter)
        for name in sorted(forms):
            alternatives = "|".join(map(re.escape, sorted(forms[name], key=lambda form: (-len(form), form))))
            for mention in re.finditer(rf"\b(?:{alternatives})\b", text):
                first = number.get(mention.start(), -1)
                last = first + len(_WORD.findall(mention.group())) - 1
                found[name].update(
                    code for at, code in hits if first - NEARBY_WORDS <= at < first or last < at <= last + NEARBY_WORDS
                )
        return found


@cache
def demonyms() -> Mapping[str, str]:
    """Country code by demonym ("Ukrainian"), as shipped. Read once."""
    data = json.loads((files("services.dedupe") / "data" / "demonyms.json").read_text(encoding="utf-8"))
    return {word.title(): country for country, words in data["demonyms"].items() for word in words}


def bare(text: str) -> str:
    """Without the article that it may begin with."""
    words = text.replace("\u2019", "'").split()
    return " ".join(words[1:] if words[:1] and words[0].casefold() in _ARTICLES else words)
