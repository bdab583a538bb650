from datetime import datetime

from django.db.models import Exists, F, OuterRef, QuerySet

from community.members.models import Member
from forums.models import Exchange, Party
from forums.rules.exchanges import SETTLED, seeable_exchanges


def meetings_of(member: Member, *, since: datetime) -> QuerySet[Exchange]:
    """Exchanges that her city has a meeting in, from `since` on; the earliest first."""
    if member.speaks_for_id is None:
        return Exchange.objects.none()
    hers = Party.objects.filter(exchange=OuterRef("pk"), city=member.speaks_for_id, role__in=SETTLED)
    seen = seeable_exchanges(member).filter(Exists(hers), meeting_at__gt=since, withdrawn_at=None, hidden_at=None)
    seen = seen.exclude(met_at__lt=F("meeting_at"))  # they have met already
    return seen.order_by("meeting_at", "pk")
