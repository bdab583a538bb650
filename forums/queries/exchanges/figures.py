"""How exchanges go, for programme managers: in numbers, without a word of what is said in them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from statistics import median

from community.members.choices import Region
from forums.models import Exchange

DAY = 24 * 60 * 60
Dates = tuple[str, datetime, datetime | None, datetime | None, datetime | None]


@dataclass(frozen=True)
class Figures:
    """Medians in days, None where there is none yet."""

    asked: int
    matched: int
    met: int
    outcomes: int
    days_to_match: float | None
    days_to_meet: float | None
    days_to_outcome: float | None


def figures(rows: Iterable[Dates]) -> Figures:
    """Params: rows, of one region or of all: region, asked, matched, met, outcome."""
    all_rows = list(rows)
    return Figures(
        asked=len(all_rows),
        matched=sum(row[2] is not None for row in all_rows),
        met=sum(row[3] is not None for row in all_rows),
        outcomes=sum(row[4] is not None for row in all_rows),
        days_to_match=_median_days((row[1], row[2]) for row in all_rows),
        days_to_meet=_median_days((row[2], row[3]) for row in all_rows),
        days_to_outcome=_median_days((row[3], row[4]) for row in all_rows),
    )


def figures_by_region() -> tuple[Figures, list[tuple[Region, Figures]]]:
    """Of all regions together, and of each where something was asked; hidden requests do not count. One query."""
    columns = ("city__region", "asked_at", "matched_at", "met_at", "ended_at")
    rows: list[Dates] = list(Exchange.objects.filter(hidden_at=None).values_list(*columns))
    by_region = [(region, [row for row in rows if row[0] == region.value]) for region in Region]
    return figures(rows), [(region, figures(here)) for region, here in by_region if here]


def _median_days(spans: Iterable[tuple[datetime | None, datetime | None]]) -> float | None:
    days = [(end - start).total_seconds() / DAY for start, end in spans if start is not None and end is not None]
    return round(median(days), 1) if days else None
