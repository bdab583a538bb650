"""What the site is compared with, each under the same Daphne.

hello: an ASGI application that only says hello, the floor.
usual: an empty view behind Django's usual eight pieces of middleware, by Django's own ASGI handler.
chain: the same empty view behind all of our own middleware, in one hop.
"""

import os
import sys
from typing import Any

from daphne.server import Server

USUAL = [
    "django.middleware.security.SecurityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]


async def hello(scope: Any, receive: Any, send: Any) -> None:
    headers = [(b"content-type", b"text/plain"), (b"content-length", b"5")]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await send({"type": "http.response.body", "body": b"hello"})


def django_application(what: str) -> Any:
    """With an empty view at `/empty/`."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "community.settings"
    import django
    from django.conf import settings

    settings.ROOT_URLCONF = "benchmarks.empty"
    django.setup(set_prefix=False)
    if what == "usual":
        from django.core.handlers.asgi import ASGIHandler

        settings.MIDDLEWARE = USUAL  # only now: some apps insist on theirs
        return ASGIHandler()
    from community.onehop import OneHop

    return OneHop()


if __name__ == "__main__":
    what, port = sys.argv[1], sys.argv[2]
    application = hello if what == "hello" else django_application(what)
    Server(application, endpoints=[f"tcp:port={port}:interface=127.0.0.1"]).run()
