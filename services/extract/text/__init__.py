"""A text as paragraphs, quotations and sentences, without its boilerplate."""
