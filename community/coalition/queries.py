from datetime import timedelta

from django.db.models import QuerySet
from django.utils import timezone

from community.coalition.models import Stage, Wish
from community.coalition.rules import can_see_wishes
from community.members.rulings import Viewer

CONFIRM_WITHIN = timedelta(days=3)


def waiting_wishes(viewer: Viewer) -> QuerySet[Wish]:
    """Those to be decided, the oldest first; none for who may not see them."""
    wishes = Wish.objects.filter(stage=Stage.WAITING) if can_see_wishes(viewer) else Wish.objects.none()
    return wishes.order_by("pk").prefetch_related("priorities")


def unconfirmed_wish(wish_id: int | None) -> Wish | None:
    oldest = timezone.now() - CONFIRM_WITHIN
    return Wish.objects.filter(pk=wish_id or 0, stage=Stage.UNCONFIRMED, asked_at__gte=oldest).first()
