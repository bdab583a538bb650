"""The one consumer of the whole site. It has no channel of its own: the reader writes to its outlet."""

import logging
from typing import Any

from channels.generic.websocket import AsyncWebsocketConsumer
from django.conf import settings

from community.limits.addresses import address_of_scope
from community.live.keep import ACCESS, heads_of
from community.live.limits import SESSION_OVER, TOO_MANY_STREAMS, Pace, Refusal, insist_on_room
from community.live.messages import Here, Subscribe, Typing, Unsubscribe, understood
from community.live.news import Admission, SessionOver, read_admission
from community.live.reader import reader
from community.live.reading import reading_at_the_door
from community.live.transport import Outlet, outlet_of
from community.live.visitors import GUEST, Visitor, session_key_of, visitor_of
from community.live.watching import Socket, Subscription

log = logging.getLogger(__name__)
OUT_OF_ORDER = Refusal(1011, "out of order")


def read_visitor(session_key: str) -> tuple[Visitor, int]:
    """Who she is, and the number of `access` before that was asked."""
    access = heads_of([ACCESS])[ACCESS]
    return visitor_of(session_key), access


def admitted(
    outlet: Outlet, stream: str, since: int | None, language: str, visitor: Visitor, access: int
) -> Admission | None:
    """On a thread. None where the socket was cut while it waited its turn."""
    return None if outlet.is_closed() else read_admission(stream, since, language, visitor, access)


class LiveConsumer(AsyncWebsocketConsumer):  # type: ignore[misc]  # Channels ships no types
    """Listens to its socket alone, without Channels' own loop: that keeps two tasks a socket for a channel that is not
    there, and at each message sends a thread to close connections, of which a socket has none."""

    socket: Socket | None = None

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        self.scope, self.base_send = scope, send
        try:
            while True:
                message = await receive()
                match message["type"]:
                    case "websocket.connect":
                        await self.connect()
                    case "websocket.receive":
                        await self.websocket_receive(message)
                    case "websocket.disconnect":
                        return
        finally:  # also where Daphne cancels us, which calls no `disconnect()`
            self.leave()

    def leave(self) -> None:
        if self.socket:
            reader.leave(self.socket)
            self.socket.outlet.stop()

    async def connect(self) -> None:
        """Accept first: whoever is refused is told why, and nobody waits for the database with an open handshake."""
        reader.ensure_running()
        await self.accept()
        self.pace, outlet = Pace(), outlet_of(self.base_send)
        key = session_key_of(self.scope)
        try:
            visitor, access = await reading_at_the_door(read_visitor, key) if key else (GUEST, 0)
        except Exception as error:
            log.warning("a socket could not be opened: %r", error)
            return outlet.close(OUT_OF_ORDER.code, OUT_OF_ORDER.reason)
        self.socket = Socket(outlet, visitor, address_of_scope(self.scope), access)
        reader.watch.enter(self.socket)
        try:
            insist_on_room(reader.watch, self.socket)
        except Refusal as refusal:
            self.refuse(refusal)

    def refuse(self, refusal: Refusal) -> None:
        if self.socket:
            reader.leave(self.socket)
            self.socket.outlet.close(refusal.code, refusal.reason)

    async def receive(self, text_data: str | None = None, bytes_data: bytes | None = None) -> None:
        if self.socket is None or self.socket not in reader.watch.sockets:  # closed, and not yet gone
            return
        try:
            self.pace.step()
            await self.obey(self.socket, understood(text_data))
        except Refusal as refusal:
            self.refuse(refusal)
        except SessionOver:
            self.refuse(SESSION_OVER)
        except Exception as error:  # the database is away: the page comes again, or polls
            log.warning("a socket was closed: %r", error)
            self.refuse(OUT_OF_ORDER)

    async def obey(self, socket: Socket, said: Subscribe | Unsubscribe | Here | Typing) -> None:
        match said:
            case Subscribe():
                await self.subscribe(socket, said)
            case Unsubscribe():
                reader.presence.left(socket, said.stream)
                reader.watch.unsubscribe(socket, said.stream)
            case Here() | Typing() if said.stream in socket.subscriptions:
                writing = isinstance(said, Typing)
                reader.presence.say(socket.visitor, said.stream, writing=writing, hidden=said.hidden)

    async def subscribe(self, socket: Socket, said: Subscribe) -> None:
        if said.stream not in socket.subscriptions and len(socket.subscriptions) >= settings.LIVE_STREAMS:
            raise TOO_MANY_STREAMS
        admission = await reading_at_the_door(
            admitted, socket.outlet, said.stream, said.since, said.language, socket.visitor, socket.access
        )
        if admission is None or socket not in reader.watch.sockets:
            return
        reader.watch.unsubscribe(socket, said.stream)
        if admission.audience is not None and not admission.backlog.is_reset:
            reader.join(
                Subscription(socket, said.stream, said.language, admission.audience, admission.access, admission.head),
                admission.backlog,
            )
        else:
            socket.outlet.write(admission.backlog)
