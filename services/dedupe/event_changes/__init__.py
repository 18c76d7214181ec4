"""The changes from one view of an event to the next, and snapshots of views of bounded size."""
