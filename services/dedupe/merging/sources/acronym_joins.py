"""Which acronyms of an event stand for which long name: the one that some article explains so, else by its initials.

An acronym depends on the long names with its letters alone. So when names change, only acronyms of the letters that
these names explain or begin with are looked at again.
"""

from collections.abc import Collection, Mapping

from services.contracts.claim import NameLink
from services.dedupe.merging.sources.event_names import PERSON, NameInEvent, choose_type

_ACRONYM_LETTERS = range(2, 8)
_Meaning = tuple[str, NameLink]


class AcronymJoins:
    """The acronyms of one event that stand for one long name each.

    Attributes:
        joined: The key of the long name and how it is known, by the acronym's key.
        acronyms_of: The keys of its acronyms, by the long name's key.
    """

    def __init__(self, names: Mapping[str, NameInEvent]) -> None:
        """`names`: the names of the event by key, of which whoever changes them tells."""
        self.joined: dict[str, _Meaning] = {}
        self.acronyms_of: dict[str, set[str]] = {}
        self._names = names
        self._letters: dict[str, str] = {}
        """Letters of an acronym by its key."""
        self._acronyms: dict[str, set[str]] = {}
        """Keys of acronyms by their letters."""
        self._explained: dict[str, frozenset[str]] = {}
        """Acronyms that stand beside a long name in some article, by its key."""
        self._initials: dict[str, frozenset[str]] = {}
        """Initials of a long name that is no person's, by its key."""
        self._explaining: dict[str, set[str]] = {}
        """Keys of long names by the acronyms that stand beside them."""
        self._beginning: dict[str, set[str]] = {}
        """Keys of long names by their initials."""

    def update_names(self, changed_keys: Collection[str]) -> set[str]:
        """Join the acronyms that changed names concern.

        Returns:
            Keys of the acronyms that stand for another name than before, and of the names that they stood or stand for.
        """
        touched_letters: set[str] = set()
        for key in changed_keys:
            self._update_name(key, touched_letters)
        touched: set[str] = set()
        for letters in touched_letters:
            for key in self._acronyms.get(letters, ()):
                touched |= self._set_meaning(key, self._find_meaning(letters))
        for key in changed_keys:
            if key not in self._letters:
                touched |= self._set_meaning(key, None)
        return touched

    def _update_name(self, key: str, touched_letters: set[str]) -> None:
        name = self._names.get(key)
        letters, explained, initials = "", _NONE, _NONE
        if name is not None and len(name.parts) > 1:
            explained = frozenset(filter(_is_acronym, name.forms))
            if choose_type(name.types) != PERSON:
                initials = frozenset(filter(_is_acronym, map(_initials_of, name.fullest)))
        elif name is not None and len(name.fullest) == 1:
            letters = next(filter(_is_acronym, name.fullest), "")
        if letters != self._letters.get(key, ""):
            _replace(self._acronyms, self._letters.pop(key, ""), letters, key)
            touched_letters.add(letters)
            if letters:
                self._letters[key] = letters
        touched_letters |= _reindex(self._explained, self._explaining, key, explained)
        touched_letters |= _reindex(self._initials, self._beginning, key, initials)

    def _find_meaning(self, letters: str) -> _Meaning | None:
        explaining = self._explaining.get(letters, set())
        fitting = explaining or self._beginning.get(letters, set())
        if len(fitting) != 1:
            return None
        return next(iter(fitting)), NameLink.EXPLAINED if explaining else NameLink.ACRONYM

    def _set_meaning(self, key: str, meaning: _Meaning | None) -> set[str]:
        before = self.joined.get(key)
        if meaning == before:
            return set()
        _replace(self.acronyms_of, before[0] if before else "", meaning[0] if meaning else "", key)
        if meaning is None:
            del self.joined[key]
        else:
            self.joined[key] = meaning
        return {key, *(one[0] for one in (before, meaning) if one is not None)}


_NONE: frozenset[str] = frozenset()


def _is_acronym(surface: str) -> bool:
    return len(surface) in _ACRONYM_LETTERS and surface.isupper()


def _initials_of(name: str) -> str:
    return "".join(word[0] for word in name.split() if word[0].isupper())


def _reindex(
    letters_of: dict[str, frozenset[str]], keys_by_letters: dict[str, set[str]], key: str, now: frozenset[str]
) -> frozenset[str]:
    """Index a name by other letters than before; return those that it gained or lost."""
    before = letters_of.pop(key, _NONE)
    if now:
        letters_of[key] = now
    for letters in before - now:
        _replace(keys_by_letters, letters, "", key)
    for letters in now - before:
        _replace(keys_by_letters, "", letters, key)
    return before ^ now


def _replace(keys_by_text: dict[str, set[str]], previous_text: str, new_text: str, key: str) -> None:
    """Move a key from one set to another; the empty text has none, and an empty set is not kept."""
    if previous_text:
        keys_by_text[previous_text].discard(key)
        if not keys_by_text[previous_text]:
            del keys_by_text[previous_text]
    if new_text:
        keys_by_text.setdefault(new_text, set()).add(key)
