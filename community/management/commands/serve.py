"""The site in one process: HTTP, sockets and (unless told otherwise) the worker's threads."""

import logging
from argparse import ArgumentParser
from typing import Any

from channels.routing import get_default_application
from daphne.server import Server
from django.conf import settings
from django.core.management.base import BaseCommand
from django.db import connection

from community.checks import refuse_demonstration_accounts
from community.facts.leases import free_all_leases
from community.facts.models import Delivery
from community.facts.worker import start_workers, stop_workers
from community.search.beginning import make_index_in_background

MESSAGE_BYTES = 64 * 1024  # the most that a socket may say at once
PATIENCE_SECONDS = 10  # for deliveries under way, at the end


class Command(BaseCommand):
    help = "Serve the site over HTTP/1 and WebSocket; the worker runs along in threads."
    requires_system_checks = []  # `manage.py check` has its own time; this one starts fast

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--port", type=int, default=settings.PORT)
        parser.add_argument("--interface", default="127.0.0.1", help="the address to listen at")
        parser.add_argument("--no-worker", action="store_true", help="`manage.py work` carries the deliveries")

    def handle(self, *, port: int, interface: str, no_worker: bool, **options: Any) -> None:
        refuse_demonstration_accounts()
        logging.getLogger("daphne").setLevel(logging.WARNING)
        insist_on_tables()
        application = get_default_application()
        if not no_worker and connection.vendor == "sqlite":
            free_all_leases()
        workers = [] if no_worker else start_workers()
        if workers:
            make_index_in_background()
        try:
            listen(application, port=port, interface=interface)  # until SIGTERM or SIGINT
        finally:
            stop_workers(workers, seconds=PATIENCE_SECONDS)


def insist_on_tables() -> None:
    """Raises: SystemExit where the database is empty. Whether it is as this version needs it, `/readyz` says."""
    if Delivery._meta.db_table not in connection.introspection.table_names():
        raise SystemExit("The database has no tables yet: run python manage.py migrate first.")


def listen(application: Any, *, port: int, interface: str) -> None:
    """Raises: SystemExit where the address is taken."""
    address = interface.replace(":", r"\:")  # IPv6, in Twisted's words
    server = Server(
        application,
        endpoints=[f"tcp:port={port}:interface={address}"],
        websocket_max_message_size=MESSAGE_BYTES,
        websocket_max_frame_size=MESSAGE_BYTES,
        server_name="frontline",
    )
    server.run()
    if not server.listening_addresses:
        raise SystemExit(f"Cannot listen on {interface}, port {port}: is another server running there?")
