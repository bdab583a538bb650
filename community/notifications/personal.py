from django.utils.translation import pgettext_lazy

from community.notifications.models import Notice
from community.personal.ports import Delete, Holding, Person, holds


def _forget_as_actor(person: Person) -> None:
    """Others' notices of what she did read as of a former member: their words are made when they are shown."""
    Notice.objects.filter(actor_id=person.id).update(actor_id=None)


holds(
    Holding(
        Notice,
        pgettext_lazy("archive of one's data", "Notices"),
        hers=lambda person: Notice.objects.filter(member_id=person.id),
        erase=Delete(),
        besides=_forget_as_actor,
    )
)
