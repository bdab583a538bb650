"""Trust, looked at once a day and after every decision. Deliveries read what is so now."""

from community.facts.listeners import listens
from community.facts.models import Fact
from community.members.facts import MemberJoined
from community.members.models import Member
from community.moderation.actions import await_trust, review_trust
from community.moderation.choices import AGAINST, TAKES_BACK
from community.moderation.facts import Decided, TrustDue
from community.moderation.models import Decision


@listens(MemberJoined)
def begin_to_know(fact: Fact) -> None:
    await_trust(fact.ids["member_id"])


@listens(TrustDue)
def look_at_trust(fact: Fact) -> None:
    review_trust(fact.ids["member_id"])


@listens(TrustDue)
def look_again_tomorrow(fact: Fact) -> None:
    """A delivery of its own: a look that failed is not the last. It goes on for who is trusted, or suspended, too:
    she may fall, and come back.
    """
    if Member.objects.filter(pk=fact.ids["member_id"]).exists():
        await_trust(fact.ids["member_id"])


@listens(Decided)
def heed_decision(fact: Fact) -> None:
    decision = Decision.objects.get(pk=fact.ids["decision_id"])
    if decision.concerns_id and decision.deed in (*AGAINST, *TAKES_BACK):
        review_trust(decision.concerns_id, because_of=decision if decision.deed in AGAINST else None)
