"""Makes the house ready to be opened: what `make run` does before it serves."""

import io
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from community.demo import loading, people
from community.search.generations import rebuild
from community.search.standing import is_answering


class Command(BaseCommand):
    help = "Migrate, load the demonstration into an empty database, say where the doors are."
    requires_system_checks = ()

    def handle(self, *args: Any, **options: Any) -> None:
        executor = MigrationExecutor(connection)
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            call_command("migrate", interactive=False, verbosity=0)
        if settings.DEMONSTRATION:
            if loading.is_empty():
                self.stdout.write("Loading the demonstration (once) …")
            call_command("demo", stdout=io.StringIO())  # also moves invented sessions on
        if not is_answering():  # the first start, or an index that was thrown away
            rebuild()
        self.stdout.write(welcome())


def welcome() -> str:
    """Where to go, and as whom."""
    lines = ["", f"  Frontline   {settings.PUBLIC_ORIGIN}/"]
    if settings.DEMONSTRATION:
        lines += [f"  Its mails   {settings.PUBLIC_ORIGIN}/mailbox/", ""]
        lines += [f"  {f'{handle}@{people.DOMAIN}':<28}{role}" for handle, role in people.ACCOUNTS.items()]
        lines += [f"  {'password of all':<28}{people.PASSWORD}"]
    return "\n".join([*lines, "", "  Ctrl-C stops it.", ""])
