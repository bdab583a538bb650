"""Series and their sessions."""

from datetime import datetime
from uuid import uuid4

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.timezone import now

from community.files.models import StoredFile
from community.members.models import City, Member
from community.programmes.models import Programme
from community.topics.models import Theme
from forums.models import Forum
from i18n.languages import CODES, LANGUAGES
from webinars.choices import SessionKind, Visibility

JOIN, PICTURE = "join/", "share.png"  # behind a session's address


class Series(models.Model):
    slug = models.SlugField(max_length=60, unique=True)
    title = models.CharField(max_length=160)
    description = models.TextField(default="", blank=True)
    speaker_note = models.TextField(default="", blank=True)  # what who speaks in one of its sessions should know
    original_language = models.CharField(max_length=8, default="en")
    languages = models.JSONField(default=list)  # spoken, BCP 47
    organisers = models.JSONField(default=list)  # names
    supporters = models.JSONField(default=list)
    timezone = models.CharField(max_length=64)  # IANA
    usual_weekday = models.PositiveSmallIntegerField(null=True, blank=True)  # ISO 8601: 1 for Monday
    usual_time = models.CharField(max_length=5, default="", blank=True)  # 08:00, in `timezone`
    usual_minutes = models.PositiveSmallIntegerField(default=60)
    usual_room = models.URLField(max_length=500, default="", blank=True)  # for organisers alone: new sessions take it
    reminds_day = models.BooleanField(default=True)  # who registers, a day before; each may change that for herself
    reminds_hour = models.BooleanField(default=True)
    forum = models.ForeignKey(Forum, models.SET_NULL, null=True, blank=True, related_name="+")  # of their threads
    picture = models.ForeignKey(StoredFile, models.SET_NULL, null=True, blank=True, related_name="+")
    changed_at = models.DateTimeField(default=now)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name_plural = "series"

    def __str__(self) -> str:
        return self.slug

    def get_absolute_url(self) -> str:
        return reverse("webinars:series", args=[self.slug])


class Session(models.Model):
    """One date of a series: as local time in its zone, and as UTC.

    `uid` is its one UID for life, the same in every feed and mail. `sequence` is iCalendar's SEQUENCE (RFC 5545,
    3.8.7.4): it rises with time, place and status, and never falls. `changed_at` steps with everything.
    """

    uid = models.UUIDField(default=uuid4, unique=True, editable=False)
    imported_uid = models.CharField(max_length=255, default="", blank=True)  # of the calendar it was taken from
    sequence = models.PositiveIntegerField(default=0)
    created_at = models.DateTimeField(default=now)
    changed_at = models.DateTimeField(default=now)
    cancelled_at = models.DateTimeField(null=True)
    cancel_reason = models.CharField(max_length=200, default="", blank=True)
    series = models.ForeignKey(Series, models.PROTECT, related_name="sessions")
    slug = models.SlugField(max_length=80)
    number = models.PositiveSmallIntegerField(null=True)
    kind = models.CharField(max_length=12, choices=SessionKind.choices, default="", blank=True)
    title = models.CharField(max_length=200)
    abstract = models.TextField(default="", blank=True)
    original_language = models.CharField(max_length=8, default="en")
    languages = models.JSONField(default=list)  # spoken, BCP 47
    interpreted = models.JSONField(default=list)  # into which languages, BCP 47; where that is heard, a Channel says
    starts_local = models.CharField(max_length=16)  # 2026-11-26T08:00, in `timezone`
    timezone = models.CharField(max_length=64)  # IANA
    starts_at = models.DateTimeField(db_index=True)
    ends_at = models.DateTimeField()
    visibility = models.CharField(max_length=12, choices=Visibility.choices, default=Visibility.PUBLIC)
    is_time_assumed = models.BooleanField(default=False)
    is_invented = models.BooleanField(default=False)  # planned for the demonstration
    is_recorded = models.BooleanField(default=False)
    recording_consent = models.TextField(default="", blank=True)  # read before one registers
    co_hosts = models.CharField(max_length=200, default="", blank=True)  # organisations, as they want to be named
    themes = models.JSONField(default=list)  # words, as the programme announced them
    priority_themes = models.ManyToManyField(Theme, blank=True, related_name="sessions")
    programme = models.ForeignKey(Programme, models.SET_NULL, null=True, blank=True, related_name="sessions")
    takes_registrations = models.BooleanField(default=False)
    registration_until = models.DateTimeField(null=True, blank=True)  # None: until it ends
    registration_until_local = models.CharField(max_length=16, default="", blank=True)  # or "": an instant
    capacity = models.PositiveIntegerField(null=True, blank=True)  # seats; None: no limit
    asks_approval = models.BooleanField(default=False)  # organisers decide about each registration
    questions = models.JSONField(default=list, blank=True)  # asked of who registers; read by webinars.questions
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["series", "slug"], name="one_session_an_address"),
            models.UniqueConstraint(
                fields=["series", "imported_uid"], name="one_session_an_import", condition=~Q(imported_uid="")
            ),
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="session_ends_after_it_starts"),
        ]

    def __str__(self) -> str:
        return f"{self.series_id}/{self.slug}"

    def get_absolute_url(self) -> str:
        return reverse("webinars:session", args=[self.series.slug, self.slug])

    def get_join_url(self) -> str:
        """Of the page before its room."""
        return f"{self.get_absolute_url()}{JOIN}"

    def get_picture_url(self) -> str:
        """Of its share picture, with what that was made from behind it: a changed one is fetched anew."""
        return f"{self.get_absolute_url()}{self.picture_part}"

    @property
    def picture_part(self) -> str:
        return f"{PICTURE}?v={self.version}.{self.series.version}"

    @property
    def is_draft(self) -> bool:
        return self.visibility == Visibility.DRAFT

    @property
    def untranslated(self) -> list[str]:
        """Languages in which it has no title."""
        return [code for code in CODES if not getattr(self, f"title_{code}")]

    @property
    def minutes(self) -> int:
        return round((self.ends_at - self.starts_at).total_seconds() / 60)

    @property
    def registration_closes_at(self) -> datetime:
        return min(self.registration_until or self.ends_at, self.ends_at)


