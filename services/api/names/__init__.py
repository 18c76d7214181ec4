"""What is known of a name over all events: who said what, and where something is named."""
