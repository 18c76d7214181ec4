"""A text as paragraphs, quotations, sentences and words; the word lists."""
