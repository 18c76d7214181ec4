"""Who said what: cues, sources and the content they speak for."""
