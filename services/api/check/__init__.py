"""Is what a draft says reported, denied, superseded? Claim by claim against an event."""
