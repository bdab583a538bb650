"""What cannot be held at once."""

from collections.abc import Iterable
from dataclasses import dataclass

from community.text.folding import folded
from webinars.models import Room, Session
from webinars.plans import RoomPlan


@dataclass(frozen=True)
class Clash:
    """Params: session, the other one; names, of who speaks in both."""

    session: Session
    is_same_series: bool
    is_same_room: bool
    names: tuple[str, ...]


def clashes_of(
    session: Session, *, names: Iterable[str] | None = None, room: Room | RoomPlan | None = None
) -> list[Clash]:
    """At the same time in the same series, behind the same link, or with somebody of the same name, whatever its
    accents. The first to begin first. Two queries.

    Params: session, which may be one that nobody has saved; names, of who shall speak, instead of who does; room, where
    it is held.
    """
    at_once = Session.objects.filter(starts_at__lt=session.ends_at, ends_at__gt=session.starts_at, cancelled_at=None)
    if names is None:
        names = [speaker.name for speaker in session.speakers.all()]
    wanted = {folded(name) for name in names if name}
    others = at_once.exclude(pk=session.pk).select_related("series", "room").prefetch_related("speakers")
    found = []
    for other in others.defer("abstract").order_by("starts_at", "pk"):
        link = other.room.link if hasattr(other, "room") else ""
        clash = Clash(
            session=other,
            is_same_series=other.series_id == session.series_id,
            is_same_room=bool(room and link and link == room.link),
            names=tuple(each.name for each in other.speakers.all() if each.name and folded(each.name) in wanted),
        )
        if clash.is_same_series or clash.is_same_room or clash.names:
            found.append(clash)
    return found
