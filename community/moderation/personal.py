from django.db.models import BooleanField, Case, Q, QuerySet, When
from django.utils.translation import pgettext_lazy

from community.moderation.models import Appeal, Decision, Report, ReviewItem, Sanction
from community.personal.ports import Delete, Holding, Person, Stay, holds


def _reviewed(person: Person) -> QuerySet[ReviewItem]:
    return ReviewItem.objects.filter(Q(author_id=person.id) | Q(claimed_by_id=person.id))


def _without_dismissed(decisions: QuerySet[Decision], person: Person) -> QuerySet[Decision]:
    """What she reads on her own page too; and what she decided herself, marked as such."""
    is_by_her = Case(When(by_id=person.id, then=True), default=False, output_field=BooleanField())
    return decisions.exclude(~Q(by_id=person.id) | Q(by=None), deed="dismiss").annotate(is_by_you=is_by_her)


holds(
    Holding(
        ReviewItem,
        pgettext_lazy("archive of one's data", "What of yours was reviewed"),
        hers=_reviewed,
        erase=Stay(
            "A place in the queue, of numbers; author and claim are emptied when her row goes.",
            stays=dict.fromkeys(("kind", "scope_kind", "language", "cause", "state"), "A word of the house."),
        ),
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
        hers=lambda person: Decision.objects.filter(Q(concerns_id=person.id) | Q(by_id=person.id)),
        given=_without_dismissed,
        erase=Stay(
            "What was decided on a thing stays with its reason, which is a moderator's word about a thing; who decided "
            "is emptied when her row goes, and so is whom it concerned.",
            stays={
                "reason": "A moderator's word about a thing.",
                **dict.fromkeys(("deed", "category", "scope_kind"), "A word of the house."),
            },
        ),
        also=("is_by_you",),
        without=("by_id", "concerns_id"),
    ),
)
