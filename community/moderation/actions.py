"""Moderators' deeds are the rooms' own actions; each of them calls `decide` in its transaction."""

from django.contrib.contenttypes.models import ContentType
from django.db.models import Model

from community.facts.actions import action
from community.members.models import Member
from community.moderation.models import Decision


@action
def decide(target: Model, *, deed: str, by: Member, reason: str) -> Decision:
    """Keep what was done to the target, by whom and why. The room records the fact."""
    return Decision.objects.create(
        target_type=ContentType.objects.get_for_model(target), target_id=target.pk, deed=deed, by=by, reason=reason
    )
