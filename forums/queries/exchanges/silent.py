"""Exchanges in which nothing has happened for so long that a moderator had better look."""

from datetime import timedelta

from django.db.models import Q, QuerySet
from django.utils import timezone

from community.members.rulings import Viewer
from forums.choices import Stage
from forums.models import Exchange
from forums.queries.exchanges.one import PARTIES
from forums.rules.exchanges import seeable_exchanges

SILENT_AFTER = timedelta(days=21)


def silent_exchanges(viewer: Viewer) -> QuerySet[Exchange]:
    """Neither a deed nor a post, nor a meeting, in 21 days; the longest silent first. For who may see conversations."""
    since = timezone.now() - SILENT_AFTER
    silent = seeable_exchanges(viewer).filter(
        Q(meeting_at=None) | Q(meeting_at__lte=since),
        moved_at__lte=since,
        thread__last_post_at__lte=since,
        withdrawn_at=None,
        hidden_at=None,
    )
    with_all = silent.exclude(stage=Stage.OUTCOME).select_related("city", "thread", "theme")
    return with_all.prefetch_related(PARTIES).order_by("moved_at", "pk")
