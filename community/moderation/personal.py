from django.db.models import BooleanField, ExpressionWrapper, Q, QuerySet
from django.utils.translation import pgettext_lazy

from community.moderation.models import Appeal, Decision, Report, ReviewItem, Sanction
from community.personal.ports import Delete, Holding, Person, Stay, holds


def _reviewed(person: Person) -> QuerySet[ReviewItem]:
    return ReviewItem.objects.filter(Q(author_id=person.id) | Q(claimed_by_id=person.id))


def _decided(person: Person) -> QuerySet[Decision]:
    """What she reads on her own page too; and what she decided herself, marked as such."""
    hers = ExpressionWrapper(Q(by__isnull=False, by_id=person.id), output_field=BooleanField())
    concerning = Q(concerns_id=person.id) & ~Q(deed="dismiss")
    return Decision.objects.filter(concerning | Q(by_id=person.id)).annotate(is_by_you=hers)


holds(
    Holding(
        ReviewItem,
        pgettext_lazy("archive of one's data", "What of yours was reviewed"),
        hers=_reviewed,
        erase=Stay("A place in the queue, of numbers; author and claim are emptied when her row goes."),
        without=("author_id", "claimed_by_id", "claimed_until"),  # who looks at it is for moderators alone to know
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
        pgettext_lazy("archive of one's data", "Decisions that concern you, or that you made as a moderator"),
        hers=_decided,
        erase=Stay(
            "What was decided on a thing stays with its reason, which is a moderator's word about a thing; who decided "
            "is emptied when her row goes, and so is whom it concerned."
        ),
        also=("is_by_you",),
        without=("by_id", "concerns_id"),
    ),
)
