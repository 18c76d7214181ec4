"""Proposals of who said what: cues in their frames, their sources and content, and how likely they attribute."""
