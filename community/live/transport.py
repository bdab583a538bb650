"""The way out of one socket. The only module that knows the inside of Daphne, autobahn and Twisted.

One frame goes to a thousand sockets, so it is encoded once and its bytes are handed to the kernel without a
message, a task or a copy for each. Where the line is not the one we know, autobahn's prepared message does
nearly as well; and on any other server plain `send()` does.
"""

import asyncio
import json
from functools import cached_property, partial
from typing import Any, Protocol

from autobahn.websocket.protocol import PreparedMessage
from django.conf import settings
from twisted.internet.tcp import Server

from community.live.streams import Message, reset

FRAME_BYTES = 256 * 1024  # cheaper fetched than pushed beyond; and it would fill a socket's queue by itself
TOO_SLOW = 4008
PRIVATE = ("_tempDataBuffer", "_tempDataLen", "dataBuffer", "offset", "socket", "connected", "disconnecting")


class Frame:
    """One message, ready for every socket."""

    def __init__(self, message: Message) -> None:
        self.message, self.payload = message, _packed(message)
        if len(self.payload) > FRAME_BYTES:
            self.message = reset(message["stream"], message["head"])
            self.payload = _packed(self.message)
        self.is_reset = "reset" in self.message

    def within(self, most: int) -> "Frame":
        """Itself, or a reset where it is longer than that and could be fetched. Params: most, in bytes; 0 for any."""
        if most and len(self.payload) > most and "stream" in self.message:
            return Frame(reset(self.message["stream"], self.message["head"]))
        return self

    @cached_property
    def wire(self) -> bytes:
        """As RFC 6455 writes an unmasked, unbroken text message."""
        size = len(self.payload)
        if size < 126:
            return bytes((0x81, size)) + self.payload
        if size < 65536:
            return bytes((0x81, 126)) + size.to_bytes(2, "big") + self.payload
        return bytes((0x81, 127)) + size.to_bytes(8, "big") + self.payload

    @cached_property
    def prepared(self) -> Any:
        return PreparedMessage(self.payload, False, False, True)

    @cached_property
    def text(self) -> str:
        return self.payload.decode()


def _packed(message: Message) -> bytes:
    return json.dumps(message, ensure_ascii=False, separators=(",", ":")).encode()


class Outlet(Protocol):
    """Writing never waits and never raises; what waits for a socket over its bound closes it with 4008."""

    def write(self, frame: Frame) -> None: ...

    def close(self, code: int, reason: str) -> None: ...

    def is_closed(self) -> bool: ...

    def stop(self) -> None:
        """The socket is gone."""


def outlet_of(send: Any) -> Outlet:
    """The fastest way out that this server and this line have, no faster than LIVE_TRANSPORT says."""
    protocol = _daphnes_protocol(send)
    if settings.LIVE_TRANSPORT == "plain" or protocol is None or _tcp_under(protocol.transport) is None:
        return PlainOutlet(send, protocol)
    if settings.LIVE_TRANSPORT == "direct" and _is_bare_tcp(protocol):
        return DirectOutlet(protocol)
    return PreparedOutlet(protocol)


def _daphnes_protocol(send: Any) -> Any:
    """Daphne's `send` is a partial of its `handle_reply`, whose first argument is autobahn's protocol."""
    protocol = send.args[0] if isinstance(send, partial) and send.args else None
    known = ("transport", "state", "STATE_OPEN", "sendClose", "sendPreparedMessage")
    return protocol if all(hasattr(protocol, name) for name in known) else None


def _tcp_under(transport: Any) -> Any:
    """Twisted's TCP transport, also below TLS; None where it is not what we know."""
    for _ in range(3):
        if isinstance(transport, Server) and all(hasattr(transport, name) for name in PRIVATE):
            return transport
        transport = getattr(transport, "transport", None)
    return None


def _is_bare_tcp(protocol: Any) -> bool:
    """No TLS in between, and nothing compressed by agreement."""
    return type(protocol.transport) is Server and getattr(protocol, "_perMessageCompress", None) is None


