"""What waits for a moderator, as she reads it. Only what she may see comes out."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.core.paginator import Paginator
from django.db.models import Prefetch, QuerySet
from django.http import Http404
from django.utils import timezone

from community.members.models import Member
from community.members.rulings import Viewer
from community.moderation.choices import State
from community.moderation.models import Decision, Report, ReviewItem
from community.moderation.ports import PORTS, Moderated, Scope
from community.moderation.queries.decisions import place_names
from community.moderation.rules import reviewable_items
from i18n.templatetags.languages import autonym

PAGE_SIZE = 20


@dataclass(frozen=True)
class ShownItem:
    """An item with the thing it is about; None where that is gone."""

    item: ReviewItem
    kind: Moderated
    thing: Any
    place: str

    @property
    def excerpt(self) -> str:
        return self.kind.excerpt(self.thing) if self.thing is not None else ""

    @property
    def address(self) -> str:
        return self.kind.address(self.thing) if self.thing is not None else ""

    @property
    def days(self) -> int:
        """Since it waits, by the reader's calendar: none since today."""
        return (timezone.localdate() - timezone.localdate(self.item.opened_at)).days

    @property
    def author(self) -> Member | None:
        return self.item.author

    @property
    def reasons(self) -> list[str]:
        """Each once, in the order in which they came."""
        return list(dict.fromkeys(str(report.get_reason_display()) for report in self.item.reports.all()))

    @property
    def decider_ids(self) -> set[int | None]:
        """Who made the decisions that are asked about: another had better look."""
        return {appeal.decision.by_id for appeal in self.item.appeals.all()}


@dataclass(frozen=True)
class Filters:
    scope: str = ""
    language: str = ""
    kind: str = ""


@dataclass(frozen=True)
class ItemsPage:
    items: list[ShownItem]
    page: Any
    places: list[tuple[str, str]] = field(default_factory=list)
    language_choices: list[tuple[str, str]] = field(default_factory=list)
    kinds: list[tuple[str, str]] = field(default_factory=list)
    newest: int = 0


def waiting_items(viewer: Viewer) -> QuerySet[ReviewItem]:
    return reviewable_items(viewer).filter(state=State.OPEN)


def review_count(viewer: Viewer) -> int:
    return waiting_items(viewer).count()


def latest_waiting(viewer: Viewer, limit: int) -> list[int]:
    """Ids of what came last, so that an open queue knows how much is new."""
    return list(waiting_items(viewer).order_by("-pk").values_list("pk", flat=True)[:limit])


def items_page(viewer: Viewer, filters: Filters, number: str | None) -> ItemsPage:
    """The oldest first, 20 a page, with what there is to narrow it by."""
    waiting = waiting_items(viewer)
    found = list(waiting.order_by().values_list("scope_kind", "scope_id", "language", "kind", "pk"))
    places = place_names(viewer, {Scope(*row[:2]) for row in found})
    page = Paginator(_narrowed(waiting, filters), PAGE_SIZE).get_page(number)
    kinds = {row[3] for row in found}
    return ItemsPage(
        items=shown_items(viewer, page.object_list, places),
        page=page,
        places=sorted(((f"{scope.kind}:{scope.id}", name) for scope, name in places.items()), key=lambda each: each[1]),
        language_choices=[(code, autonym(code)) for code in sorted({row[2] for row in found})],
        kinds=[(name, str(kind.words)) for name, kind in PORTS.moderated.items() if name in kinds],
        newest=max((row[4] for row in found), default=0),
    )


def _narrowed(waiting: QuerySet[ReviewItem], filters: Filters) -> QuerySet[ReviewItem]:
    kind, _, key = filters.scope.partition(":")
    if key.isascii() and key.isdigit() and len(key) < 16:
        waiting = waiting.filter(scope_kind=kind, scope_id=int(key))
    if filters.language:
        waiting = waiting.filter(language=filters.language)
    if filters.kind:
        waiting = waiting.filter(kind=filters.kind)
    return with_all_shown(waiting).order_by("opened_at", "pk")


def with_all_shown(items: QuerySet[ReviewItem]) -> QuerySet[ReviewItem]:
    reports = Report.objects.select_related("reporter").order_by("pk")
    return items.select_related("claimed_by", "author").prefetch_related(
        Prefetch("reports", reports),
        "appeals__decision__by",
        Prefetch("decisions", Decision.objects.select_related("by")),
    )


def shown_items(viewer: Viewer, items: Iterable[ReviewItem], places: dict[Scope, str]) -> list[ShownItem]:
    """One query a kind of thing."""
    items, ids = list(items), defaultdict(list)
    for item in items:
        ids[item.kind].append(item.target_id)
    things = {
        (name, thing.pk): thing
        for name, wanted in ids.items()
        for thing in PORTS.moderated[name].visible_to(viewer).filter(pk__in=wanted)
    }
    return [
        ShownItem(item, PORTS.moderated[item.kind], things.get((item.kind, item.target_id)), places.get(item.scope, ""))
        for item in items
    ]


def item_for(viewer: Viewer, item_id: int) -> ReviewItem:
    """Raises: Http404 where it is not for her to decide on."""
    item = with_all_shown(reviewable_items(viewer)).filter(pk=item_id).first()
    if item is None:
        raise Http404
    return item


def shown_item(viewer: Viewer, item: ReviewItem) -> ShownItem:
    return shown_items(viewer, [item], place_names(viewer, {item.scope}))[0]


def thing_for(viewer: Viewer, kind: str, target_id: int) -> tuple[Moderated, Any]:
    """Raises: Http404 where there is none, or none for this viewer."""
    known = PORTS.moderated.get(kind)
    thing = known.visible_to(viewer).filter(pk=target_id).first() if known else None
    if known is None or thing is None:
        raise Http404
    return known, thing
