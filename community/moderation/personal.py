from django.utils.translation import pgettext_lazy

from community.moderation.models import Decision
from community.personal.ports import Holding, Stay, holds

holds(
    Holding(
        Decision,
        pgettext_lazy("archive of one's data", "What you decided as a moderator"),
        hers=lambda person: Decision.objects.filter(by_id=person.id),
        erase=Stay(
            "What was decided on a thing stays with its reason, which is a moderator's word about a thing; who decided "
            "is emptied when her row goes."
        ),
    )
)
