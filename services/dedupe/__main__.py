"""`python -m services.dedupe`."""

import asyncio
import os

# Before numpy is imported: the products here are too small to be shared out, and embedding has the other cores.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

from services.dedupe.main import main

if __name__ == "__main__":
    asyncio.run(main())
