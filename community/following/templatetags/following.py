"""The control by which a member follows something."""

from typing import Any

from django import template

from community.following.queries import standing_to
from community.members.models import Member

register = template.Library()


@register.inclusion_tag("following/_control.html", takes_context=True)
def follow_control(context: dict[str, Any], kind: str, target_id: int) -> dict[str, Any]:
    """For a page of a room that does not know this one. Nothing for guests; one query for members."""
    member = context["request"].user
    standing = standing_to(member, kind, target_id) if isinstance(member, Member) else None
    return {
        "standing": standing,
        "request": context["request"],
        "csrf_token": context.get("csrf_token"),
    }
