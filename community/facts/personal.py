"""Facts hold ids only, as plain numbers: once a member's row is gone they say of whom to nobody."""

from django.utils.translation import pgettext_lazy

from community.facts.models import Delivery, Fact, Heartbeat, Stream, StreamEntry
from community.personal.ports import By, Holding, Person, Stay, holds, holds_nothing

holds_nothing("Names of streams and numbers.", Stream, StreamEntry)
holds_nothing("The names of processes.", Heartbeat)


def _erase_deliveries(person: Person) -> None:
    """What waits for her is not carried out; an error may repeat an address."""
    Delivery.objects.filter(recipient_id=person.id, done_at=None).delete()
    for email in person.emails:
        Delivery.objects.filter(error__icontains=email).update(error="")


holds(
    Holding(
        Fact,
        pgettext_lazy("archive of one's data", "What you did, of the last 30 days"),
        hers=lambda person: Fact.objects.filter(actor_id=person.id),
        erase=Stay(
            "Numbers of things and of her, which name nobody any more; gone after 30 days.",
            stays={
                "name": "What happened, in a word of the house.",
                "ids": "Numbers of things.",
                "actor_id": "A number that nothing has any more.",
                "request_id": "A number of a request.",
            },
        ),
        for_programs=True,
    ),
    Holding(
        Delivery,
        pgettext_lazy("archive of one's data", "What waits to be told to you"),
        hers=lambda person: Delivery.objects.filter(recipient_id=person.id, done_at=None),
        erase=By(_erase_deliveries, "What waits for her goes; errors that repeat an address of hers are emptied."),
        without=("error",),
        for_programs=True,
    ),
)
