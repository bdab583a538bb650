"""The worker's work, done here and now."""

from django.utils import timezone

from community.facts.models import Delivery
from community.facts.worker import carry_out


def deliver_all() -> None:
    """Carry out what is due, and what that brings about, until nothing is due; failures wait for their next time."""
    while due := list(Delivery.objects.filter(done_at=None, parked_at=None, due_at__lte=timezone.now()).order_by("pk")):
        for delivery in due:
            carry_out([delivery], call=lambda function: function())
