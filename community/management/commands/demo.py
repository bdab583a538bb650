from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from community.demo import loading, people


class Command(BaseCommand):
    help = "Fill an empty house with the demonstration; in one that is filled, move the invented sessions on."

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEMONSTRATION:
            raise CommandError("This is not a demonstration: set DEMONSTRATION=1 for one.")
        now = timezone.now()
        if loading.is_empty():
            loading.load(now=now)
            self.stdout.write("The demonstration is loaded.")
        else:
            moved = loading.move_on(now=now)
            self.stdout.write(f"There are members already: nothing was loaded; {moved} invented sessions moved on.")
        self.stdout.write(f"Sign in with the password {people.PASSWORD} as one of:")
        for handle, role in people.ACCOUNTS.items():
            self.stdout.write(f"  {f'{handle}@{people.DOMAIN}':<26} {role}")
