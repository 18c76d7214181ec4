"""What a cue gives to its source: where it starts and ends, and made whole where it is no clause."""
