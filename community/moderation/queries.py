"""What was decided. Who may ask is for the room to say that the thing belongs to."""

from django.contrib.contenttypes.models import ContentType
from django.db.models import Model, QuerySet

from community.moderation.models import Decision


def decisions_on(target: Model) -> QuerySet[Decision]:
    """Everything decided on this thing, the latest first."""
    kind = ContentType.objects.get_for_model(target)
    return Decision.objects.filter(target_type=kind, target_id=target.pk).select_related("by").order_by("-pk")
