"""What a worker does beside its deliveries: it shows that it lives, and clears away what is old."""

import os
import socket
from datetime import timedelta

from django.db.models import Exists, OuterRef
from django.utils import timezone

from community.facts.models import Delivery, Fact, Heartbeat, StreamEntry
from community.facts.turns import writers_turn

KEPT = timedelta(days=30)
DEAD_AFTER = timedelta(hours=1)
SLICE = 500  # rows; each slice holds the write lock for some milliseconds only


def worker_name(lane: str) -> str:
    return f"{socket.gethostname()[:56]}:{os.getpid()}:{lane}"


def beat(worker: str) -> None:
    """One cheap statement; nobody listens to heartbeats, so they are no facts."""
    with writers_turn():
        Heartbeat.objects.bulk_create(
            [Heartbeat(worker=worker, seen_at=timezone.now())],
            update_conflicts=True,
            unique_fields=["worker"],
            update_fields=["seen_at"],
        )


def forget_the_dead() -> None:
    """Workers that were killed could not take their row away."""
    with writers_turn():
        Heartbeat.objects.filter(seen_at__lt=timezone.now() - DEAD_AFTER).delete()


def stop_beating(worker: str) -> None:
    with writers_turn():
        Heartbeat.objects.filter(worker=worker).delete()


def clear_a_slice() -> bool:
    """Delete some of what is older than 30 days and nobody waits for. True while there may be more.

    A fact stays for as long as a delivery of it waits (a reminder) or is parked.
    """
    horizon = Fact.objects.filter(at__lt=timezone.now() - KEPT).order_by("-at").values_list("pk", flat=True).first()
    if horizon is None:
        return False
    # Ids grow with time: entries are walked from the oldest, for they have no index by fact.
    oldest = StreamEntry.objects.order_by("pk").values_list("pk", "fact_id")[:SLICE]
    entries = [pk for pk, fact_id in oldest if fact_id <= horizon]
    done = Delivery.objects.filter(fact_id__lte=horizon, done_at__isnull=False).values_list("pk", flat=True)
    deliveries = list(done[:SLICE])
    for model, keys in (
        (StreamEntry, entries),
        (Delivery, deliveries),
        (Fact, [] if entries or deliveries else _facts_of_no_delivery(horizon)),  # last: they tell the horizon
    ):
        if keys:
            with writers_turn():
                model.objects.filter(pk__in=keys).delete()
            return True
    return False


def _facts_of_no_delivery(horizon: int) -> list[int]:
    unheard = Exists(Delivery.objects.filter(fact=OuterRef("pk")))
    return list(Fact.objects.filter(~unheard, pk__lte=horizon).order_by("pk").values_list("pk", flat=True)[:SLICE])
