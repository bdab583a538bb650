"""What was decided."""

from dataclasses import dataclass

from django.contrib.contenttypes.models import ContentType
from django.core.paginator import Paginator
from django.db.models import Model, Q, QuerySet

from community.members.models import Member
from community.members.rulings import Viewer
from community.moderation.models import Decision
from community.moderation.ports import PORTS, Scope

LOG_PAGE = 30


def decisions_on(target: Model) -> QuerySet[Decision]:
    """Everything decided on this thing, the latest first. Who may ask is for the room to say that it belongs to."""
    kind = ContentType.objects.get_for_model(target)
    return Decision.objects.filter(target_type=kind, target_id=target.pk).select_related("by").order_by("-pk")


def concerning(member: Member) -> QuerySet[Decision]:
    """What was decided about a member and hers, the latest first, with what she has asked about it."""
    decided = Decision.objects.filter(concerns=member).exclude(deed="dismiss")
    return decided.select_related("sanction", "appeal__item", "target_type").order_by("-pk")


@dataclass(frozen=True)
class Entry:
    """A decision without anybody's data: no member, no text, no reason in words."""

    deed: str
    category: str
    at: object
    place: str


def public_log(viewer: Viewer, number: str | None) -> "tuple[list[Entry], object]":
    """A page of what was decided where the viewer may read: its entries, and the page for its numbers."""
    seen = Q(scope_kind="")
    for kind in PORTS.scopes.values():
        seen |= Q(scope_kind=kind.name, scope_id__in=kind.visible_to(viewer).order_by().values("pk"))
    rows = Decision.objects.filter(seen).exclude(deed="trust").order_by("-at", "-pk")
    page = Paginator(rows, LOG_PAGE).get_page(number)
    decisions = list(page.object_list)
    names = place_names(viewer, {Scope(each.scope_kind, each.scope_id) for each in decisions})
    entries = [
        Entry(
            each.deed, str(each.get_category_display()), each.at, names.get(Scope(each.scope_kind, each.scope_id), "")
        )
        for each in decisions
    ]
    return entries, page


def place_names(viewer: Viewer, scopes: set[Scope]) -> dict[Scope, str]:
    """In the active language; one query a kind of place."""
    names = {}
    for kind in PORTS.scopes.values():
        ids = [scope.id for scope in scopes if scope.kind == kind.name]
        if ids:
            places = kind.visible_to(viewer).filter(pk__in=ids)
            names.update({Scope(kind.name, place.pk): kind.name_of(place) for place in places})
    return names
