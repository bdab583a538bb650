"""Where sockets go."""

from typing import Any

from channels.routing import URLRouter
from django.urls import path, re_path

from community.live.consumer import LiveConsumer
from community.live.origins import ExactOrigin, refuse

elsewhere: Any = refuse  # Django types its routes for views alone
sockets = ExactOrigin(URLRouter([path("live/", LiveConsumer.as_asgi()), re_path("", elsewhere)]))
