"""Extract: who said what in an article, and what is counted in it, at exact character spans."""
