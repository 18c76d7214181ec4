import asyncio
import sys

from services.ingest.main import main
from services.runtime.api_keys import UnreadableKeys
from services.runtime.http_access import KeysMissing

try:
    asyncio.run(main())
except (KeysMissing, UnreadableKeys) as error:
    sys.exit(f"ingest does not start: {error}")
