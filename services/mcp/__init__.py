"""Newsweave for language models: a server of the Model Context Protocol that reads through the Python client.

`tools` lists what can be asked, the modules `tool_…` answer it, `answers` is the one shape of all answers, `fitting`
keeps them short, `inert` makes words of others harmless. docs/mcp.md is for users.
"""
