"""How closely one may follow a thing."""

from django.db import models
from django.utils.translation import pgettext_lazy


class Level(models.IntegerChoices):
    """In order: the greater, the more one hears. Only what is muted keeps silent where it stands beside another."""

    MUTED = 0, pgettext_lazy("level of following", "Muted")
    NORMAL = 1, pgettext_lazy("level of following", "Normal")
    TRACKING = 2, pgettext_lazy("level of following", "Tracking")
    WATCHING = 3, pgettext_lazy("level of following", "Watching")


MEANINGS = {
    Level.MUTED: pgettext_lazy(
        "what a level of following means", "Not shown as new. Only a mention or a reply to you."
    ),
    Level.NORMAL: pgettext_lazy(
        "what a level of following means", "Notices only when you are mentioned or replied to."
    ),
    Level.TRACKING: pgettext_lazy("what a level of following means", "Shown among what you follow, without notices."),
    Level.WATCHING: pgettext_lazy("what a level of following means", "A notice for everything new."),
}
