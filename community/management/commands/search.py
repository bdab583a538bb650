"""The indexes of the search: how they stand, made anew, compared with the database."""

from argparse import ArgumentParser
from collections.abc import Callable
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from community.search import meaning
from community.search.engine import EngineUnavailable
from community.search.generations import AlreadyBuilding, compare, live, rebuild, repair, roll_back
from community.search.models import Generation, Standing
from community.search.standing import standing


class Command(BaseCommand):
    help = (
        "Status of the search; rebuild beside the live index and switch; compare with the database; go back; "
        "read what everything means."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        deeds = ["status", "rebuild", "check", "rollback", "meanings"]
        parser.add_argument("deed", choices=deeds, nargs="?", default="status")
        parser.add_argument("--repair", action="store_true", help="with check: mend what differs")

    def handle(self, *, deed: str, repair: bool, **options: Any) -> None:
        deeds: dict[str, Callable[[], None]] = {
            "status": self.tell,
            "rebuild": self.rebuild,
            "check": lambda: self.compare(mend=repair),
            "rollback": self.roll_back,
            "meanings": self.read_meanings,
        }
        try:
            deeds[deed]()
        except EngineUnavailable as error:
            raise CommandError(f"The engine does not answer: {error}") from error

    def tell(self) -> None:
        now = standing()
        self.stdout.write(f"{now.engine}: {'answers' if now.is_healthy else 'does not answer'}")
        for each in Generation.objects.order_by("pk"):
            self.stdout.write(f"{each.name} {Standing(each.standing).label}, begun {each.begun_at:%Y-%m-%d %H:%M}Z")
        self.stdout.write(f"{now.waiting} deliveries wait, {now.parked} are parked")

    def rebuild(self) -> None:
        try:
            made = rebuild()
        except AlreadyBuilding:
            raise CommandError("Another rebuild is on its way.") from None
        self.stdout.write(f"{made.name} answers from now on.")

    def compare(self, *, mend: bool) -> None:
        generation = live()
        if generation is None:
            raise CommandError("No index answers yet: manage.py search rebuild")
        drift = compare(generation)
        for name, keys in {"missing": drift.missing, "extra": drift.extra, "stale": drift.stale}.items():
            for key in keys:
                self.stdout.write(f"{name} {key}")
        if not drift:
            self.stdout.write("Database and index say the same.")
        elif mend:
            self.stdout.write(f"{repair(generation, drift)} mended.")
        else:
            raise CommandError(f"{len(drift.keys)} differ. Mend them: manage.py search check --repair")

    def roll_back(self) -> None:
        before = roll_back()
        if before is None:
            raise CommandError("There is no earlier index to go back to.")
        self.stdout.write(f"{before.name} answers from now on.")

    def read_meanings(self) -> None:
        """Once, after the extra was installed: from then on the worker follows."""
        if not meaning.is_there():
            raise CommandError("The extra is not installed: pip install '.[semantic]'")
        self.stdout.write(f"{meaning.follow_everything()} texts were read.")
