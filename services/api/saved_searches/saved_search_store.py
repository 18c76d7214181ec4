"""Saved searches in Redis: a part of the key family `reading:*`, which the HTTP side writes.

reading:searches  hash: by name, JSON of saved_search.SavedSearch
"""

from typing import cast

from redis.asyncio import Redis

from services.api.parsed_documents import ParsedDocuments
from services.api.saved_searches.saved_search import SavedSearch
from services.runtime.redis_client import redis_errors

SEARCHES = "reading:searches"
MOST_SEARCHES = 1_000

_PUT = """
local is_new = redis.call('HEXISTS', KEYS[1], ARGV[1]) == 0
if is_new and redis.call('HLEN', KEYS[1]) >= tonumber(ARGV[3]) then return -1 end
if not is_new and ARGV[4] == '1' then return 0 end
redis.call('HSET', KEYS[1], ARGV[1], ARGV[2])
return is_new and 1 or 2
"""


class TooManySearches(Exception):  # noqa: N818 - a fact about the store
    """No further search is saved."""


class SavedSearchStore:
    """Every method raises TransientError when Redis does not answer; those that write StoreFull when it is full."""

    def __init__(self, redis: Redis) -> None:
        self._redis = redis
        self._put = redis.register_script(_PUT)
        self._parsed = ParsedDocuments(SavedSearch.model_validate_json)

    async def find(self, name: str) -> SavedSearch | None:
        """The search of this name."""
        with redis_errors():
            document = await self._redis.hget(SEARCHES, name)
        return None if document is None else SavedSearch.model_validate_json(document)

    async def all(self) -> list[SavedSearch]:
        """All, in order of their names."""
        with redis_errors():
            documents = cast("dict[bytes, bytes]", await self._redis.hgetall(SEARCHES))
        return self._parsed.in_order(documents)

    async def add(self, search: SavedSearch) -> bool:
        """Save it under a new name; False, and nothing saved, where the name is taken. Raises TooManySearches."""
        return await self._run(search, only_new=True) == 1

    async def put(self, search: SavedSearch) -> bool:
        """Save it in the place of what has its name; True where nothing had. Raises TooManySearches."""
        return await self._run(search, only_new=False) == 1

    async def remove(self, name: str) -> bool:
        """Forget a search; False where there is none of this name."""
        with redis_errors():
            return bool(await self._redis.hdel(SEARCHES, name))

    async def _run(self, search: SavedSearch, *, only_new: bool) -> int:
        with redis_errors():
            done = int(
                await self._put(
                    keys=[SEARCHES], args=[search.name, search.model_dump_json(), MOST_SEARCHES, int(only_new)]
                )
            )
        if done < 0:
            raise TooManySearches(f"there are {MOST_SEARCHES:,} saved searches")
        return done
