"""Carries deliveries in a process of its own; any number of them may run."""

import signal
import threading
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from community.checks import refuse_demonstration_accounts
from community.facts.worker import start_workers, stop_workers, work_off
from community.search.beginning import make_index_in_background

PATIENCE_SECONDS = 35  # for deliveries under way, at the end: a little over their time limit


class Command(BaseCommand):
    help = "Carry facts to their listeners until told to stop."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--once", action="store_true", help="carry out what is due, then leave")

    def handle(self, *, once: bool, **options: Any) -> None:
        refuse_demonstration_accounts()
        if once:
            self.stdout.write(f"{work_off()} carried out")
            return
        told = threading.Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: told.set())
        workers = start_workers()
        make_index_in_background()
        told.wait()
        stop_workers(workers, seconds=PATIENCE_SECONDS)
