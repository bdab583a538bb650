from django.utils.translation import pgettext_lazy

from community.mail.actions import forget_letters, mails_of
from community.mail.models import Mail
from community.personal.ports import Delete, Holding, holds

holds(
    Holding(
        Mail,
        pgettext_lazy("archive of one's data", "Mails to you"),
        hers=lambda person: mails_of(person.id, person.emails),
        erase=Delete(),
        # What was not sent yet may hold the key to something.
        without=("text", "html", "calendar", "member_id"),
        besides=forget_letters,
    )
)
