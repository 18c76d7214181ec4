import asyncio
import sys

from services.ingest.main import main
from services.ingest.push.access import KeysMissing
from services.runtime.api_keys import UnreadableKeys

try:
    asyncio.run(main())
except (KeysMissing, UnreadableKeys) as error:
    sys.exit(f"ingest does not start: {error}")
