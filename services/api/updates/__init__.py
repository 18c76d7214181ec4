"""What changes in the view, in the order in which it changed: the update log, and the stream of it."""
