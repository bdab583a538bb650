"""What /metrics tells: of this process as it goes along, of the deliveries when it is asked."""

from collections.abc import Iterable

from django.utils import timezone
from prometheus_client import (
    CollectorRegistry,
    Counter,
    GCCollector,
    Histogram,
    ProcessCollector,
    disable_created_metrics,
    generate_latest,
)
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector

from community.facts.queries import Standing, last_heartbeat, standings
from community.search.generations import live

disable_created_metrics()  # type: ignore[no-untyped-call]  # one more line a counter, which nobody reads
REGISTRY = CollectorRegistry()
REQUESTS = Counter(
    "frontline_requests", "Requests answered by Django, by class of status.", ["status"], registry=REGISTRY
)
SECONDS = Histogram(
    "frontline_request_seconds",
    "How long Django took for a request.",
    buckets=(0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10),
    registry=REGISTRY,
)
ACTIONS = Counter("frontline_actions", "Actions committed that had something to tell.", registry=REGISTRY)


def count_request(*, status: int, seconds: float) -> None:
    REQUESTS.labels(f"{status // 100}xx").inc()
    SECONDS.observe(seconds)


def count_action(_heads: dict[str, int]) -> None:
    ACTIONS.inc()


class Deliveries(Collector):
    """One look at the database at each scrape: any process can tell for all."""

    def collect(self) -> Iterable[GaugeMetricFamily]:
        standing = standings()
        yield by_listener("waiting", "Deliveries that are due.", {row: row.waiting for row in standing})
        yield by_listener("parked", "Deliveries given up until someone looks.", {row: row.parked for row in standing})
        now = timezone.now()
        overdue = {row: (now - row.oldest_due_at).total_seconds() if row.oldest_due_at else 0.0 for row in standing}
        yield by_listener("oldest_seconds", "How long the oldest due delivery has been due.", overdue)
        seen = last_heartbeat()
        age = (now - seen).total_seconds() if seen else float("inf")
        yield GaugeMetricFamily("frontline_worker_heartbeat_seconds", "Since any worker was seen.", value=age)


class Search(Collector):
    """How the index that answers stands to the database, as the last night's comparison found."""

    def collect(self) -> Iterable[GaugeMetricFamily]:
        index = live()
        age = (timezone.now() - index.checked_at).total_seconds() if index and index.checked_at else float("inf")
        differed = index.differed if index else 0
        yield GaugeMetricFamily("frontline_search_index", "Whether an index answers.", value=int(index is not None))
        yield GaugeMetricFamily("frontline_search_checked_seconds", "Since it was compared last.", value=age)
        yield GaugeMetricFamily("frontline_search_differed", "Documents that differed then.", value=differed)


def by_listener(name: str, says: str, figures: dict[Standing, float]) -> GaugeMetricFamily:
    family = GaugeMetricFamily(f"frontline_deliveries_{name}", says, labels=["listener", "lane"])
    for row, figure in figures.items():
        family.add_metric([row.listener, row.lane], figure)
    return family


REGISTRY.register(Deliveries())
REGISTRY.register(Search())
ProcessCollector(registry=REGISTRY)
GCCollector(registry=REGISTRY)


def exposition() -> bytes:
    """All of it, in the text format of Prometheus."""
    return bytes(generate_latest(REGISTRY))
