"""From HTML to the article in it."""
