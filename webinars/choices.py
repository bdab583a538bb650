"""What may be chosen of a session."""

from django.db import models
from django.utils.translation import pgettext_lazy

SPEAKERS, SERIES = "speaker", "series"  # what holds pictures


class Visibility(models.TextChoices):
    """Who may see a session. Organisers see all; one of a programme without a programme is seen by them alone."""

    DRAFT = "draft", pgettext_lazy("who may see a session", "Organisers only: a draft")
    PUBLIC = "public", pgettext_lazy("who may see a session", "Everybody")
    MEMBERS = "members", pgettext_lazy("who may see a session", "Members")
    PROGRAMME = "programme", pgettext_lazy("who may see a session", "Members of cities in its programme")


class QuestionKind(models.TextChoices):
    """How a question asked at registration is answered."""

    LINE = "line", pgettext_lazy("kind of a question", "A line of text")
    PROSE = "prose", pgettext_lazy("kind of a question", "A longer text")
    YES_NO = "yes_no", pgettext_lazy("kind of a question", "Yes or no")
    CHOICE = "choice", pgettext_lazy("kind of a question", "One of several choices")


class SessionKind(models.TextChoices):
    TALK = "talk", pgettext_lazy("kind of session", "Talk")
    PANEL = "panel", pgettext_lazy("kind of session", "Panel")
    WORKSHOP = "workshop", pgettext_lazy("kind of session", "Workshop")
    CLINIC = "clinic", pgettext_lazy("kind of session", "Peer clinic")
