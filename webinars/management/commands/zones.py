"""After the rules of time zones have changed: which sessions that moved, and what shall stay of each."""

import sys
from argparse import ArgumentParser
from datetime import UTC
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from webinars.actions import settle_zone
from webinars.models import Session
from webinars.plans import instant, wall_time
from webinars.queries.schedule import astray

LOCAL, INSTANT, LATER = "local", "instant", "later"


class Command(BaseCommand):
    help = (
        "List the sessions to come whose local time is at another instant since the rules of their zones changed, and "
        "ask what shall stay: the local time (calendars and attendees are told) or the instant. Where nobody can be "
        "asked, say it with --keep."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("deed", choices=["check"], nargs="?", default="check")
        parser.add_argument("--keep", choices=[LOCAL, INSTANT], help="of all of them, without being asked")

    def handle(self, *, keep: str | None, **options: Any) -> None:
        found = astray()
        if not found:
            self.stdout.write("Every session to come is at the instant that its local time says.")
        left = 0
        for session in found:
            self.tell(session)
            kept = keep or self.ask()
            if kept == LATER:
                left += 1
            else:
                settle_zone(session.pk, keeps_local=kept == LOCAL)
                self.stdout.write("  settled")
        if left:
            raise CommandError(f"{left} wait to be settled: manage.py zones check, or with --keep local or instant")

    def tell(self, session: Session) -> None:
        now = instant(session.starts_local, session.timezone)
        self.stdout.write(f"{session.series.slug}/{session.slug}, announced for {session.starts_local}")
        self.stdout.write(f"  in {session.timezone}: that was {session.starts_at.astimezone(UTC):%Y-%m-%d %H:%M} UTC")
        self.stdout.write(f"  local: {session.starts_local} stays, which is {now:%Y-%m-%d %H:%M} UTC from now on")
        self.stdout.write(f"  instant: it stays, which is {wall_time(session.starts_at, session.timezone)} there")

        if until := session.registration_until_local:
            self.stdout.write(f"  registration until {until} there, which stays or moves with it")

    def ask(self) -> str:
        if not sys.stdin.isatty():
            return LATER
        answer = ""
        while answer not in (LOCAL, INSTANT, LATER):
            answer = input("  What shall stay? local, instant, later: ").strip().lower()
        return answer
