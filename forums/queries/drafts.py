"""What a member has begun to write."""

from community.members.models import Member
from forums.models import Draft


def draft_of(member: Member, place: str) -> Draft | None:
    return Draft.objects.filter(member=member, place=place).first()
