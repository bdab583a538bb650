from django.utils.translation import pgettext_lazy

from community.personal.ports import By, Delete, Holding, holds
from community.privacy.actions import forget_archives
from community.privacy.models import Archive, Departure

holds(
    Holding(
        Archive,
        pgettext_lazy("archive of one's data", "Archives like this one"),
        hers=lambda person: Archive.objects.filter(member_id=person.id),
        erase=By(forget_archives, "Her archives go, and their files by a delivery."),
        without=("path",),
    ),
    Holding(
        Departure,
        pgettext_lazy("archive of one's data", "Your wish to leave"),
        hers=lambda person: Departure.objects.filter(member_id=person.id),
        erase=Delete(),
    ),
)
