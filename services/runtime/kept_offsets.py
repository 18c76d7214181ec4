"""Offsets kept in Redis beside the state that they cover, fenced by an epoch.

State and offset change in one MULTI, so a Redis that lost its last second repeats that second and ends in the same
place. The epoch grows each time a partition is taken over: a writer that lost it can no longer write.
Kept offsets carry the broker's cluster id: on another log they do not apply.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from redis.asyncio import Redis
from redis.asyncio.client import Pipeline
from redis.exceptions import WatchError

from services.runtime.errors import Fenced, StateLost
from services.runtime.redis_client import redis_errors


@dataclass(frozen=True)
class _Held:
    """What we last left in Redis for one partition."""

    epoch: int
    offset: int | None


class KeptOffsets:
    """Kept offsets of one writer. Keys: `<namespace>:<topic>:<partition>`, hashes of epoch, cluster, offset."""

    def __init__(self, redis: Redis, namespace: str, cluster_id: str) -> None:
        self._redis = redis
        self._namespace = namespace
        self._cluster_id = cluster_id.encode()
        self._held: dict[tuple[str, int], _Held] = {}

    def _key(self, topic: str, partition: int) -> str:
        return f"{self._namespace}:{topic}:{partition}"

    async def take_over(self, topic: str, partitions: Iterable[int]) -> Mapping[int, int]:
        """Claim partitions; give the next offset to read of each that has one on this log.

        Raises:
            TransientError: Redis does not answer.
        """
        kept: dict[int, int] = {}
        self._held = {place: held for place, held in self._held.items() if place[0] != topic}
        for partition in sorted(partitions):
            key = self._key(topic, partition)
            with redis_errors():
                async with self._redis.pipeline(transaction=True) as pipe:
                    pipe.hincrby(key, "epoch", 1)
                    pipe.hmget(key, ["cluster", "offset"])
                    epoch, (cluster, offset) = await pipe.execute()
            current = int(offset) if offset is not None and cluster == self._cluster_id else None
            self._held[topic, partition] = _Held(int(epoch), current)
            if current is not None:
                kept[partition] = current
        return kept

    async def save(
        self,
        topic: str,
        next_offsets: Mapping[int, int],
        write: Callable[[Pipeline], object],
        *,
        without_offsets: bool = False,
    ) -> None:
        """Queue `write`'s commands and the offsets in one MULTI and run it, if all partitions are as we left them.

        Without offsets nothing is written, unless `without_offsets`: then the offsets stay.

        Raises:
            Fenced: another writer has taken a partition over.
            StateLost: Redis is not where we left it.
            TransientError: Redis does not answer.
        """
        with redis_errors():
            async with self._redis.pipeline(transaction=True) as pipe:
                held = sorted(partition for name, partition in self._held if name == topic)
                await pipe.watch(*(self._key(topic, partition) for partition in held))
                for partition in held:
                    await self._check(pipe, topic, partition)
                if not next_offsets and not without_offsets:
                    return
                pipe.multi()  # type: ignore[no-untyped-call]
                write(pipe)
                for partition, offset in next_offsets.items():
                    pipe.hset(self._key(topic, partition), mapping={"cluster": self._cluster_id, "offset": offset})
                try:
                    await pipe.execute()
                except WatchError as error:
                    if error.__context__ is not None:  # the connection closed: nobody has taken anything over
                        raise
                    raise Fenced(f"{topic}: a partition was taken over while saving") from error
        for partition, offset in next_offsets.items():
            self._held[topic, partition] = _Held(self._held[topic, partition].epoch, offset)

    async def _check(self, pipe: Pipeline, topic: str, partition: int) -> None:
        """Compare a partition's hash with what we left there."""
        held = self._held[topic, partition]
        epoch, cluster, offset = await pipe.hmget(self._key(topic, partition), ["epoch", "cluster", "offset"])
        stored_epoch = int(epoch) if epoch is not None else 0
        if stored_epoch > held.epoch:
            raise Fenced(f"{topic}/{partition}: epoch {stored_epoch}, ours is {held.epoch}")
        stored_offset = int(offset) if offset is not None and cluster == self._cluster_id else None
        if stored_epoch < held.epoch or stored_offset != held.offset:
            raise StateLost(f"{topic}/{partition}: kept offset {stored_offset}, we left {held.offset}")
