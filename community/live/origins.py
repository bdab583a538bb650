"""Who may open a socket: pages of this site and nobody else's."""

from collections.abc import Awaitable, Callable
from typing import Any

from django.conf import settings

Application = Callable[[Any, Any, Any], Awaitable[None]]


class ExactOrigin:
    """Scheme, host and port as the browser says them. (Channels' validator by hosts lets any port and scheme in.)"""

    def __init__(self, application: Application) -> None:
        self.application = application

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        origins = [value for name, value in scope["headers"] if name == b"origin"]
        if len(origins) == 1 and origins[0] in {origin.encode() for origin in settings.ALLOWED_ORIGINS}:
            await self.application(scope, receive, send)
        else:
            await refuse(scope, receive, send)


async def refuse(scope: Any, receive: Any, send: Any) -> None:
    """403, before any handshake."""
    await receive()
    await send({"type": "websocket.close", "code": 1008})