class DaphneOutlet:
    """What both ways through Daphne share."""

    def __init__(self, protocol: Any) -> None:
        self.protocol, self.tcp = protocol, _tcp_under(protocol.transport)

    def waiting_bytes(self) -> int:
        tcp = self.tcp
        above = getattr(self.protocol.transport, "_appSendBuffer", ()) if tcp is not self.protocol.transport else ()
        return int(len(tcp.dataBuffer) - tcp.offset + tcp._tempDataLen + sum(map(len, above)))

    def is_closed(self) -> bool:
        return bool(self.protocol.state != self.protocol.STATE_OPEN)

    def close(self, code: int, reason: str) -> None:
        """Autobahn cuts the line a second later if the other side does not answer."""
        if not self.is_closed():
            self.protocol.sendClose(code, reason)

    def stop(self) -> None:
        pass


class DirectOutlet(DaphneOutlet):
    """Straight into the kernel, where nothing waits before it."""

    def write(self, frame: Frame) -> None:
        protocol, tcp, wire = self.protocol, self.tcp, frame.wire
        if protocol.state != protocol.STATE_OPEN or not tcp.connected or tcp.disconnecting:
            return
        sent = 0
        if not (tcp.dataBuffer or tcp._tempDataBuffer):
            try:
                sent = tcp.socket.send(wire)
            except (BlockingIOError, InterruptedError):
                pass
            except OSError:  # the line is broken; Twisted will find out
                return
        if sent == len(wire):
            return
        if self.waiting_bytes() + len(wire) - sent > settings.LIVE_WAITING_BYTES:
            tcp.write(wire[sent:])  # a frame begun is ended, or the code would not be understood
            self.close(TOO_SLOW, "too slow")
        else:
            tcp.write(wire[sent:] if sent else wire)


class PreparedOutlet(DaphneOutlet):
    """By autobahn's prepared message: under TLS."""

    def write(self, frame: Frame) -> None:
        if self.is_closed():
            return
        if self.waiting_bytes() + len(frame.payload) > settings.LIVE_WAITING_BYTES:
            self.close(TOO_SLOW, "too slow")
        else:
            self.protocol.sendPreparedMessage(frame.prepared)


class PlainOutlet:
    """Any ASGI server. Daphne's own `send()` never waits: there its transport is measured too, where it is known."""

    def __init__(self, send: Any, protocol: Any = None) -> None:
        self.send = send
        self.beneath = DaphneOutlet(protocol) if protocol and _tcp_under(protocol.transport) else None
        # What Daphne takes in at most, autobahn also lets out at most.
        self.most = int(getattr(protocol, "maxMessagePayloadSize", 0))
        self.queue: asyncio.Queue[Message] = asyncio.Queue()
        self.waiting = 0
        self.is_closing = False
        self.task = asyncio.get_running_loop().create_task(self.pump())

    async def pump(self) -> None:
        is_over = False
        while not is_over:
            message = await self.queue.get()
            self.waiting -= len(message.get("text", ""))
            is_over = message["type"] == "websocket.close"
            await self.send(message)

    def write(self, frame: Frame) -> None:
        if self.is_closed():
            return
        frame = frame.within(self.most)
        beneath = self.beneath.waiting_bytes() if self.beneath else 0
        if self.waiting + beneath + len(frame.payload) > settings.LIVE_WAITING_BYTES:
            self.close(TOO_SLOW, "too slow")
            return
        self.waiting += len(frame.text)
        self.queue.put_nowait({"type": "websocket.send", "text": frame.text})

    def close(self, code: int, reason: str) -> None:
        if not self.is_closed():
            self.is_closing = True
            while not self.queue.empty():  # they would not be read
                self.queue.get_nowait()
            self.queue.put_nowait({"type": "websocket.close", "code": code, "reason": reason})

    def is_closed(self) -> bool:
        return self.is_closing or self.task.done()

    def stop(self) -> None:
        self.task.cancel()
