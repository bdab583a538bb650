"""Where sockets go."""

from community.live.consumer import LiveConsumer
from community.live.origins import ExactOrigin

sockets = ExactOrigin(LiveConsumer.as_asgi(), path="/live/")
