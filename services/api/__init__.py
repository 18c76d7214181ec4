"""The api service: keeps the read view up to date and serves it over HTTP, as JSON and as pages for people."""