class Room(models.Model):
    """Where a session is held: behind a link of any provider, or on the site itself, in a room of its video server.

    It is for whoever may join. Pages and feeds for others never read this: they lead to the page that asks who one is.
    """

    session = models.OneToOneField(Session, models.CASCADE, related_name="room")
    link = models.URLField(max_length=500, default="", blank=True)  # none where it is held on the site
    name = models.CharField(max_length=64)  # of the room on the site; nobody can guess it
    access = models.CharField(max_length=300, default="", blank=True)  # passcode, phone numbers

    def __str__(self) -> str:
        return f"room of session {self.session_id}"


class Channel(models.Model):
    """Where the interpretation of a session into one language is heard.

    The link is for whoever may join. Pages and feeds for others never read this: they have `Session.interpreted`.
    """

    session = models.ForeignKey(Session, models.CASCADE, related_name="channels")
    language = models.CharField(max_length=8, choices=LANGUAGES)
    link = models.URLField(max_length=500)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["session", "language"], name="one_channel_a_language")]

    def __str__(self) -> str:
        return f"{self.session_id}/{self.language}"


class Speaker(models.Model):
    """Who speaks, in order: by role and place; a name where there is one.

    She may edit her own entry by a link, whose token is kept as a hash: `link_email` is where it was sent. It holds
    until 30 days after the session, or until it is replaced or ended.
    """

    session = models.ForeignKey(Session, models.CASCADE, related_name="speakers")
    position = models.PositiveSmallIntegerField()
    role = models.CharField(max_length=160)
    name = models.CharField(max_length=80, default="", blank=True)
    city = models.ForeignKey(City, models.SET_NULL, null=True, blank=True, related_name="speakers")
    place = models.CharField(max_length=160, default="", blank=True)  # city or organisation, as announced
    talk_title = models.CharField(max_length=200, default="", blank=True)
    slides = models.URLField(max_length=500, default="", blank=True)
    bio = models.TextField(default="", blank=True)
    bio_language = models.CharField(max_length=8, choices=LANGUAGES, default="", blank=True)
    picture = models.ForeignKey(StoredFile, models.SET_NULL, null=True, blank=True, related_name="+")
    version = models.PositiveIntegerField(default=1)
    edited_at = models.DateTimeField(null=True)  # by herself
    link_hash = models.CharField(max_length=64, default="", blank=True)
    link_email = models.EmailField(max_length=254, default="", blank=True)  # for organisers alone
    link_language = models.CharField(max_length=8, choices=LANGUAGES, default="", blank=True)  # of the mail with it
    link_by = models.ForeignKey(Member, models.SET_NULL, null=True, blank=True, related_name="+")  # who sent it
    link_made_at = models.DateTimeField(null=True)
    told_version = models.PositiveIntegerField(default=0)  # of the session, as she was last told of it

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["link_hash"], condition=~Q(link_hash=""), name="one_speaker_a_link")
        ]

    def __str__(self) -> str:
        return self.role

    @property
    def mail_language(self) -> str:
        """In which her link was sent; else of what she says of herself; else the session's original one."""
        return self.link_language or self.bio_language or self.session.original_language
