from django.utils.translation import pgettext_lazy

from community.following.models import Follow
from community.personal.ports import Delete, Holding, holds

holds(
    Holding(
        Follow,
        pgettext_lazy("archive of one's data", "What you follow"),
        hers=lambda person: Follow.objects.filter(member_id=person.id),
        erase=Delete(),
    ),
)
