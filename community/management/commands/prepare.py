"""Makes the house ready to be opened: what `make run` does before it serves."""

import tomllib
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management import call_command, get_commands
from django.core.management.base import BaseCommand
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

ACCOUNTS = ("ana", "bo", "cai", "dee", "eve")  # one a role, among the demonstration's members
PASSWORD = "frontline-demo"  # noqa: S105  (public; production refuses to start where it opens anything)


class Command(BaseCommand):
    help = "Migrate, load the demonstration into an empty database, say where the doors are."
    requires_system_checks = ()

    def handle(self, *args: Any, **options: Any) -> None:
        executor = MigrationExecutor(connection)
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            call_command("migrate", interactive=False, verbosity=0)
        if settings.DEMONSTRATION and "demo" in get_commands() and not get_user_model().objects.exists():
            self.stdout.write("Loading the demonstration (once) …")
            call_command("demo")
        self.stdout.write(welcome())


def welcome() -> str:
    """Where to go, and as whom."""
    lines = ["", f"  Frontline   {settings.PUBLIC_ORIGIN}/"]
    if settings.DEMONSTRATION:
        lines += [f"  Mails       {settings.PUBLIC_ORIGIN}/mailbox/", "", *accounts()]
        lines += [f"  The password of all five: {PASSWORD}"]
    return "\n".join([*lines, "", "  Ctrl-C stops it.", ""])


def accounts() -> list[str]:
    members = tomllib.loads((settings.BASE_DIR / "community" / "demo" / "members.toml").read_text())
    told = [(key, members[key]) for key in ACCOUNTS]
    return [f"  {key}@frontline.example   {who['position']}, {who['city']}" for key, who in told]
