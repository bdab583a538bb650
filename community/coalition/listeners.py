from community.coalition.actions import forget_unconfirmed, settle_newcomer
from community.coalition.facts import WishOld
from community.facts.listeners import listens
from community.facts.models import Fact
from community.members.facts import MemberJoined
from community.members.models import Member


@listens(WishOld)
def forget(fact: Fact) -> None:
    forget_unconfirmed()


@listens(MemberJoined)
def settle(fact: Fact) -> None:
    member = Member.objects.filter(pk=fact.ids["member_id"]).first()
    if member is not None:
        settle_newcomer(member)
