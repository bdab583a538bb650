from django.utils import timezone

from community.members.models import FormerHandle, Member
from community.members.queries.accounts import confirmed_addresses
from community.personal.ports import Person
from community.privacy.models import KEPT_FOR, Archive, Departure


def person_of(member: Member) -> Person:
    """Who is meant, as every room needs to know it."""
    emails = tuple(sorted(confirmed_addresses(member)))
    former = tuple(FormerHandle.objects.filter(member=member).order_by("pk").values_list("handle", flat=True))
    return Person(
        id=member.pk,
        handle=member.handle,
        name=member.name,
        language=member.language,
        emails=emails,
        former_handles=former,
    )


def archives_of(member: Member) -> list[Archive]:
    """Those being made and those that may be taken, the latest first."""
    archives = Archive.objects.filter(member=member).order_by("-pk")
    return [each for each in archives if each.ready_at is None or each.ready_at + KEPT_FOR > timezone.now()]


def departure_for(departure_id: int | None) -> Departure | None:
    """One that is not carried out yet."""
    waiting = Departure.objects.filter(pk=departure_id or 0, due_at__gt=timezone.now())
    return waiting.select_related("member").first()
