"""How contracts travel: consumer loop, producer, dead letters, kept offsets, settings, observability, process."""
