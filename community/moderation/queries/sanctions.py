"""Sanctions that stand: those that nobody has taken back."""

from django.contrib.contenttypes.models import ContentType
from django.db.models import Q, QuerySet
from django.utils import timezone

from community.members.models import Member
from community.moderation.choices import SanctionKind
from community.moderation.models import ReviewItem, Sanction
from community.moderation.ports import PORTS


def standing_warnings(item: ReviewItem) -> QuerySet[Sanction]:
    """Those that its author had for this very thing."""
    kind = ContentType.objects.get_for_model(PORTS.moderated[item.kind].model)
    warnings = Sanction.objects.filter(member=item.author_id, kind=SanctionKind.WARNING, lifted_at=None)
    return warnings.filter(decision__target_type=kind, decision__target_id=item.target_id)


def standing_silences(member: Member, item: ReviewItem | None = None) -> QuerySet[Sanction]:
    """What pauses her writing now. Params: item, by which she asks about one, over by now or not."""
    asked = Q(decision__appeal__item=item.pk) if item is not None else Q(pk__in=[])
    silences = Sanction.objects.filter(member=member, kind=SanctionKind.SILENCE, lifted_at=None)
    return silences.filter(Q(until__gt=timezone.now()) | asked)
