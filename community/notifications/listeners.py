from django.db.models import Q

from community.facts.deliveries import deliver
from community.facts.listeners import listens, listens_for_one
from community.facts.models import Fact
from community.members.facts import (
    AffiliationConfirmed,
    AffiliationUnconfirmed,
    MemberMoved,
    MemberRolesChanged,
    MemberTrustChanged,
)
from community.members.models import Member
from community.members.queries.people import officers_of
from community.moderation.facts import ReviewItemDecided, Sanctioned
from community.moderation.models import Appeal, Report, Sanction
from community.notifications.actions import notify, review, review_member
from community.notifications.notices import (
    APPEAL_DECIDED,
    COLLEAGUE_WAITS,
    CONFIRMED,
    LEVEL_FALLEN,
    LEVEL_REACHED,
    REPORT_DECIDED,
    SANCTION,
    SEARCH_FITS,
)
from community.search.facts import SavedSearchFits
from community.search.models import SavedSearch


@listens(MemberMoved, MemberRolesChanged, AffiliationConfirmed, AffiliationUnconfirmed)
def review_notices(fact: Fact) -> None:
    review_member(fact.ids["member_id"])


@listens(MemberMoved)
def ask_colleagues(fact: Fact) -> None:
    """Who speaks for her city knows whether she works there; where nobody does yet, moderators find out."""
    member = Member.objects.filter(pk=fact.ids["member_id"], is_active=True, city_confirmed_at=None).first()
    if member is None or member.city_id is None:
        return
    asked = officers_of([member.city_id])
    if not asked.exists():
        asked = Member.objects.filter(Q(is_moderator=True) | Q(is_administrator=True), is_active=True)
    deliver(fact, ask_colleague, to=set(asked.values_list("pk", flat=True)) - {member.pk})


@listens_for_one()
def ask_colleague(fact: Fact, member_id: int) -> None:
    newcomer = fact.ids["member_id"]
    notify(member_id, COLLEAGUE_WAITS, target_id=newcomer, fact_id=fact.pk, actor_id=newcomer)


@listens(MemberMoved, AffiliationConfirmed, AffiliationUnconfirmed)
def review_who_waits(fact: Fact) -> None:
    """Whoever was asked about her need not answer any more."""
    review([fact.ids["member_id"]], COLLEAGUE_WAITS)


@listens(AffiliationConfirmed)
def tell_of_confirmation(fact: Fact) -> None:
    member_id = fact.ids["member_id"]
    notify(member_id, CONFIRMED, target_id=member_id, fact_id=fact.pk, actor_id=fact.actor_id)


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


@listens(SavedSearchFits)
def tell_of_search(fact: Fact) -> None:
    saved = SavedSearch.objects.filter(pk=fact.ids["saved_search_id"]).first()
    if saved is not None:
        notify(saved.member_id, SEARCH_FITS, target_id=saved.pk, subject_id=saved.pk, fact_id=fact.pk)
