"""Who hears what, and how their deliveries stand."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from community.facts.listeners import HEARS, LISTENERS, Listener
from community.facts.queries import standings


class Command(BaseCommand):
    help = "Print each fact and who listens to it; with --status, what waits and what is parked."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--status", action="store_true", help="count deliveries that wait or are parked")

    def handle(self, *, status: bool, **options: Any) -> None:
        if status:
            self.print_status()
        else:
            self.print_listeners()

    def print_listeners(self) -> None:
        for name in sorted(name for name in HEARS if HEARS[name]):
            self.stdout.write(name)
            for listener in HEARS[name]:
                self.stdout.write(f"    {described(listener)}")
        heard_by_fact = {listener.name for listeners in HEARS.values() for listener in listeners}
        for name in sorted(LISTENERS.keys() - heard_by_fact):
            self.stdout.write(f"(one delivery a recipient)\n    {described(LISTENERS[name])}")

    def print_status(self) -> None:
        rows = standings()
        for row in rows:
            since = f" since {row.oldest_due_at:%Y-%m-%d %H:%M:%S}Z" if row.oldest_due_at else ""
            self.stdout.write(
                f"{row.listener} ({row.lane}): {row.waiting} waiting{since}, {row.later} for later, {row.parked} parked"
            )
        if not rows:
            self.stdout.write("Nothing waits, nothing is parked.")


def described(listener: Listener) -> str:
    return f"{listener.name} ({listener.lane}{', in batches' if listener.takes_many else ''})"
