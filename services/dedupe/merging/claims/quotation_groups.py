"""Quotations of one event that are one whatever surrounds them, and what quotes of them in part.

A quotation that several articles carry is one claim. Quotations of which one is a form of the other, through whatever
others, are a family; what changes in one family does not concern another.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from services.dedupe.merging.claims.quotation_forms import QuotationForms, Stems, longest_first
from services.dedupe.merging.claims.quoting import is_cut_of, others_words, parts_of, tells_more
from services.dedupe.merging.claims.report import FEWEST_SAID, is_full_quotation, same_source, speakers_conflict
from services.dedupe.merging.claims.wordings import Wording


@dataclass(eq=False, slots=True)
class QuotationGroup:
    """Quotations with the same words, begun by its longest form, and what quotes of them in part.

    Attributes:
        rank: Order among the groups of the event.
        wordings: The quotations.
        cuts: Those that quote in part, by number.
    """

    rank: tuple[object, ...]
    wordings: list[Wording]
    cuts: dict[int, Wording] = field(default_factory=dict)

    @property
    def head(self) -> Wording:
        """Its longest form."""
        return self.wordings[0]

    @property
    def members(self) -> list[Wording]:
        """All of them."""
        return [*self.wordings, *self.cuts.values()]


@dataclass(eq=False, slots=True)
class _Family:
    texts: set[Stems]
    groups: list[QuotationGroup]


class QuotationGroups:
    """The groups of one event."""

    def __init__(self) -> None:
        self._forms = QuotationForms()
        self._quoting: dict[Stems, dict[int, Wording]] = {}
        """By their words, what quotes them: whole or in part."""
        self._whole: dict[Stems, dict[int, Wording]] = {}
        self._parts: dict[int, tuple[Stems, ...]] = {}
        self._families: dict[Stems, _Family] = {}
        self._heads: dict[Stems, list[QuotationGroup]] = {}
        """Groups by the words of their head."""
        self._group: dict[int, QuotationGroup] = {}

    def group_of(self, number: int) -> QuotationGroup | None:
        """The group that a wording belongs to; None: to none."""
        return self._group.get(number)

    def update(self, gone: Iterable[Wording], new: Iterable[Wording], told_anew: Iterable[Wording] = ()) -> set[int]:
        """Take wordings out and in; the numbers of those that belong together with others than before."""
        touched: set[int] = set()
        texts: set[Stems] = set()
        cuts: dict[int, Wording] = {}
        for wording in gone:
            cuts |= self._remove(wording, texts, touched)
        for wording in new:
            self._add(wording, texts, cuts)
        families, alive = self._dissolve(texts)
        for group in (group for family in families for group in family.groups):
            touched |= {one.number for one in group.members}
            cuts |= group.cuts
        for text in sorted(alive, key=longest_first):
            if text not in self._families:
                touched |= self._form(text)
        told = [wording for wording in told_anew if wording.number in self._parts]
        cuts |= {one.number: one for one in told if not is_full_quotation(one.first)}
        texts |= {one.first.stems for one in told if is_full_quotation(one.first)}
        for text in texts.union(*(family.texts for family in families)):
            cuts |= self._cuts_of(text)
        for number in sorted(cuts.keys() & self._parts.keys()):
            touched |= self._place(cuts[number])
        return touched

    def _add(self, wording: Wording, texts: set[Stems], cuts: dict[int, Wording]) -> None:
        first = wording.first
        if is_full_quotation(first):
            self._parts[wording.number] = (first.stems,)
            self._whole.setdefault(first.stems, {})[wording.number] = wording
            if len(self._whole[first.stems]) == 1:
                self._forms.add_whole(first.stems)
            texts.add(first.stems)
        elif first.said:
            self._parts[wording.number] = parts = tuple(dict.fromkeys(parts_of(first)))
            for part in parts:
                self._forms.add(part)
            cuts[wording.number] = wording
        for part in self._parts.get(wording.number, ()):
            self._quoting.setdefault(part, {})[wording.number] = wording

    def _cuts_of(self, text: Stems) -> dict[int, Wording]:
        """What may quote a whole quotation in part."""
        quoting = [self._quoting.get(form, {}) for form in (text, *self._forms.forms_of(text))]
        return {at: one for each in quoting for at, one in each.items() if not is_full_quotation(one.first)}

    def _remove(self, wording: Wording, texts: set[Stems], touched: set[int]) -> dict[int, Wording]:
        """Take a wording out; what may have quoted it in part."""
        cuts: dict[int, Wording] = {}
        parts = self._parts.pop(wording.number, ())
        for part in parts:
            del self._quoting[part][wording.number]
        group = self._group.pop(wording.number, None)
        if group is not None:
            touched |= {one.number for one in group.members}
            group.cuts.pop(wording.number, None)
        if parts and is_full_quotation(wording.first):
            (text,) = parts
            texts.add(text)
            del self._whole[text][wording.number]
            if not self._whole[text]:
                del self._whole[text]
                texts.update(self._forms.related(text))
                cuts = self._cuts_of(text)
                self._forms.remove_whole(text)
        for part in parts:
            if not self._quoting[part]:
                del self._quoting[part]
                self._forms.remove(part)
        return cuts

    def _dissolve(self, texts: Iterable[Stems]) -> tuple[list[_Family], set[Stems]]:
        """Take families apart of which something has changed; the words that have to be grouped anew."""
        families: dict[Stems, _Family] = {}
        alive: set[Stems] = set()
        reach = set(texts)
        while reach:
            text = reach.pop()
            family = self._families.pop(text, None)
            if family is not None:
                families.setdefault(min(family.texts), family)
                reach |= family.texts & self._families.keys()
            if text in self._whole and text not in alive:
                alive.add(text)
                reach |= {other for other in self._forms.related(text) if other in self._families}
        found = [families[key] for key in sorted(families)]
        for family in found:
            alive |= family.texts & self._whole.keys()
            for group in family.groups:
                self._heads[group.head.first.stems].remove(group)
                for one in group.members:
                    self._group.pop(one.number, None)
        return found, alive

    def _form(self, text: Stems) -> set[int]:
        """Group the family of a quotation; the numbers of all in it."""
        texts, reach = {text}, [text]
        while reach:
            more = [other for other in self._forms.related(reach.pop()) if other not in texts]
            texts.update(more)
            reach += more
        family = _Family(texts, self._groups(texts))
        self._families |= dict.fromkeys(texts, family)
        for group in family.groups:
            self._heads.setdefault(group.head.first.stems, []).append(group)
            self._group |= dict.fromkeys((one.number for one in group.wordings), group)
        return {one.number for group in family.groups for one in group.wordings}

    def _groups(self, texts: set[Stems]) -> list[QuotationGroup]:
        """Each quotation with the longest one that it is a form of; two speakers of few words make two groups."""
        led_by: dict[Stems, Stems] = {}
        for text in sorted(texts, key=longest_first):
            longer = sorted((one for one in self._forms.wholes_of(text) if one in led_by), key=longest_first)
            led_by[text] = next((one for one in longer if led_by[one] == one), text)
        groups: list[QuotationGroup] = []
        for leader in sorted(set(led_by.values()), key=longest_first):
            wordings = [one for text in texts if led_by[text] == leader for one in self._whole[text].values()]
            groups += _by_speakers(sorted(wordings, key=_order), leader)
        return groups

    def _place(self, cut: Wording) -> set[int]:
        """Put what quotes in part to the group of what it quotes; the numbers of those that this concerns."""
        before, after = self._group.pop(cut.number, None), self._quoted_by(cut)
        if before is not None:
            before.cuts.pop(cut.number, None)
        if after is not None:
            after.cuts[cut.number] = cut
            self._group[cut.number] = after
        if before is after:
            return set()
        return {cut.number} | {one.number for group in (before, after) if group for one in group.members}

    def _quoted_by(self, cut: Wording) -> QuotationGroup | None:
        """The group of the quotation that a claim quotes in part; None: of none, or it is not clear of which.

        Long runs of words show it by themselves, whatever the labels of the speakers. Shorter ones need the same
        source, or a claim that is about the same; fragments of fewer than four words the same source, words around
        them, and no second quotation of the event that they could be from.
        """
        report, parts = cut.first, self._parts[cut.number]
        cuts = [part for part in parts if len(part) >= FEWEST_SAID]
        for group in self._candidates(cuts):
            head = group.head.first
            if is_cut_of(report, head, max(len(part) for part in cuts if self._quotes(part, head.stems))):
                return group
        fragments = [part for part in parts if len(part) < FEWEST_SAID]
        if not fragments or not tells_more(report, fragments):
            return None
        fitting = [
            group
            for group in self._candidates(fragments)
            if not speakers_conflict(report.claim.speaker, group.head.first.claim.speaker)
            and same_source(report, group.head.first)
        ]
        return fitting[0] if len(fitting) == 1 else None

    def _candidates(self, parts: Sequence[Stems]) -> list[QuotationGroup]:
        """Groups whose head has the words of one of the parts, in their order."""
        wholes = {whole for part in parts for whole in (part, *self._forms.wholes_of(part))}
        groups = [group for whole in sorted(wholes) for group in self._heads.get(whole, ())]
        return sorted(groups, key=lambda group: group.rank)

    def _quotes(self, part: Stems, whole: Stems) -> bool:
        return part == whole or whole in self._forms.wholes_of(part)


def _by_speakers(wordings: Sequence[Wording], leader: Stems) -> list[QuotationGroup]:
    """Quotations with the same words, in publication order: one group, or one for each speaker."""
    # The longest form first, so that a group begins with it.
    first = next(one for one in wordings if one.first.stems == leader)
    groups: list[QuotationGroup] = []
    for wording in (first, *(one for one in wordings if one is not first)):
        for group in groups:
            if not any(others_words(wording.first, other.first) for other in group.wordings):
                group.wordings.append(wording)
                break
        else:
            groups.append(QuotationGroup((*first.first.order, len(groups)), [wording]))
    return groups


def _order(wording: Wording) -> tuple[object, ...]:
    return wording.first.order
