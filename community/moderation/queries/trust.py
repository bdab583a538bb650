"""How well a member is known: what counts towards it, what she has come to, and what comes next."""

from dataclasses import asdict, dataclass

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from community.members.choices import Trust
from community.members.models import Member
from community.moderation.choices import AGAINST, AGAINST_FOR, NEEDS, Needs
from community.moderation.models import Decision
from community.moderation.ports import PORTS


@dataclass(frozen=True)
class Standing:
    """Params: against, decisions against her in 90 days that were not taken back."""

    days: int
    threads_read: int
    posts_read: int
    helpful: int
    against: int

    def meets(self, needs: Needs) -> bool:
        asked = {name: value for name, value in asdict(needs).items() if name != "against_most"}
        return self.against <= needs.against_most and all(getattr(self, name) >= value for name, value in asked.items())


def standing_of(member: Member) -> Standing:
    """A handful of queries: for the worker, and for her own page."""
    active = [activity_of(member.pk) for activity_of in PORTS.activities]
    return Standing(
        days=(timezone.now() - member.joined_at).days,
        threads_read=sum(each.threads_read for each in active),
        posts_read=sum(each.posts_read for each in active),
        helpful=sum(each.helpful for each in active),
        against=decisions_against(member).count(),
    )


def decisions_against(member: Member) -> QuerySet[Decision]:
    """In 90 days, that stand: what was hidden is not shown again since, a sanction is not lifted."""
    shown_again = Decision.objects.filter(
        target_type=OuterRef("target_type"), target_id=OuterRef("target_id"), deed="restore", pk__gt=OuterRef("pk")
    )
    against = Decision.objects.filter(concerns=member, deed__in=AGAINST, at__gte=timezone.now() - AGAINST_FOR)
    return against.filter(~Q(deed="hide") | ~Exists(shown_again), sanction__lifted_at=None)


def weighs_too_much(decision: Decision, member: Member) -> bool:
    """Whether it stands, and with those before it is more than her level bears. What was decided after it is left to
    itself: of two that are heard of together, only the second lets her fall.
    """
    level, until_then = Trust(member.trust), decisions_against(member).filter(pk__lte=decision.pk)
    if level not in NEEDS or not until_then.filter(pk=decision.pk).exists():
        return False
    return until_then.count() > NEEDS[level].against_most


def earned(standing: Standing) -> Trust:
    """The highest level whose needs, and those of all below it, are met."""
    level = Trust.NEW
    for following, needs in NEEDS.items():
        if not standing.meets(needs):
            break
        level = following
    return level


def next_needs(member: Member) -> tuple[Trust, Needs] | None:
    """What comes next for her, None at the top and where a moderator has set her level."""
    following = member.trust + 1
    if member.is_trust_fixed or following not in NEEDS:
        return None
    return Trust(following), NEEDS[Trust(following)]
