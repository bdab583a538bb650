"""Groups of members who share closed forums."""

from collections.abc import Iterable

from community.facts.actions import action, record
from community.members.facts import CircleChanged
from community.members.models import Group, Member


@action
def keep_circle(circle: Group, *, people: Iterable[Member], by_id: int | None = None) -> Group:
    """Save a group with exactly these people. Records CircleChanged on `access`: who may see what is asked again."""
    circle.save()
    circle.people.set(people)
    record(CircleChanged(circle.pk), streams=["access"], actor_id=by_id)
    return circle
