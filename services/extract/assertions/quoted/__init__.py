"""Words that somebody is quoted with, where no cue in their sentence gives them to anybody."""
