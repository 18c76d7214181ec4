"""Search over events and claims: an index that every http process rebuilds from the view and keeps up to date."""
