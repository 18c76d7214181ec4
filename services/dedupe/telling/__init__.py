"""How an event is told to its readers: the changes from one view to the next, and a snapshot of bounded size."""
