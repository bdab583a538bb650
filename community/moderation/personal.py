from django.db.models import Q, QuerySet
from django.utils.translation import pgettext_lazy

from community.moderation.models import Appeal, Decision, Report, ReviewItem, Sanction
from community.personal.ports import Delete, Holding, Person, Stay, holds


def _reviewed(person: Person) -> QuerySet[ReviewItem]:
    return ReviewItem.objects.filter(Q(author_id=person.id) | Q(claimed_by_id=person.id))


holds(
    Holding(
        ReviewItem,
        pgettext_lazy("archive of one's data", "What of yours was reviewed"),
        hers=_reviewed,
        erase=Stay("A place in the queue, of numbers; author and claim are emptied when her row goes."),
    ),
    Holding(
        Report,
        pgettext_lazy("archive of one's data", "Your reports"),
        hers=lambda person: Report.objects.filter(reporter_id=person.id),
        erase=Delete(),
    ),
    Holding(
        Appeal,
        pgettext_lazy("archive of one's data", "Your appeals"),
        hers=lambda person: Appeal.objects.filter(author_id=person.id),
        erase=Delete(),
    ),
    Holding(
        Sanction,
        pgettext_lazy("archive of one's data", "Sanctions on you"),
        hers=lambda person: Sanction.objects.filter(member_id=person.id),
        erase=Delete(),
    ),
    Holding(
        Decision,
        pgettext_lazy("archive of one's data", "What you decided as a moderator"),
        hers=lambda person: Decision.objects.filter(by_id=person.id),
        erase=Stay(
            "What was decided on a thing stays with its reason, which is a moderator's word about a thing; who decided "
            "is emptied when her row goes."
        ),
    ),
)
