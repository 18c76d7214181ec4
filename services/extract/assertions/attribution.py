"""Who is said to say what: one content with its cue and the source behind it."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from services.contracts.claim import Commitment
from services.extract.assertions.speaking import can_speak, is_lent_by_a_thing, shows_something, side_of, speaker_beside
from services.extract.attributions.chains import are_relayers, cited_by, find_links, is_medium, is_paper, outlet_of
from services.extract.attributions.read_out import author_read_out
from services.extract.attributions.scene import Scene
from services.extract.attributions.sources import source_range
from services.extract.attributions.stand_ins import antecedent_of, bearer_of, person_of, relative_of
from services.extract.syntax.candidate import Candidate
from services.extract.syntax.tree import SUBJECTS, Tree
from services.extract.vocabulary.lexicon import Lexicon
from services.extract.vocabulary.nouns import is_one_person, may_speak
from services.extract.vocabulary.saying import SAYING, SPEAKING
from services.language.ranges import Range

_IN_PHRASES = frozenset(("NN", "NNS", "NNP", "NNPS", "JJ", "IN", "DT", "PRP$", "CD"))
"""Tags of words inside noun phrases."""


@dataclass(frozen=True)
class Attribution:
    """One content with its cue and source. Ranges count characters of the article."""

    cue: Range
    source: Range | None
    content: tuple[Range, ...]
    commitment: Commitment
    score: float
    """Probability that it is one."""
    via: tuple[Range, ...] = ()
    """Through whom it came, nearest to the outlet first."""
    relayed: bool = False
    """Whether the sentence tells who relayed the words, as an agency does."""
    quoted: bool = False
    """Whether a quote mark stands in the content."""
    stand_in: Range | None = None
    """The relative pronoun that stands for the source beside the cue."""
    antecedent: Range | None = None
    """For a pronoun: the subject of the clause around the one it stands in."""
    takes_a_stand: bool = False
    """Whether it confirms, denies or declines to: then a single word can say what."""
    candidate: Candidate | None = None
    """The cue in its frame."""
    widened: bool = False
    """Whether the content was no clause, and now has the cue and its subject in it."""
    only_wanted: bool = False
    """Whether the content is what somebody wants done, without who wants it: "asking that | she support the plan"."""
    clause: bool = False
    """Whether the content is a clause with tense and a subject of its own."""

    @cached_property
    def area(self) -> Range:
        """From the first piece of the content to its last."""
        return Range(self.content[0].start, self.content[-1].end)


@dataclass(frozen=True)
class Source:
    """The source of a content and the chain from the outlet to it."""

    range: Range | None
    via: tuple[Range, ...]
    relayed: bool = False
    stand_in: Range | None = None
    antecedent: Range | None = None


def find_source(scene: Scene, candidate: Candidate, lexicon: Lexicon) -> Source:
    """Who stands behind the candidate's content, and through whom it came."""
    tree, masked = scene.tree, scene.masked
    noun = _speaking_noun(scene, candidate, lexicon)
    links = list(dict.fromkeys(outlet_of(tree, link) for link in find_links(tree, candidate, noun)))
    relayed = are_relayers(tree, links)
    author = author_read_out(tree, candidate.head) if candidate.part == "verb" and scene.masked.full else None
    if author is not None and noun is not None and not is_medium(tree, noun):
        links, noun = [noun, *links], author
    elif candidate.part == "verb":
        cited = cited_by(tree, candidate.head)
        if cited is not None and noun is not None and is_medium(tree, noun) and not is_paper(tree, cited):
            links, noun = [noun, *links], cited
        elif cited is not None:
            links.append(cited)

    def place(index: int | None) -> Range | None:
        return None if index is None else source_range(tree, masked, index, lexicon)

    via = tuple(source_range(tree, masked, link, lexicon) for link in reversed(links) if link != noun)
    if noun is None:
        return Source(None, via, relayed)
    if candidate.origins:
        first, last = candidate.origins[0], candidate.origins[-1]
        whole = Range(scene.place(first).start, scene.place(last).end)
        return Source(whole, via, relayed)
    pronoun = relative_of(tree, candidate, noun)
    stand_in = None if pronoun is None else scene.place(pronoun)
    words = _of_who(scene, noun, lexicon) if pronoun is not None and tree.words[pronoun] == "who" else None
    return Source(words or place(noun), via, relayed, stand_in, place(antecedent_of(tree, candidate)))


