"""Building an index beside the one that answers, comparing, switching, going back."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta

from django.db import IntegrityError
from django.utils import timezone

from community.facts.actions import action, record
from community.facts.listeners import fact_name
from community.facts.models import Delivery
from community.search.actions import index_later
from community.search.documents import FINDABLE, documents_of
from community.search.engines import engine
from community.search.facts import IndexCheckDue, ThingsToIndex
from community.search.feeding import index_keys, sliced
from community.search.models import Generation, Standing
from community.search.synonyms import synonyms

CHECKED_AT = time(2, 30)  # UTC, each night
DEAD_AFTER = timedelta(hours=2)  # what has been building so long is nobody's any more


class AlreadyBuilding(Exception):
    """Another rebuild is on its way."""


@dataclass(frozen=True)
class Drift:
    """Keys by which database and index differ."""

    missing: list[str]
    extra: list[str]
    stale: list[str]

    def __bool__(self) -> bool:
        return bool(self.missing or self.extra or self.stale)

    @property
    def keys(self) -> list[str]:
        return [*self.missing, *self.extra, *self.stale]


def live() -> Generation | None:
    return Generation.objects.filter(standing=Standing.LIVE).first()


def rebuild() -> Generation:
    """A new index from all there is, while readers are answered from the old one and both are fed.

    Raises: AlreadyBuilding; EngineUnavailable, and then nothing has changed for readers.
    """
    made = _begin()
    try:
        engine().ensure(made.name, synonyms())
        index_keys(every_key(), [made.name])
        drift = compare(made)
        if drift:  # what changed while it was read
            index_keys(drift.keys, [made.name])
    except BaseException:
        _give_up(made)
        raise
    switch_to(made)
    forget_old()
    return made


def every_key() -> Iterator[str]:
    for prefix, findable in FINDABLE.items():
        for ids in findable.ids():
            yield from (f"{prefix}-{pk}" for pk in ids)


def compare(generation: Generation) -> Drift:
    in_index = dict(engine().versions(generation.name))
    missing, stale = list[str](), list[str]()
    for part in sliced(every_key()):
        for document in documents_of(part):
            version = in_index.pop(document.key, None)
            if version is None:
                missing.append(document.key)
            elif version != document.version:
                stale.append(document.key)
    return Drift(missing=missing, extra=sorted(in_index), stale=stale)


def repair(generation: Generation, drift: Drift) -> int:
    return index_keys(drift.keys, [generation.name])


@action
def switch_to(generation: Generation) -> None:
    """From the next question on, readers are answered from it. The inverse is to switch back.

    Records: IndexCheckDue, for the night.
    """
    Generation.objects.filter(standing=Standing.LIVE).exclude(pk=generation.pk).update(standing=Standing.RETIRED)
    Generation.objects.filter(pk=generation.pk).update(standing=Standing.LIVE, live_since=timezone.now())
    _check_at_night(generation.pk)


def check(generation_id: int) -> Drift | None:
    """Compare it with the database, and have what differs indexed again. None where it answers no more."""
    generation = Generation.objects.filter(pk=generation_id, standing=Standing.LIVE).first()
    if generation is None:
        return None
    drift = compare(generation)
    _note_check(generation, drift)
    return drift


@action
def _note_check(generation: Generation, drift: Drift) -> None:
    """Records: ThingsToIndex for what differs; IndexCheckDue, for the next night."""
    Generation.objects.filter(pk=generation.pk).update(checked_at=timezone.now(), differed=len(drift.keys))
    index_later(drift.keys, as_fact=ThingsToIndex)
    _check_at_night(generation.pk)


def _check_at_night(generation_id: int) -> None:
    """Once, however often the index was switched to and away from."""
    waiting = Delivery.objects.filter(done_at=None, due_at__gt=timezone.now(), fact__name=fact_name(IndexCheckDue))
    if not waiting.filter(fact__ids={"generation_id": generation_id}).exists():
        tomorrow = (timezone.now().astimezone(UTC) + timedelta(days=1)).date()
        record(IndexCheckDue(generation_id), due_at=datetime.combine(tomorrow, CHECKED_AT, UTC))


def roll_back() -> Generation | None:
    """To the index that answered before. None where there is none."""
    before = Generation.objects.filter(standing=Standing.RETIRED).order_by("-live_since").first()
    if before is not None:
        switch_to(before)
    return before


def forget_old() -> None:
    """All but the one that answered before the present one."""
    for old in Generation.objects.filter(standing=Standing.RETIRED).order_by("-live_since")[1:]:
        _give_up(old)


def _begin() -> Generation:
    for dead in Generation.objects.filter(standing=Standing.BUILDING, begun_at__lt=timezone.now() - DEAD_AFTER):
        _give_up(dead)
    try:
        return _made()
    except IntegrityError:
        raise AlreadyBuilding from None


@action
def _made() -> Generation:
    return Generation.objects.create()


def _give_up(generation: Generation) -> None:
    _forgotten(generation)
    engine().drop(generation.name)


@action
def _forgotten(generation: Generation) -> None:
    Generation.objects.filter(pk=generation.pk).delete()
