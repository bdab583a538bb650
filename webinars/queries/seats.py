"""Who comes to a session. A registration is shown to nobody but whom it is of."""

from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Count, OuterRef, Q, Subquery
from django.utils import timezone

from community.members.models import Member
from webinars.choices import Visibility
from webinars.keys import CONFIRM_WITHIN, id_to_confirm, of_calendar_key, of_join_key, of_own_key
from webinars.models import Registration, Session, State
from webinars.rules import seeable_sessions

TAKEN = (State.REGISTERED, State.OFFERED)  # what is offered is held for her
LIVE = (*TAKEN, State.WAITING)
STANDING = (*LIVE, State.REQUESTED)  # of those organisers have yet to decide
OVER_KEPT = timedelta(days=1)  # on a member's list


@dataclass(frozen=True)
class Seats:
    """Params: left, None where there is no limit."""

    taken: int
    waiting: int
    left: int | None

    @property
    def has_line(self) -> bool:
        """Whether whoever comes now waits."""
        return self.waiting > 0 or self.left == 0


def seats_of(session_id: int) -> Seats:
    """As of now, its limit included: whoever keeps a page of it reads the stream's number first. One query."""
    found = (
        Session.objects.filter(pk=session_id)
        .values("capacity")
        .annotate(
            taken=Count("registrations", filter=Q(registrations__state__in=TAKEN)),
            waiting=Count("registrations", filter=Q(registrations__state=State.WAITING)),
        )
        .get()
    )
    capacity, taken = found["capacity"], found["taken"]
    return Seats(taken, found["waiting"], None if capacity is None else max(0, capacity - taken))


def place_in_line(registration: Registration) -> int:
    """The first in line is at place 1."""
    waiting = Registration.objects.filter(session_id=registration.session_id, state=State.WAITING)
    return waiting.filter(position__lte=registration.position).count()


def registration_of(member: Member, session: Session) -> Registration | None:
    """What she has withdrawn included."""
    return Registration.objects.filter(member=member, session=session).first()


def registrations_of(member: Member) -> list[tuple[Registration, int | None]]:
    """To what has not been over for a day, the next first; each with its place in line, where she waits. One query."""
    ahead = Registration.objects.filter(
        session=OuterRef("session"), state=State.WAITING, position__lte=OuterRef("position")
    )
    place = ahead.order_by().values("session").annotate(count=Count("pk")).values("count")
    hers = Registration.objects.filter(
        member=member,
        state__in=STANDING,
        session__in=seeable_sessions(member),
        session__ends_at__gt=timezone.now() - OVER_KEPT,
    )
    shown = hers.select_related("session__series").defer("session__abstract").annotate(place=Subquery(place))
    in_order = shown.order_by("session__starts_at", "pk")
    return [(each, each.place if each.state == State.WAITING else None) for each in in_order]


def registration_of_key(key: str) -> Registration | None:
    """A guest's or, since she has an account, a member's; None for a link that ended."""
    return _of_numbers(of_own_key(key))


def registration_of_calendar_key(key: str) -> Registration | None:
    """As `registration_of_key`, by the key to its calendar file alone."""
    return _of_numbers(of_calendar_key(key))


def registration_of_join_key(key: str) -> Registration | None:
    """As `registration_of_key`, by the key that leads into the room alone."""
    return _of_numbers(of_join_key(key))


def registration_to_confirm(key: str) -> Registration | None:
    asked = Registration.objects.filter(
        pk=id_to_confirm(key) or 0, state=State.ASKED, asked_at__gte=timezone.now() - CONFIRM_WITHIN
    )
    return asked.select_related("session__series").first()


def _of_numbers(numbers: tuple[int, int] | None) -> Registration | None:
    if numbers is None:
        return None
    found = Registration.objects.filter(pk=numbers[0], link_number=numbers[1]).exclude(state=State.ASKED)
    found = found.exclude(session__visibility=Visibility.DRAFT)
    registration = found.select_related("session__series", "member").first()
    if registration is not None and registration.member is not None and not registration.member.is_active:
        return None
    return registration
