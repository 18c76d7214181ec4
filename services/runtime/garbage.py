"""The garbage collector of a process that handles messages: it comes seldom, and leaves what is loaded alone.

Messages are thousands of objects each, without cycles: they leave memory by themselves. Left as it is, the collector
comes for every 700 new ones, and goes through models and word lists time and again.
"""

import gc

COLLECTED_OBJECTS = 500_000
"""New objects after which it looks for cycles: more than a batch has, 200 articles with 1,500 objects each."""


def let_collector_rest() -> None:
    """To be called once what the process needs is loaded; again, once more is."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(COLLECTED_OBJECTS, *gc.get_threshold()[1:])
