import asyncio
import sys

from services.api.main import main
from services.runtime.api_keys import UnreadableKeys
from services.runtime.http_access import KeysMissing

try:
    asyncio.run(main())
except (KeysMissing, UnreadableKeys) as error:
    sys.exit(f"api does not start: {error}")
