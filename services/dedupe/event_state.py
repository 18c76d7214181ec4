"""One event as the merge stage holds it: built from the messages of `event.placed.v1`, version by version."""

from dataclasses import dataclass, field
from typing import Self

from services.contracts.change_kinds import ChangeKind
from services.contracts.changed import EventChange
from services.contracts.embedded import EmbeddedArticle
from services.contracts.event import Event, EventStatus
from services.contracts.placed import EventPlaced, PlacedArticle
from services.dedupe.clustering.records import EventRecord
from services.dedupe.event_changes.published_view import PublishedView
from services.dedupe.event_changes.stored_view import restore_view
from services.dedupe.merging.event_memory import EventMemory
from services.dedupe.merging.members import Member, MemberFeatures
from services.dedupe.store.event_store import EventHead, MemberRecord, StoredEvent

WHAT_TO_DO = (
    "What assign published for this event and what merge has read of it do not fit together: a bug, unless messages of "
    "event.placed.v1 were deleted or have expired before they were read. Build the events anew: docs/runbook.md, "
    "'The events'."
)

_KINDS_WITH_VECTOR = frozenset((ChangeKind.ARTICLE_JOINED, ChangeKind.ARTICLE_CORRECTED))

WHOLE_MEMBERS = 16
"""Articles of an event up to which all are kept as they came: packing costs a millisecond each."""


class MissedChangesError(Exception):
    """A version of an event follows that cannot follow. Nothing of the batch is saved."""


