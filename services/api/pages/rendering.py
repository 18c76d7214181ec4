"""Templates to answers. The only Jinja import."""

import hashlib
import re
from pathlib import Path
from typing import Any

import jinja2
from markupsafe import Markup
from starlette.concurrency import run_in_threadpool
from starlette.responses import HTMLResponse

from services.api.pages.characters import in_order
from services.api.pages.numbers import count

SERVICE_DIRECTORY = Path(__file__).parents[1]
STATIC_DIRECTORY = SERVICE_DIRECTORY / "static"
_POLICY = "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; frame-ancestors 'none'; "
HEADERS = {
    "Cache-Control": "no-cache",
    # Pages load one style sheet and one icon of ours and nothing else: no script can run, whatever an article says.
    "Content-Security-Policy": f"{_POLICY}form-action 'none'",
}
LIVE_HEADERS = {
    **HEADERS,
    # Pages that follow what is new load our modules too. Nothing written into a page can run: modules are files.
    "Content-Security-Policy": f"{_POLICY}form-action 'self'; script-src 'self'; connect-src 'self'",
}
WORKER_POLICY = "default-src 'none'; script-src 'self'; connect-src 'self'"
_INDENTATION = re.compile(r"\n[ \t]+(?=<)")
"""Before a tag, where it stands for nothing; what is put into a page has no tags. It is some 2 % of an event's page."""
LIVE_TEMPLATES = frozenset({"events.html", "event.html"})


def _shown(value: Any) -> Any:
    """What is put into a template, without characters that could turn what stands around it. Not twice for macros."""
    return in_order(value) if isinstance(value, str) and not isinstance(value, Markup) else value


class Pages:
    """Renders the templates. Everything that is put into one is escaped."""

    def __init__(self) -> None:
        files = b"".join(file.read_bytes() for file in sorted(STATIC_DIRECTORY.iterdir()))
        self._templates = jinja2.Environment(
            loader=jinja2.FileSystemLoader(SERVICE_DIRECTORY / "templates"),
            autoescape=True,
            undefined=jinja2.StrictUndefined,
            finalize=_shown,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        # The address changes with the content, so that browsers may keep files, and never pair old ones with new pages.
        self.static_path = f"/static/{hashlib.sha256(files).hexdigest()[:8]}"
        """Where the files of this version are; modules find each other beside themselves."""
        self._templates.globals.update(static=self.static_path, count=count)

    def fragment(self, template: str, **view: Any) -> str:
        """HTML that stands in something else than a page of ours."""
        return self._templates.get_template(template).render(**view)

    def render(self, template: str, *, status_code: int = 200, **view: Any) -> HTMLResponse:
        """One page."""
        html = _INDENTATION.sub("\n", self.fragment(template, **view))
        headers = LIVE_HEADERS if template in LIVE_TEMPLATES else HEADERS
        return HTMLResponse(html, status_code=status_code, headers=headers)

    async def render_aside(self, template: str, **view: Any) -> HTMLResponse:
        """One page, in a thread: an event of a thousand articles must not hold up other requests."""
        return await run_in_threadpool(self.render, template, **view)