def _of_who(scene: Scene, noun: int, lexicon: Lexicon) -> Range | None:
    """The words for a person, where "who" stands beside another noun; None where that noun is the person's."""
    tree, masked = scene.tree, scene.masked
    head = person_of(tree, noun, lexicon)
    person = _person_before(scene, noun, lexicon) if head == noun else head
    bearer = bearer_of(tree, person)
    if bearer != person:
        return source_range(tree, masked, bearer, lexicon)
    if person != head:
        return Range(source_range(tree, masked, person, lexicon).start, scene.place(person).end)
    return None if head == noun else Range(scene.place(head).start, scene.place(noun).end)


def _person_before(scene: Scene, noun: int, lexicon: Lexicon) -> int:
    """Of "an aide from a firm in Varn who said", "critics on the campus, who say": the aide, for a firm is no "who"."""
    tree = scene.tree
    if tree.deps[noun] != "pobj" or scene.is_named(noun) or _is_who(tree, noun, lexicon):
        return noun
    before = (*tree.climb(noun), *_phrase_before(tree, noun))
    return next((head for head in before if head < noun and _is_who(tree, head, lexicon)), noun)


def _is_who(tree: Tree, noun: int, lexicon: Lexicon) -> bool:
    """Whether a common noun is for people, and no body."""
    if tree.tags[noun] not in ("NN", "NNS") or tree.words[noun] in lexicon.organisation_nouns:
        return False
    return can_speak(tree, noun, lexicon)


def _phrase_before(tree: Tree, noun: int) -> Iterator[int]:
    """The words of a noun phrase before one of its nouns, nearest first."""
    for index in range(noun - 1, -1, -1):
        if tree.tags[index] not in _IN_PHRASES:
            return
        yield index


def _speaking_noun(scene: Scene, candidate: Candidate, lexicon: Lexicon) -> int | None:
    """The noun that the content belongs to; of a thing from which it follows those in whose view it does, if any."""
    tree = scene.tree
    noun = scene.source_of(candidate)
    if noun is not None and _is_mute(tree, noun, candidate, lexicon):
        teller = _teller_before(tree, candidate, lexicon)
        noun = noun if teller is None else teller
    if noun is not None and is_lent_by_a_thing(scene, candidate, noun, lexicon):
        beside = speaker_beside(tree, noun, candidate.head, lexicon) if candidate.part == "verb" else None
        return side_of(tree, lexicon) if beside is None else beside
    if noun is not None and shows_something(scene, candidate, noun, lexicon):
        return side_of(tree, lexicon)
    return noun if noun is None else _holder_of_role(scene, candidate, noun, lexicon)


def _is_mute(tree: Tree, noun: int, candidate: Candidate, lexicon: Lexicon) -> bool:
    """Whether a common noun says nothing, or, if it may be read, at least tells nobody anything."""
    if tree.tags[noun] not in ("NN", "NNS") or can_speak(tree, noun, lexicon):
        return False
    word = tree.words[noun]
    return not may_speak(word, lexicon) or (candidate.lemma == "tell" and word in lexicon.record_nouns)


def _teller_before(tree: Tree, candidate: Candidate, lexicon: Lexicon) -> int | None:
    """Of "Reyl insisted that the plan had no chance and told the group that": Reyl, since no plan tells anything."""
    verb = candidate.head
    clause = tree.heads[verb]
    if candidate.part != "verb" or candidate.lemma not in SAYING or tree.has(verb, *SUBJECTS):
        return None
    cue = tree.heads[clause]
    joined = tree.deps[verb] == "conj" and tree.deps[clause] == "ccomp" and tree.tags[verb] == tree.tags[cue] == "VBD"
    teller = tree.first(cue, "nsubj") if joined and tree.lemmas[cue] in SPEAKING else None
    return teller if teller is not None and can_speak(tree, teller, lexicon) else None


def _holder_of_role(scene: Scene, candidate: Candidate, noun: int, lexicon: Lexicon) -> int:
    """Of "with an aide to Ada Reyl saying": the aide, where the parse says that Ada Reyl does; else the noun itself."""
    tree = scene.tree
    phrase = tree.heads[noun]
    behind = tree.tags[noun] == "NNP" and tree.deps[noun] == "pobj" and tree.words[phrase] in ("to", "for", "of")
    if not behind or tree.tags[candidate.head] != "VBG" or noun != candidate.head - 1:
        return noun
    holder = tree.heads[phrase]
    is_person = tree.tags[holder] == "NN" and is_one_person(tree.words[holder], lexicon)
    return holder if is_person else noun
