"""Whether a noun names somebody who can say something."""

from services.extract.attributions.scene import Scene
from services.extract.attributions.subjects import noun_of_relative
from services.extract.syntax.candidate import Candidate
from services.extract.syntax.tree import NAME_TAGS, SUBJECTS, Tree
from services.extract.vocabulary.grammar import REFUSING, SIDES
from services.extract.vocabulary.lexicon import Lexicon
from services.extract.vocabulary.saying import SPEAKERS_ONLY
from services.language.hearsay import HEARSAY

_PERSONAL = frozenset((
    "he", "she", "they", "we", "i", "it", "who", "both", "all", "each", "none", "neither", "either", "someone",
    "somebody", "others",
))  # fmt: skip
_COUNTED = frozenset(("CD", "DT", "JJ", "JJS", "JJR", "PDT", "PRP", "WP"))
"""Tags of what stands for people: "both", "16%", "most", "some"."""
_PERSON_ENDINGS = (
    "ers", "ors", "ists", "ians", "men", "women", "ants", "ees", "ist", "ian", "man", "woman", "yer", "crats",
)  # fmt: skip
_AGENT_ENDINGS = ("er", "or")
"""Of nouns for those who do something: what a thing has lent to a "defender" may be the defender's."""
_FACTIVE = frozenset((
    "mean", "show", "prove", "demonstrate", "reveal", "confirm", "underscore", "illustrate", "highlight", "ensure",
    "see", "establish", "expose", "uncover", "reflect",
))  # fmt: skip
"""Verbs whose content the outlet itself holds where a thing is their subject: "the delay means that"."""
_DEEDS = frozenset((
    "see", "decide", "aim", "choose", "opt", "introduce", "deliver", "sign", "launch", "prepare", "seek",
    "consider", "continue",
))  # fmt: skip
"""Verbs for what somebody does or has in mind: that it is so, the outlet says."""
_AWARE = frozenset(("aware", "mindful", "conscious"))
_MINDS = frozenset((
    "conclude", "think", "believe", "decide", "hope", "want", "feel", "know", "fear", "expect", "determined", "eager",
    "willing", "ready", "prepared", "worried", "concerned", "confident", "hopeful", "reluctant",
))  # fmt: skip
"""Verbs and adjectives of what is on somebody's mind."""
_EVIDENTLY = frozenset(("plainly", "clearly", "obviously", "evidently", "presumably", "undoubtedly", "apparently"))
_FUTURE = frozenset(("will", "'ll", "shall"))
_LEFT_UNDONE = frozenset((
    "remove", "convict", "indict", "prosecute", "charge", "hear", "take", "pass", "renew", "block", "overturn", "grant",
    "extend", "investigate", "file", "sign", "vote", "run", "pay", "issue",
))  # fmt: skip
"""What bodies and people leave undone without a word: "the court declined to hear it"."""
_DISCUSSING = frozenset(("hail", "herald", "discuss"))
_ANNOUNCING = frozenset(("announce", "report", "disclose", "unveil", "reveal"))
"""Verbs that, with the name of a thing behind them, tell that somebody spoke, and not what they said."""
_MERE_OBJECTS = frozenset(("dobj", "prep:to", "prep:on", "prep:in", "prep:at", "prep:during"))


def is_deed(tree: Tree, candidate: Candidate) -> bool:
    """Whether a cue tells what somebody does or means to do, no word of theirs: "decided to", "took the decision".

    Or what they expected before: "most builders had expected a rise".
    """
    if candidate.part == "verb" and candidate.lemma == "expect" and tree.tags[candidate.head] in ("VBD", "VBN"):
        return True
    if candidate.part == "verb" and (_is_to_come(tree, candidate.head) or _refuses_a_deed(tree, candidate)):
        return True
    if candidate.part == "noun":
        return candidate.lemma == "decision"
    return candidate.part == "verb" and candidate.lemma in _DEEDS and not candidate.frame.startswith("ccomp")


def _is_to_come(tree: Tree, verb: int) -> bool:
    """Whether somebody has not said it yet, and the outlet says that they will: "he will demand her release"."""
    helpers = [tree.words[each] for each in tree.kids(verb, "aux")]
    if any(tree.words[subject] in ("i", "we") for subject in tree.kids(verb, "nsubj")):
        return False
    return not _FUTURE.isdisjoint(helpers) and "have" not in helpers


def _refuses_a_deed(tree: Tree, candidate: Candidate) -> bool:
    """Whether somebody did not do something, and said no word of it: "the council declined to remove him"."""
    deeds = [tree.lemmas[each] for each in tree.kids(candidate.head, "xcomp")]
    return candidate.lemma in REFUSING and bool(deeds) and _LEFT_UNDONE.issuperset(deeds)


def only_announces(tree: Tree, candidate: Candidate) -> bool:
    """Whether a cue tells that somebody spoke of a thing, and not what they said of it: "announced her death".

    Who "announced a strike" or "reported a rise" says that there is one.
    """
    frame = set(candidate.frame.split("+"))
    if candidate.part != "verb" or "dobj" not in frame or not frame <= _MERE_OBJECTS:
        return False
    if candidate.lemma in _DISCUSSING:
        return True
    announced = tree.first(candidate.head, "dobj")
    known = announced is not None and any(tree.words[each] in ("the", "this") for each in tree.kids(announced, "det"))
    owned = announced is not None and tree.has(announced, "poss")
    return candidate.lemma in _ANNOUNCING and (known or owned)


