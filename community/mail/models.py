"""Mail that waits to be sent, and was."""

from django.db import models
from django.utils import timezone


class Mail(models.Model):
    """One mail to one recipient. Its text is taken away once it is sent: it may hold a secret."""

    to = models.EmailField(max_length=254)
    member_id = models.BigIntegerField(null=True)  # whose address `to` was, where it is no longer or not yet hers
    language = models.CharField(max_length=8)
    kind = models.CharField(max_length=60)
    subject = models.CharField(max_length=200)
    text = models.TextField(default="")
    html = models.TextField(default="")
    calendar = models.TextField(default="")  # iCalendar with a METHOD, where it is an invitation or its end
    written_at = models.DateTimeField(default=timezone.now)
    sent_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.kind} to {self.to}"
