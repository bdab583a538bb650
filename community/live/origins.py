"""Who may open a socket: pages of this site and nobody else's."""

from collections.abc import Awaitable, Callable
from typing import Any

from django.conf import settings

Application = Callable[[Any, Any, Any], Awaitable[None]]


class ExactOrigin:
    """Scheme, host and port as the browser says them. (Channels' validator by hosts lets any port and scheme in.)

    Params: application, the sockets at path; there are none elsewhere. It stays in no socket's way: with the
    router of Channels each would hold a second copy of its handshake, and the steps that led to it.
    """

    def __init__(self, application: Application, *, path: str) -> None:
        self.application, self.path = application, path

    def __call__(self, scope: Any, receive: Any, send: Any) -> Awaitable[None]:
        origins = [value for name, value in scope["headers"] if name == b"origin"]
        is_ours = len(origins) == 1 and origins[0] in {origin.encode() for origin in settings.ALLOWED_ORIGINS}
        welcome = self.application if is_ours and scope["path"] == self.path else refuse
        return welcome(scope, receive, send)


async def refuse(scope: Any, receive: Any, send: Any) -> None:
    """403, before any handshake."""
    await receive()
    await send({"type": "websocket.close", "code": 1008})
