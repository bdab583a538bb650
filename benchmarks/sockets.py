"""What the site's sockets are compared with: python -m benchmarks.sockets bare|usual PORT.

bare: a `websockets` server that broadcasts what is posted to it, the floor. usual: one consumer a socket, its own
channel, and a group on channels_redis' pub/sub layer, as tutorials have it, under Daphne.
Both write the very payload they are given: the first message of a socket that says `publish`.
"""

import asyncio
import os
import sys
from typing import Any


async def bare(port: int) -> None:
    import websockets
    from websockets.asyncio.server import broadcast, serve

    listening: set[Any] = set()

    async def hold(socket: Any) -> None:
        listening.add(socket)
        try:
            async for message in socket:
                broadcast(listening - {socket}, message)
        except websockets.ConnectionClosed:
            pass
        finally:
            listening.discard(socket)

    async with serve(hold, "127.0.0.1", port, compression=None, ping_interval=None, max_size=None):
        await asyncio.get_running_loop().create_future()


def usual(port: int) -> None:
    from django.conf import settings

    layer = {
        "BACKEND": "channels_redis.pubsub.RedisPubSubChannelLayer",
        "CONFIG": {"hosts": [{"address": os.environ["REDIS_URL"], "socket_timeout": None}]},
    }
    settings.configure(INSTALLED_APPS=["channels"], CHANNEL_LAYERS={"default": layer}, ALLOWED_HOSTS=["*"])
    import django

    django.setup()
    from channels.generic.websocket import AsyncWebsocketConsumer
    from channels.routing import ProtocolTypeRouter
    from daphne.server import Server

    class Usual(AsyncWebsocketConsumer):
        async def connect(self) -> None:
            await self.channel_layer.group_add("all", self.channel_name)
            await self.accept()

        async def disconnect(self, code: int) -> None:
            await self.channel_layer.group_discard("all", self.channel_name)

        async def receive(self, text_data: str | None = None, bytes_data: bytes | None = None) -> None:
            await self.channel_layer.group_send("all", {"type": "tell", "text": text_data})

        async def tell(self, event: dict[str, str]) -> None:
            await self.send(text_data=event["text"])

    application = ProtocolTypeRouter({"websocket": Usual.as_asgi()})
    Server(application, endpoints=[f"tcp:port={port}:interface=127.0.0.1"]).run()


if __name__ == "__main__":
    what, port = sys.argv[1], int(sys.argv[2])
    if what == "bare":
        asyncio.run(bare(port))
    else:
        usual(port)
