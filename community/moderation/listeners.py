"""Trust, looked at once a day and after every decision. Deliveries read what is so now."""

from community.facts.listeners import listens
from community.facts.models import Fact
from community.members.choices import Trust
from community.members.facts import MemberJoined
from community.moderation.actions import await_trust, review_trust
from community.moderation.choices import AGAINST, TAKES_BACK
from community.moderation.facts import Decided, TrustDue
from community.moderation.models import Decision


@listens(MemberJoined)
def begin_to_know(fact: Fact) -> None:
    await_trust(fact.ids["member_id"])


@listens(TrustDue)
def look_at_trust(fact: Fact) -> None:
    """Tomorrow again, until she is trusted."""
    level = review_trust(fact.ids["member_id"])
    if level is not None and level < Trust.TRUSTED:
        await_trust(fact.ids["member_id"])


@listens(Decided)
def heed_decision(fact: Fact) -> None:
    decision = Decision.objects.get(pk=fact.ids["decision_id"])
    if decision.concerns_id and decision.deed in (*AGAINST, *TAKES_BACK):
        review_trust(decision.concerns_id, may_fall=decision.deed in AGAINST)
