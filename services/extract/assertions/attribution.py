"""Who is said to say what: one content with its cue and the source behind it."""

from dataclasses import dataclass
from functools import cached_property

from services.contracts.claim import Commitment
from services.extract.assertions.speaking import shows_something, side_of
from services.extract.attributions.chains import cited_by, find_links, is_carried, is_medium, is_paper
from services.extract.attributions.content import Scene
from services.extract.attributions.sources import source_of, source_range
from services.extract.attributions.stand_ins import antecedent_of, bearer_of, person_of, relative_of
from services.extract.text.candidate import Candidate
from services.extract.text.lexicon import Lexicon
from services.language.ranges import Range


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
    carried: bool = False
    """Whether the sentence tells who carried the words, as an agency does."""
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
    carried: bool = False
    stand_in: Range | None = None
    antecedent: Range | None = None


def find_source(scene: Scene, candidate: Candidate, lexicon: Lexicon) -> Source:
    """Who stands behind the candidate's content, and through whom it came."""
    tree, masked = scene.tree, scene.masked
    noun = _speaking_noun(scene, candidate, lexicon)
    links = list(dict.fromkeys(find_links(tree, candidate, noun)))
    carried = is_carried(tree, links)
    if candidate.part == "verb":
        cited = cited_by(tree, candidate.head)
        if cited is not None and noun is not None and is_medium(tree, noun) and not is_paper(tree, cited):
            links, noun = [noun, *links], cited
        elif cited is not None:
            links.append(cited)

    def place(index: int | None) -> Range | None:
        return None if index is None else source_range(tree, masked, index, lexicon)

    via = tuple(source_range(tree, masked, link, lexicon) for link in reversed(links) if link != noun)
    if noun is None:
        return Source(None, via, carried)
    if candidate.origins:
        first, last = candidate.origins[0], candidate.origins[-1]
        whole = Range(scene.place(first).start, scene.place(last).end)
        return Source(whole, via, carried)
    pronoun = relative_of(tree, candidate, noun)
    stand_in = None if pronoun is None else scene.place(pronoun)
    if pronoun is not None and tree.words[pronoun] == "who":
        head = person_of(tree, noun, lexicon)
        bearer = bearer_of(tree, head)
        if bearer != head:
            return Source(place(bearer), via, carried, stand_in, place(antecedent_of(tree, candidate)))
        if head != noun:
            words = Range(scene.place(head).start, scene.place(noun).end)
            return Source(words, via, carried, stand_in, place(antecedent_of(tree, candidate)))
    return Source(place(noun), via, carried, stand_in, place(antecedent_of(tree, candidate)))


def _speaking_noun(scene: Scene, candidate: Candidate, lexicon: Lexicon) -> int | None:
    """The noun that the content belongs to; of a thing from which it follows those in whose view it does, if any."""
    noun = source_of(scene.tree, candidate)
    if noun is not None and shows_something(scene, candidate, noun, lexicon):
        return side_of(scene.tree, lexicon)
    return noun
