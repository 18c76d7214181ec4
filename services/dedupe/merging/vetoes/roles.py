"""Who does what to whom: subject and object that have changed places."""

from collections import Counter
from collections.abc import Callable, Iterator

from services.dedupe.merging.vetoes.proposition import Proposition
from services.dedupe.merging.vetoes.veto import Veto, VetoKind


def find_role_vetoes(proposition: Proposition, other_proposition: Proposition) -> Iterator[Veto]:
    """Veto a predicate whose subject and object have changed places."""
    for mine in proposition.signs:
        if mine.subject is None or mine.object is None or mine.subject == mine.object:
            continue
        for yours in other_proposition.signs:
            if (yours.stem, yours.subject, yours.object) == (mine.stem, mine.object, mine.subject):
                yield Veto(VetoKind.ROLES, f"who does it to whom is exchanged: “{mine.stem}”")
                return
    yield from _find_swapped_name_vetoes(proposition, other_proposition)


def _find_swapped_name_vetoes(proposition: Proposition, other_proposition: Proposition) -> Iterator[Veto]:
    """Veto the same words with two names on changed sides of the verb ("Varn beat Orla"), which parses miss.

    "In Orla, Varn met the mayor" and "Varn met the mayor in Orla" are one: there only one name changes sides.
    """
    if (Counter(proposition.stems) - Counter(other_proposition.stems)).total() > 1 or (
        Counter(other_proposition.stems) - Counter(proposition.stems)
    ).total() > 1:
        return
    verbs = {sign.stem for sign in (*proposition.signs, *other_proposition.signs) if sign.main}
    # The first word is in upper case anyway: it is a name where the other side writes it so.
    names = sorted(
        (proposition.capitals | {*proposition.stems[:1]})
        & (other_proposition.capitals | {*other_proposition.stems[:1]})
        & (proposition.capitals | other_proposition.capitals)
    )
    for verb in sorted(verbs & set(proposition.stems) & set(other_proposition.stems)):
        ours, theirs = _words_before_verb(verb, proposition), _words_before_verb(verb, other_proposition)
        turned = [name for name in names if ours(name) != theirs(name)]
        if {ours(name) for name in turned} == {True, False}:
            yield Veto(VetoKind.ROLES, f"who does it to whom is exchanged: “{verb}”")
            return


def _words_before_verb(verb: str, proposition: Proposition) -> Callable[[str], bool]:
    """Return a function that says whether a word first stands before the verb."""
    stems = proposition.stems
    at = stems.index(verb)
    return lambda word: stems.index(word) < at
