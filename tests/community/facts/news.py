"""Facts and actions that only the tests know. What they write is Organisations: two plain columns."""

from dataclasses import dataclass
from datetime import datetime

from community.facts.actions import action, record
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
