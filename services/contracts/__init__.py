"""What travels between services: pydantic models only, no I/O."""
