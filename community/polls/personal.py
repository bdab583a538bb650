from django.db.models import Case, F, QuerySet, Value, When
from django.utils.translation import pgettext_lazy

from community.live.streams import audience_of
from community.personal.ports import By, Holding, Person, holds, holds_nothing
from community.polls.actions import take_back_ballots
from community.polls.models import Ballot, Option, Poll


def _where_seen(ballots: QuerySet[Ballot], person: Person) -> QuerySet[Ballot]:
    """The words of a poll that stands where she may not look any more are others'."""
    streams = ballots.order_by().values_list("poll__stream", flat=True).distinct()
    seen = [stream for stream in streams if audience_of(stream, person.id) is not None]
    words = {"question": "poll__question", "choice": "option__text"}
    return ballots.annotate(
        **{name: Case(When(poll__stream__in=seen, then=F(column)), default=Value("")) for name, column in words.items()}
    )


holds_nothing("A question and its options, which stay with the thread that they stand in.", Poll, Option)
holds(
    Holding(
        Ballot,
        pgettext_lazy("archive of one's data", "How you voted in polls"),
        hers=lambda person: Ballot.objects.filter(member_id=person.id),
        erase=By(take_back_ballots, "Her votes are taken back, and the polls counted without them."),
        given=_where_seen,
        also=("question", "choice"),
    ),
)
