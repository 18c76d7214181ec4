"""What a sentence asserts, by form: quoted words, content that a cue attributes, clauses of the outlet itself."""
