import asyncio

from services.api.main import main

asyncio.run(main())
