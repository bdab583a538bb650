"""Facts and actions that only the tests know. What they write is Organisations: two plain columns."""

from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from community.facts.actions import action, record
from community.facts.models import Delivery
from community.members.models import Organisation


@dataclass(frozen=True)
class TeaMade:
    pot_id: int


@dataclass(frozen=True)
class TeaSpilt:
    pot_id: int


@action
def make_tea(pot_id: int = 1, *, streams: tuple[str, ...] = ("kitchen",), due_at: datetime | None = None) -> None:
    Organisation.objects.create(slug=f"pot-{pot_id}", name="tea")
    record(TeaMade(pot_id=pot_id), streams=streams, due_at=due_at)


@action
def tell(*pot_ids: int, streams: tuple[str, ...] = ()) -> None:
    for pot_id in pot_ids:
        record(TeaMade(pot_id=pot_id), streams=streams)


def pots() -> list[str]:
    return list(Organisation.objects.order_by("slug").values_list("slug", flat=True))


def serve_a_cup(name: str) -> None:
    Organisation.objects.create(slug=f"cup-{name}-{Organisation.objects.count()}", name="cup")


def cups() -> int:
    return Organisation.objects.filter(name="cup").count()


def make_all_due() -> None:
    Delivery.objects.filter(done_at=None, parked_at=None).update(due_at=timezone.now())


def undone() -> int:
    return Delivery.objects.filter(done_at=None).count()


class Broken(Exception):
    pass
