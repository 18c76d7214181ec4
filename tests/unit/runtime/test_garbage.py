"""The garbage collector rests, and still comes."""

import gc

from services.runtime.garbage import COLLECTED_OBJECTS, let_collector_rest


def test_the_collector_leaves_what_is_loaded_alone_and_comes_seldom() -> None:
    before, frozen = gc.get_threshold(), gc.get_freeze_count()
    try:
        let_collector_rest()
        assert gc.get_threshold() == (COLLECTED_OBJECTS, *before[1:])
        assert gc.get_freeze_count() > frozen
        assert gc.isenabled()
    finally:
        gc.unfreeze()
        gc.set_threshold(*before)
