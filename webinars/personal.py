from django.db.models import Q, QuerySet
from django.utils.translation import pgettext_lazy

from community.personal.ports import Delete, Holding, Person, holds, holds_nothing
from webinars.actions import cancel_registration
from webinars.models import PersonalFeed, Registration, Series, Session, Speaker

holds_nothing("The public schedule.", Series, Session, Session.priority_themes.through)
holds_nothing("Named by organisers as announced in public; not tied to an account.", Speaker)


def _registrations(person: Person) -> QuerySet[Registration]:
    return Registration.objects.filter(Q(member_id=person.id) | Q(email__in=person.emails))


def _free_her_seats(person: Person) -> None:
    """For whoever waits; nobody writes to who leaves."""
    for registration_id in _registrations(person).values_list("pk", flat=True):
        cancel_registration(registration_id, quietly=True)


holds(
    Holding(
        Registration,
        pgettext_lazy("archive of one's data", "Sessions that you registered for"),
        hers=_registrations,
        erase=Delete(),
        also=("session__slug",),
        besides=_free_her_seats,
    ),
    Holding(
        PersonalFeed,
        pgettext_lazy("archive of one's data", "Link to your calendar"),
        hers=lambda person: PersonalFeed.objects.filter(member_id=person.id),
        erase=Delete(),
        without=("token_hash",),
    ),
)
