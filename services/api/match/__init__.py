"""Which event is a text about? Vectors of articles, words, one learned decision."""
