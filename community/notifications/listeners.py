from community.facts.listeners import listens
from community.facts.models import Fact
from community.members.facts import MemberRolesChanged
from community.notifications.actions import review_member


@listens(MemberRolesChanged)
def review_notices(fact: Fact) -> None:
    review_member(fact.ids["member_id"])
