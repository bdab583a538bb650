from django.db.models import Q, QuerySet
from django.utils.translation import pgettext_lazy

from community.coalition.models import Wish
from community.personal.ports import Delete, Holding, Person, holds


def _wishes(person: Person) -> QuerySet[Wish]:
    return Wish.objects.filter(Q(member_id=person.id) | Q(member_id=None, email__in=person.emails))


holds(
    Holding(
        Wish,
        pgettext_lazy("archive of one's data", "Cities that you asked to let join"),
        hers=_wishes,
        erase=Delete(),  # a city that has joined stays: it is no person
    ),
    Holding(
        Wish.priorities.through,
        pgettext_lazy("archive of one's data", "Priorities of cities that you asked to let join"),
        hers=lambda person: Wish.priorities.through.objects.filter(wish__in=_wishes(person).values("pk")),
        erase=Delete(),
        also=("theme__slug",),
    ),
)
