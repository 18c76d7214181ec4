"""Who is named in an event, and who speaks in it."""
