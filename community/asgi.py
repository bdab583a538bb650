# ruff: noqa: E402 - rooms can be imported only once Django stands
"""The roof: static files, kept pages, Django and sockets joined."""

import gc
import os
import sys
from pathlib import Path

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "community.settings")
django.setup(set_prefix=False)

from channels.routing import ProtocolTypeRouter
from django.conf import settings
from servestatic import ServeStaticASGI

from community.checks import refuse_demonstration_accounts
from community.kept.front import KeptPages
from community.live.reader import reader
from community.onehop import Application, OneHop
from community.routing import sockets

# Threads that render pages hold the interpreter for so long before the loop gets its turn. With Python's 5 ms
# kept pages took twice as long beside cold ones (p50 25 ms instead of 13, measured with 4 guests of each).
SWITCH_SECONDS = 0.001


def with_static_files(http: Application) -> Application:
    """Static files in front. Those whose name holds their content's hash stay in browsers for ever."""
    if not Path(settings.STATIC_ROOT).is_dir():
        return http
    static: Application = ServeStaticASGI(
        http, root=settings.STATIC_ROOT, prefix=settings.STATIC_URL, allow_all_origins=False
    )
    return static


refuse_demonstration_accounts()
sys.setswitchinterval(SWITCH_SECONDS)
django_itself = OneHop()
http = KeptPages(django_itself, reader=reader) if settings.KEPT_PAGES else django_itself
application = ProtocolTypeRouter({"http": with_static_files(http), "websocket": sockets})

# What was loaded until now stays: the collector need not walk it again at each of its rounds.
gc.collect()
gc.freeze()
