"""`python -m services.extract` runs the service."""

import asyncio

from services.extract.main import main

asyncio.run(main())
