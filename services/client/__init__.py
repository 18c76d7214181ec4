"""The Python client of the HTTP APIs. Users import it from `newsweave.client`; docs/python-client.md shows how.

What is asked and how answers are read is pure and stands once (`calls`, `conversation`, `walks`, `following`);
`sync_session` and `async_session` move the bytes, `sync_client` and `async_client` list the methods.
"""
