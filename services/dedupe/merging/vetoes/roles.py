"""Who does what to whom: subject and object that have changed places."""

from collections import Counter
from collections.abc import Callable, Iterator

from services.dedupe.merging.vetoes.proposition import Proposition
from services.dedupe.merging.vetoes.veto import Veto, VetoKind


def role_vetoes(one: Proposition, other: Proposition) -> Iterator[Veto]:
    """Veto a predicate whose subject and object have changed places."""
    for mine in one.signs:
        if mine.subject is None or mine.object is None or mine.subject == mine.object:
            continue
        for yours in other.signs:
            if (yours.stem, yours.subject, yours.object) == (mine.stem, mine.object, mine.subject):
                yield Veto(VetoKind.ROLES, f"who does it to whom is exchanged: “{mine.stem}”")
                return
    yield from _changed_sides(one, other)


def _changed_sides(one: Proposition, other: Proposition) -> Iterator[Veto]:
    """Veto the same words with two names on changed sides of the verb ("Varn beat Orla"), which parses miss.

    "In Orla, Varn met the mayor" and "Varn met the mayor in Orla" are one: there only one name changes sides.
    """
    if (Counter(one.stems) - Counter(other.stems)).total() > 1 or (
        Counter(other.stems) - Counter(one.stems)
    ).total() > 1:
        return
    verbs = {sign.stem for sign in (*one.signs, *other.signs) if sign.main}
    # The first word is in upper case anyway: it is a name where the other side writes it so.
    names = sorted(
        (one.capitals | {*one.stems[:1]}) & (other.capitals | {*other.stems[:1]}) & (one.capitals | other.capitals)
    )
    for verb in sorted(verbs & set(one.stems) & set(other.stems)):
        ours, theirs = _side_of(verb, one), _side_of(verb, other)
        turned = [name for name in names if ours(name) != theirs(name)]
        if {ours(name) for name in turned} == {True, False}:
            yield Veto(VetoKind.ROLES, f"who does it to whom is exchanged: “{verb}”")
            return


def _side_of(verb: str, proposition: Proposition) -> Callable[[str], bool]:
    """Return a function that says whether a word first stands before the verb."""
    stems = proposition.stems
    at = stems.index(verb)
    return lambda word: stems.index(word) < at