@dataclass(slots=True)
class EventState:
    """An event, its members, and what is kept to build its next view faster.

    Attributes:
        placed: Its last message, without the articles; None before the first.
        log: Id of the broker's log that it came from.
        gapped: Whether changes of it were lost with an earlier log, so that members may be missing for good.
        members: Its articles by id.
        memory: What building knows from one view to the next.
        published: The view that was published last.
        unsaved_parts: Parts of it to be saved, by name.
        removed_parts: Names of parts to be deleted.
        changed: Ids of members to be saved.
        gone: Ids of members to be deleted.
        dirty: Whether the record is to be saved.
    """

    placed: EventPlaced | None = None
    log: str = ""
    gapped: bool = False
    members: dict[str, Member] = field(default_factory=dict)
    memory: EventMemory = field(default_factory=EventMemory)
    published: PublishedView = field(default_factory=PublishedView)
    unsaved_parts: dict[str, bytes] = field(default_factory=dict)
    removed_parts: set[str] = field(default_factory=set)
    changed: set[str] = field(default_factory=set)
    gone: set[str] = field(default_factory=set)
    dirty: bool = False
    _whole: set[str] = field(default_factory=set)
    """Ids of members that may not be packed."""

    @classmethod
    def restore(cls, stored_event: StoredEvent | None, claims_model: str) -> Self:
        """From what the store has of it; None: nothing. Claims with vectors of another model come without."""
        if stored_event is None or stored_event.head is None:
            return cls()
        head = stored_event.head
        members = {
            article_id: build_member(
                head.placed, record.article, record.claim_vectors if record.claims_model == claims_model else ()
            )
            for article_id, record in stored_event.members.items()
        }
        state = cls(
            head.placed,
            head.log,
            head.gapped,
            members,
            published=PublishedView(restore_view(stored_event.published_parts)),
        )
        state._whole.update(members)
        return state

    @property
    def event_head(self) -> EventHead:
        """For the store. Raises ValueError before its first message."""
        if self.placed is None:
            raise ValueError("an event without a message")
        return EventHead(placed=self.placed, log=self.log, gapped=self.gapped)

    def build_stored_changes(self, claims_model: str) -> StoredEvent:
        """What is to be saved. `claims_model`: of the vectors of claims."""
        changed = {name: _build_member_record(self.members[name], claims_model) for name in sorted(self.changed)}
        return StoredEvent(
            self.event_head if self.dirty else None,
            changed,
            frozenset(self.gone),
            published_parts=self.unsaved_parts,
            removed_parts=frozenset(self.removed_parts),
        )

    @property
    def is_complete(self) -> bool:
        """Whether there is a version to build: all messages of it have come."""
        return self.placed is not None and self.placed.complete

    @property
    def has_ended(self) -> bool:
        """Whether it has ended: no article joins it any more."""
        return self.placed is not None and self.placed.status is not EventStatus.OPEN

    @property
    def event_record(self) -> EventRecord:
        """As views are built from it. Raises ValueError before its first message."""
        placed = self.event_head.placed
        return EventRecord(
            event_id=placed.event_id,
            version=placed.version,
            status=placed.status,
            founder_id=placed.founder_id,
            updated_at=placed.updated_at,
            active_at=None,
            merged_into=placed.merged_into,
            lineage=placed.lineage,
        )

    def apply_placed(self, placed_message: EventPlaced, log_id: str, *, from_start: bool = True) -> bool:
        """Take in a message; whether it brought anything new.

        Args:
            placed_message: The message.
            log_id: Id of the log that it was read from. What was on its way on an earlier one is lost with that.
            from_start: Whether no earlier log is known that the event may have begun on.

        Raises:
            MissedChangesError: A version is missing, or the members are not as many as the message says.
        """
        known = self.placed
        same_log = from_start if known is None else log_id == self.log
        awaited = 1 if known is None else known.version + known.complete
        if same_log and placed_message.version < awaited:
            return False
        if same_log and (placed_message.version > awaited or (self.has_ended and self.is_complete)):
            told = "nothing is known of it" if known is None else f"we have version {known.version}, {known.status}"
            raise MissedChangesError(
                f"{placed_message.event_id}: version {placed_message.version} came, {told}. {WHAT_TO_DO}"
            )
        self.gapped = self.gapped or placed_message.version != awaited
        self._apply_message(placed_message, log_id)
        if placed_message.complete and len(self.members) != placed_message.members and not self.gapped:
            raise MissedChangesError(
                f"{placed_message.event_id}: version {placed_message.version} has {placed_message.members} articles, "
                f"we have {len(self.members)}. {WHAT_TO_DO}"
            )
        return True

    def add_member(self, member: Member) -> None:
        """Take in an article that has its vectors now."""
        self.members[member.article.article_id] = member
        self.changed.add(member.article.article_id)
        self._whole.add(member.article.article_id)

    def replace_published_view(self, view: Event) -> tuple[EventChange, ...]:
        """Note a view that is published next; what is new in it since the one before."""
        news = self.published.replace_view(view)
        kept = {name: part for name, part in self.unsaved_parts.items() if name not in news.removed}
        self.unsaved_parts = kept | news.stored
        self.removed_parts = (self.removed_parts - news.stored.keys()) | news.removed
        return tuple(map(self._with_vector, news.changes))

    def mark_saved(self) -> None:
        """Everything is in the store."""
        self.changed, self.gone, self.dirty = set(), set(), False
        if len(self.members) > WHOLE_MEMBERS:
            for article_id in self._whole & self.members.keys():
                self.members[article_id].pack()
            self._whole.clear()
        self.unsaved_parts, self.removed_parts = {}, set()

    def _with_vector(self, change: EventChange) -> EventChange:
        """The change; of an article that joined or has a new revision, with the vector of its lead."""
        member = self.members.get(change.article_id or "") if change.kind in _KINDS_WITH_VECTOR else None
        if member is None:
            return change
        vector, model = member.lead_vector
        return change.model_copy(update={"lead_vector": vector, "vector_model": model})

    def _apply_message(self, placed_message: EventPlaced, log_id: str) -> None:
        for article_id in placed_message.left:
            if self.members.pop(article_id, None) is not None:
                self.changed.discard(article_id)
                self.gone.add(article_id)
        for each in placed_message.joined:
            member = build_member(placed_message, each)
            self.gone.discard(member.article.article_id)
            self.add_member(member)
        self.placed = placed_message.model_copy(update={"joined": (), "left": ()})
        self.log = log_id
        self.dirty = True


def build_member(
    placed_message: EventPlaced, placed_article: PlacedArticle, claim_vectors: tuple[str, ...] = ()
) -> Member:
    """An article of an event, with the vectors of its claims if it has them. Raises ValueError if one is unreadable."""
    embedded = EmbeddedArticle(
        shard=placed_message.shard,
        extracted=placed_article.extracted,
        model=placed_article.model,
        lead_vector=placed_article.lead_vector,
        claim_vectors=claim_vectors,
    )
    return Member(placed_message.event_id, embedded, placed_article.membership, MemberFeatures.from_embedded(embedded))


def _build_member_record(member: Member, claims_model: str) -> MemberRecord:
    embedded = member.embedded
    article = PlacedArticle(
        extracted=embedded.extracted,
        model=embedded.model,
        lead_vector=embedded.lead_vector,
        membership=member.membership,
    )
    vectors = embedded.claim_vectors
    return MemberRecord(article=article, claim_vectors=vectors, claims_model=claims_model if vectors else None)
