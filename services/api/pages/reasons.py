"""Why an article is in its event, as pages say it. Pure."""

from dataclasses import dataclass

from services.api.pages import phrases
from services.api.pages.characters import clipped
from services.contracts.event import Membership


@dataclass(frozen=True)
class Reason:
    """Why an article is in the event: sentences, then each signal with its value."""

    sentences: tuple[str, ...]
    signals: tuple[tuple[str, str], ...]
    model: str


def reason(membership: Membership) -> Reason:
    """The decision in words."""
    needed = f"{phrases.score(membership.threshold)} is needed to join"
    sentences = [
        f"It founded the event; {needed}."
        if membership.score is None
        else f"It fits this event with {phrases.score(membership.score)}; {needed}."
    ]
    nearest = membership.nearest
    told_again = nearest is not None and nearest.event_id == membership.runner_up
    if membership.runner_up is not None and membership.runner_up_score is not None and not told_again:
        sentences.append(
            f"The next best event, {membership.runner_up}, had {phrases.score(membership.runner_up_score)}."
        )
    if nearest is not None:
        sentences.append(clipped(nearest.sentence))
    signals = tuple((name.replace("_", " "), phrases.score(value)) for name, value in membership.signals.items())
    return Reason(tuple(sentences), signals, membership.model)
