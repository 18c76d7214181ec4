"""One group of quotations with the same words, and how such quotations are split by their speakers."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from services.dedupe.merging.claims.quotation_attribution import are_quotations_of_two_persons
from services.dedupe.merging.claims.quotation_forms import Stems
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
    def longest_wording(self) -> Wording:
        """The longest of the quotations."""
        return self.wordings[0]

    @property
    def all_wordings(self) -> list[Wording]:
        """The quotations, and those that quote them in part."""
        return [*self.wordings, *self.cuts.values()]


def split_by_speaker(wordings: Sequence[Wording], longest_text: Stems) -> list[QuotationGroup]:
    """Split quotations with the same words into groups: one, or one for each speaker."""
    # The longest form first, so that a group begins with it.
    first = next(one for one in wordings if one.first.quoted_stems == longest_text)
    groups: list[QuotationGroup] = []
    for wording in (first, *(one for one in wordings if one is not first)):
        for group in groups:
            if not any(are_quotations_of_two_persons(wording.first, other.first) for other in group.wordings):
                group.wordings.append(wording)
                break
        else:
            groups.append(QuotationGroup((*first.first.order, len(groups)), [wording]))
    return groups
