"""Only requests for the names this desk is served under, so that no other page can read it."""

from collections.abc import Collection

from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

REFUSAL = """This desk answers to other names only. If it is yours, start it with the name that your
browser asks for: copytaster serve --name news.example.org
"""


class KnownHosts:
    """ASGI middleware that refuses what asks for another host; starlette's own names no remedy."""

    def __init__(self, app: ASGIApp, hosts: Collection[str] | None) -> None:
        """Wrap `app`; no `hosts` means: any."""
        self.app = app
        self.hosts = hosts and {host.lower() for host in hosts}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer as the wrapped application does, or refuse."""
        app = self.app
        if scope["type"] == "http" and self.hosts is not None:
            host = Headers(scope=scope).get("host", "").lower()
            name = host if host.endswith("]") else host.rpartition(":")[0] or host
            if name not in self.hosts:
                app = PlainTextResponse(REFUSAL, 400)
        await app(scope, receive, send)
