"""A question with options, and the votes of members."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from community.polls.choices import Results


class Poll(models.Model):
    """`version` steps with everything that its fragment shows. Its counters are kept equal to its ballots."""

    stream = models.CharField(max_length=60)  # where the room it stands in tells of it, `thread:42`
    question = models.CharField(max_length=200)
    language = models.CharField(max_length=8)  # BCP 47
    is_multiple = models.BooleanField(default=False)  # several options at once
    results = models.CharField(max_length=8, choices=Results.choices, default=Results.ALWAYS)
    opened_at = models.DateTimeField(default=timezone.now)
    closes_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)  # when it was: by hand, or as its time had come
    voter_count = models.PositiveIntegerField(default=0)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(closes_at=None) | Q(closes_at__gt=models.F("opened_at")), name="poll_closes_after_it_opens"
            )
        ]

    def __str__(self) -> str:
        return f"poll {self.pk} on {self.stream}"

    @property
    def shows_results(self) -> bool:
        """To everybody, whether or not they have voted."""
        return self.results == Results.ALWAYS or self.closed_at is not None


class Option(models.Model):
    poll = models.ForeignKey(Poll, models.CASCADE, related_name="options")
    text = models.CharField(max_length=120)
    position = models.PositiveSmallIntegerField()
    vote_count = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["poll", "position"], name="one_option_a_position")]

    def __str__(self) -> str:
        return f"{self.position} of poll {self.poll_id}"


class Ballot(models.Model):
    """A member chose an option. Nobody is shown whose it is."""

    poll = models.ForeignKey(Poll, models.CASCADE, related_name="ballots")
    option = models.ForeignKey(Option, models.CASCADE, related_name="ballots")
    member = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="ballots")
    is_only = models.BooleanField()  # the poll takes one option a member
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["option", "member"], name="one_ballot_an_option"),
            models.UniqueConstraint(fields=["poll", "member"], condition=Q(is_only=True), name="one_ballot_a_poll"),
        ]

    def __str__(self) -> str:
        return f"a ballot in poll {self.poll_id}"
