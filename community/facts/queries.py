"""How deliveries stand."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Max, Min, Q
from django.utils import timezone

from community.facts.models import Delivery, Heartbeat


@dataclass(frozen=True)
class Standing:
    """Of one listener. Deliveries for a later day are not waiting."""

    listener: str
    lane: str
    waiting: int
    later: int
    parked: int
    oldest_due_at: datetime | None


def standings() -> list[Standing]:
    """Every listener with something undone."""
    now = timezone.now()
    rows = (
        Delivery.objects.filter(done_at=None)
        .values("listener", "lane")
        .annotate(
            waiting=Count("pk", filter=Q(parked_at=None, due_at__lte=now)),
            later=Count("pk", filter=Q(parked_at=None, due_at__gt=now)),
            parked=Count("pk", filter=Q(parked_at__isnull=False)),
            oldest_due_at=Min("due_at", filter=Q(parked_at=None, due_at__lte=now)),
        )
        .order_by("listener", "lane")
    )
    return [Standing(**row) for row in rows]


def last_heartbeat() -> datetime | None:
    """When any worker was last seen; None if there is none."""
    last: datetime | None = Heartbeat.objects.aggregate(last=Max("seen_at"))["last"]
    return last
