"""`python -m services.dedupe` runs the service."""

import asyncio

from services.dedupe.main import main

asyncio.run(main())
