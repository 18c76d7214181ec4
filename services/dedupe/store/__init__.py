"""How a shard is kept in Redis."""
