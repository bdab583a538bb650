"""The closed lists of people and places."""

from django.db import models
from django.utils.translation import pgettext_lazy


class Region(models.TextChoices):
    AFRICA = "africa", pgettext_lazy("world region", "Africa")
    ASIA_PACIFIC = "asia-pacific", pgettext_lazy("world region", "Asia Pacific")
    EUROPE_MIDDLE_EAST = "europe-middle-east", pgettext_lazy("world region", "Europe and the Middle East")
    LATIN_AMERICA = "latin-america", pgettext_lazy("world region", "Latin America and the Caribbean")
    NORTH_AMERICA = "north-america", pgettext_lazy("world region", "North America")


class Role(models.TextChoices):
    """What somebody may do beyond any member; a forum's own moderators are named in the forum."""

    MODERATOR = "moderator", pgettext_lazy("role", "Moderator")
    ORGANISER = "organiser", pgettext_lazy("role", "Organiser")
    EDITOR = "editor", pgettext_lazy("role", "Editor")
    ADMINISTRATOR = "administrator", pgettext_lazy("role", "Administrator")
