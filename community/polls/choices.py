"""The closed lists of polls."""

from django.db import models
from django.utils.translation import pgettext_lazy


class Results(models.TextChoices):
    """From when on the counts are shown."""

    ALWAYS = "always", pgettext_lazy("when the results of a poll are shown", "From the beginning")
    VOTED = "voted", pgettext_lazy("when the results of a poll are shown", "After voting, and to all once it is closed")
    CLOSED = "closed", pgettext_lazy("when the results of a poll are shown", "Once it is closed")
