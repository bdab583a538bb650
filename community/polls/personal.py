from django.utils.translation import pgettext_lazy

from community.personal.ports import By, Holding, holds, holds_nothing
from community.polls.actions import take_back_ballots
from community.polls.models import Ballot, Option, Poll

holds_nothing("A question and its options, which stay with the thread that they stand in.", Poll, Option)
holds(
    Holding(
        Ballot,
        pgettext_lazy("archive of one's data", "How you voted in polls"),
        hers=lambda person: Ballot.objects.filter(member_id=person.id),
        erase=By(take_back_ballots, "Her votes are taken back, and the polls counted without them."),
        also=("poll__question", "option__text"),
    ),
)
