"""Articles that clients post."""
