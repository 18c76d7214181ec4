"""What an event was: every change of it, and every version of its snapshot."""
