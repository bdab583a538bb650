from community.facts.listeners import listens
from community.facts.models import Fact
from community.members.facts import MemberMoved, MemberRolesChanged, MemberTrustChanged
from community.moderation.facts import ReviewItemDecided, Sanctioned
from community.moderation.models import Appeal, Report, Sanction
from community.notifications.actions import notify, review_member
from community.notifications.notices import APPEAL_DECIDED, LEVEL_FALLEN, LEVEL_REACHED, REPORT_DECIDED, SANCTION


@listens(MemberMoved, MemberRolesChanged)
def review_notices(fact: Fact) -> None:
    review_member(fact.ids["member_id"])


@listens(ReviewItemDecided)
def tell_who_asked(fact: Fact) -> None:
    """Who reported it, and the author who wanted it looked at again."""
    for report in Report.objects.filter(item=fact.ids["item_id"]):
        notify(report.reporter_id, REPORT_DECIDED, target_id=report.pk, fact_id=fact.pk, actor_id=fact.actor_id)
    for appeal in Appeal.objects.filter(item=fact.ids["item_id"]):
        notify(appeal.author_id, APPEAL_DECIDED, target_id=appeal.pk, fact_id=fact.pk, actor_id=fact.actor_id)


@listens(Sanctioned)
def tell_of_sanction(fact: Fact) -> None:
    sanction = Sanction.objects.filter(pk=fact.ids["sanction_id"]).first()
    if sanction is not None:
        notify(sanction.member_id, SANCTION, target_id=sanction.pk, fact_id=fact.pk, actor_id=fact.actor_id)


@listens(MemberTrustChanged)
def tell_of_level(fact: Fact) -> None:
    """Never silently, whichever way."""
    level, before = fact.ids["level"], fact.ids["before"]
    kind = LEVEL_REACHED if level > before else LEVEL_FALLEN
    notify(fact.ids["member_id"], kind, target_id=level, fact_id=fact.pk, actor_id=fact.actor_id)
    review_member(fact.ids["member_id"], LEVEL_REACHED)  # what she has lost again is not told any more
