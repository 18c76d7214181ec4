"""Events as web feeds: Atom and JSON Feed, with tombstones for events that were merged."""
