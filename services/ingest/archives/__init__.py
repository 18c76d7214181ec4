"""Packed files and archives of the web: their lines and articles, in bounded memory."""
