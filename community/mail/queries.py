"""What became of mails."""

from django.db.models import Exists, OuterRef

from community.facts.listeners import WORLD, listener_name
from community.facts.models import Delivery
from community.mail.listeners import send
from community.mail.models import Mail

REFUSED = "SMTPRecipientsRefused"  # as a delivery keeps the error


def refused_addresses() -> set[str]:
    """Those whose server refused our mail until we gave up, and has taken none since. Two queries."""
    given_up = Delivery.objects.filter(
        lane=WORLD, done_at=None, parked_at__isnull=False, listener=listener_name(send), error__startswith=REFUSED
    )
    mail_ids = [ids["mail_id"] for ids in given_up.values_list("fact__ids", flat=True)]
    if not mail_ids:
        return set()
    taken = Mail.objects.filter(to=OuterRef("to"), sent_at__gt=OuterRef("written_at"))
    return set(Mail.objects.filter(~Exists(taken), pk__in=mail_ids).values_list("to", flat=True))
