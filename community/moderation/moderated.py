"""A member's own page can be reported too."""

from django.urls import reverse
from django.utils.translation import pgettext_lazy

from community.members.choices import SeenBy
from community.members.models import Member
from community.members.rules import visible_members
from community.members.shown import shown_to
from community.moderation.ports import SITE, Moderated, moderates_things
from community.text.excerpts import excerpt

EXCERPT = 280  # characters


def excerpt_of(member: Member) -> str:
    """As any member may read her page: what she shows to nobody, nobody reads by reporting her."""
    return excerpt(shown_to(SeenBy.MEMBERS, member).about, EXCERPT) or member.name


moderates_things(
    Moderated(
        name="member",
        model=Member,
        words=pgettext_lazy("kind of thing in the review queue", "Member"),
        visible_to=visible_members,
        author=lambda member: member,
        scope=lambda member: SITE,
        language=lambda member: member.language,
        excerpt=excerpt_of,
        address=lambda member: reverse("members:member", args=[member.handle]),
    )
)
