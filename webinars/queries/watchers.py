"""Who of many may watch a session: the rule, asked for all of them at once."""

from collections.abc import Collection

from django.contrib.auth.models import AnonymousUser

from community.members.models import Member
from community.members.rulings import Viewer
from webinars.models import Session
from webinars.rules import can_see_session

READER = "reader"  # all who see it see the same; what is hers stands on her own page
Classes = dict[int | None, str | None]


def classes_in_session(session_id: int, member_ids: Collection[int | None]) -> Classes:
    """As `can_see_session` says for each. Two queries, and one for each member where a programme's cities see it."""
    session = Session.objects.filter(pk=session_id).first()
    if session is None:
        return dict.fromkeys(member_ids)
    members = Member.objects.in_bulk([member_id for member_id in member_ids if member_id is not None])

    def sees(member_id: int | None) -> bool:
        viewer: Viewer | None = members.get(member_id) if member_id is not None else AnonymousUser()
        is_in = not isinstance(viewer, Member) or viewer.is_active
        return viewer is not None and is_in and can_see_session(viewer, session)

    return {member_id: READER if sees(member_id) else None for member_id in member_ids}
