"""Which articles report one event: the live articles of a shard, the decision, its repair."""