def can_speak(tree: Tree, noun: int, lexicon: Lexicon) -> bool:
    """Whether the noun is a name, a pronoun, a number of people, or a word for people, bodies or what they write."""
    word, lemma, tag = tree.words[noun], tree.lemmas[noun], tree.tags[noun]
    if tag in NAME_TAGS or tag in _COUNTED or word in _PERSONAL:
        return True
    known = (lexicon.source_nouns, lexicon.organisation_nouns, lexicon.titles, lexicon.speaking_nouns)
    if any(word in words or lemma in words for words in known):
        return True
    return word.endswith(_PERSON_ENDINGS)


def shows_something(scene: Scene, candidate: Candidate, noun: int, lexicon: Lexicon) -> bool:
    """Whether a common noun is a thing from which something follows, and nobody says so: "the silence suggests"."""
    if candidate.part != "verb" or candidate.lemma in SPEAKERS_ONLY:
        return False
    return _is_thing(scene, noun, lexicon)


def is_lent_by_a_thing(scene: Scene, candidate: Candidate, noun: int, lexicon: Lexicon) -> bool:
    """Whether a cue has a thing for its source only because it hangs on the verb of that thing.

    Of "the wait differs from what Reyl told the Herald, saying …", "the pact adds to criticism that …".
    """
    tree = scene.tree
    if candidate.part == "verb":
        bare = tree.tags[candidate.head] == "VBG" and not tree.has(candidate.head, *SUBJECTS)
        lent = bare and candidate.lemma in SPEAKERS_ONLY
    else:
        lent = candidate.part == "noun" and noun not in tree.below(candidate.head)
    is_somebody = tree.words[noun].endswith(_AGENT_ENDINGS) or any(
        tree.tags[each] == "NNP" for each in tree.kids(noun, "appos")
    )
    return lent and noun < candidate.head and not is_somebody and _is_thing(scene, noun, lexicon)


def speaker_beside(tree: Tree, thing: int, cue: int, lexicon: Lexicon) -> int | None:
    """The last subject between a thing and a cue that can speak, or the one that does something with the thing.

    "The wait differs from what Reyl said, adding …"; "the mayor changed the plan, saying …".
    """
    between = (at for at in range(cue - 1, thing, -1) if tree.deps[at] in SUBJECTS)
    above = (tree.first(head, *SUBJECTS) for head in tree.climb(thing) if tree.is_verb(head))
    subjects = (*between, *(each for each in above if each is not None and each < thing))
    speakers = (noun_of_relative(tree, subject) for subject in subjects)
    return next((noun for noun in speakers if noun != thing and can_speak(tree, noun, lexicon)), None)


def _is_thing(scene: Scene, noun: int, lexicon: Lexicon) -> bool:
    """Whether a token is a common noun for what can neither speak nor be read."""
    tree = scene.tree
    if tree.tags[noun] not in ("NN", "NNS"):
        return False
    if tree.lemmas[noun] in lexicon.part_nouns:
        of = tree.first(noun, "prep")
        noun = noun if of is None or tree.words[of] != "of" else (tree.first(of, "pobj") or noun)
    forms = {tree.lemmas[noun], tree.words[noun], tree.words[noun].removesuffix("s")}
    known = (lexicon.record_nouns, lexicon.also_speaking_nouns, lexicon.occupations)
    return not (
        scene.is_named(noun)
        or tree.tags[noun] not in ("NN", "NNS")
        or any(not forms.isdisjoint(words) for words in known)
        or can_speak(tree, noun, lexicon)
    )


def follows_from_nothing(scene: Scene, candidate: Candidate, noun: int | None, lexicon: Lexicon) -> bool:
    """Whether a thing only makes a clause likely, or bears a noun that introduces it, and nobody's view is told."""
    if noun is None:
        return False
    if is_inferred(scene.tree, candidate):
        return True
    if is_lent_by_a_thing(scene, candidate, noun, lexicon):
        unheard = candidate.lemma not in HEARSAY and speaker_beside(scene.tree, noun, candidate.head, lexicon) is None
        return unheard and side_of(scene.tree, lexicon) is None
    return (
        candidate.frame.startswith("ccomp")
        and candidate.lemma not in _FACTIVE
        and shows_something(scene, candidate, noun, lexicon)
        and side_of(scene.tree, lexicon) is None
    )


def is_inferred(tree: Tree, candidate: Candidate) -> bool:
    """Whether the outlet tells what is on somebody's mind, by what can be seen: "Reyl plainly concluded that".

    Or it holds for true what somebody minds: "aware that he had left, …".
    """
    if candidate.part == "adjective" and candidate.lemma in _AWARE:
        return tree.deps[candidate.head] == "advcl"
    if candidate.lemma not in _MINDS:
        return False
    verbs = (candidate.head, tree.heads[candidate.head]) if candidate.part == "adjective" else (candidate.head,)
    return any(tree.words[each] in _EVIDENTLY for verb in verbs for each in tree.kids(verb, "advmod"))


def side_of(tree: Tree, lexicon: Lexicon) -> int | None:
    """The noun for those whose view a sentence tells: "For Reyl's critics, the delay suggests that"."""
    if tree.words[0] not in SIDES:
        return None
    noun = tree.first(0, "pobj")
    if noun is None or not can_speak(tree, noun, lexicon):
        return None
    return noun if "," in tree.words[noun + 1 : tree.below(0)[-1] + 2] else None
