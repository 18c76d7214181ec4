"""Webhooks in Redis: a part of the key family `reading:*`. The HTTP side writes them, the deliverer disables them.

reading:webhooks  hash: by name, JSON of webhook.Webhook, with its secret
"""

from typing import cast

from redis.asyncio import Redis

from services.api.parsed_documents import ParsedDocuments
from services.api.webhooks.webhook import Webhook, WebhookStatus
from services.runtime.redis_client import redis_errors

WEBHOOKS = "reading:webhooks"
MOST_WEBHOOKS = 100

_ADD = """
if redis.call('HEXISTS', KEYS[1], ARGV[1]) == 1 then return 0 end
if redis.call('HLEN', KEYS[1]) >= tonumber(ARGV[3]) then return -1 end
redis.call('HSET', KEYS[1], ARGV[1], ARGV[2])
return 1
"""
_REPLACE = """
if redis.call('HGET', KEYS[1], ARGV[1]) ~= ARGV[2] then return 0 end
redis.call('HSET', KEYS[1], ARGV[1], ARGV[3])
return 1
"""


class TooManyWebhooks(Exception):  # noqa: N818 - a fact about the store
    """No further webhook is kept."""


class WebhookStore:
    """Every method raises TransientError when Redis does not answer; those that write StoreFull when it is full."""

    def __init__(self, redis: Redis) -> None:
        self._redis = redis
        self._add = redis.register_script(_ADD)
        self._replace = redis.register_script(_REPLACE)
        self._parsed = ParsedDocuments(Webhook.model_validate_json)

    async def find(self, name: str) -> Webhook | None:
        """The webhook of this name."""
        with redis_errors():
            document = await self._redis.hget(WEBHOOKS, name)
        return None if document is None else Webhook.model_validate_json(document)

    async def all(self) -> list[Webhook]:
        """All, in order of their names."""
        with redis_errors():
            documents = cast("dict[bytes, bytes]", await self._redis.hgetall(WEBHOOKS))
        return self._parsed.in_order(documents)

    async def users_of(self, saved: str) -> list[str]:
        """Names of the webhooks that use a saved search."""
        return [webhook.name for webhook in await self.all() if webhook.saved == saved]

    async def add(self, webhook: Webhook) -> bool:
        """Keep a new one; False, and nothing kept, where its name is taken. Raises TooManyWebhooks."""
        with redis_errors():
            added = int(await self._add(keys=[WEBHOOKS], args=[webhook.name, webhook.model_dump_json(), MOST_WEBHOOKS]))
        if added < 0:
            raise TooManyWebhooks(f"there are {MOST_WEBHOOKS} webhooks")
        return bool(added)

    async def remove(self, name: str) -> bool:
        """Forget one; False where there is none of this name."""
        with redis_errors():
            return bool(await self._redis.hdel(WEBHOOKS, name))

    async def set_status(self, webhook: Webhook, status: WebhookStatus, reason: str | None = None) -> Webhook | None:
        """The webhook with another status; None, and nothing written, where it was changed or removed meanwhile."""
        changed = webhook.model_copy(update={"status": status, "reason": reason})
        with redis_errors():
            written = await self._replace(
                keys=[WEBHOOKS], args=[webhook.name, webhook.model_dump_json(), changed.model_dump_json()]
            )
        return changed if written else None
