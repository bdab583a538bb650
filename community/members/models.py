"""People, cities, organisations and groups."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.timezone import now
from django.utils.translation import pgettext_lazy
from taggit.managers import TaggableManager

from community.members.choices import Asked, Region, Role, Trust
from community.text.folding import bare_name
from community.topics.models import TaggedThing, Theme
from i18n.languages import LANGUAGES


class City(models.Model):
    """A city of the network. Name and description are curated, in several languages."""

    slug = models.SlugField(max_length=60, unique=True)
    name = models.CharField(max_length=120)
    description = models.TextField(default="", blank=True)
    original_language = models.CharField(max_length=8, default="en")
    country = models.CharField(max_length=2)  # ISO 3166-1 alpha-2
    region = models.CharField(max_length=24, choices=Region.choices)
    language = models.CharField(max_length=8, choices=LANGUAGES)
    timezone = models.CharField(max_length=64)  # IANA
    latitude = models.FloatField(null=True)  # degrees
    longitude = models.FloatField(null=True)
    hazards = models.JSONField(default=list, blank=True)  # of choices.Hazard
    population = models.PositiveIntegerField(null=True, blank=True)
    priorities = models.ManyToManyField(Theme, blank=True, related_name="+")
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name_plural = "cities"
        ordering = ["slug"]

    def __str__(self) -> str:
        return self.slug


class Organisation(models.Model):
    slug = models.SlugField(max_length=60, unique=True)
    name = models.CharField(max_length=160)
    website = models.URLField(default="", blank=True)

    def __str__(self) -> str:
        return self.slug


class MemberManager(BaseUserManager["Member"]):
    def create_user(self, email: str, password: str | None = None, **fields: Any) -> Member:
        member = self.model(email=email.lower(), **fields)
        member.set_password(password)
        member.save(using=self._db)
        return member

    def get_by_natural_key(self, email: str | None) -> Member:
        return self.get(email__iexact=email)


class CalledField(models.TextField):  # type: ignore[type-arg]  # it takes none at run time
    """What a member is called, folded, so that one looks for her without accents: kept by the row itself.

    Whoever saves her name or her handle by `update_fields` names this column, too.
    """

    def pre_save(self, model_instance: models.Model, add: bool) -> str:
        called = bare_name(model_instance.name, model_instance.handle)  # type: ignore[attr-defined]
        setattr(model_instance, self.attname, called)
        return called


class Member(AbstractBaseUser):
    """A person. `handle` is her address; `name` is one field, in any script."""

    email = models.EmailField(pgettext_lazy("account form", "E-mail address"), max_length=254, unique=True)
    handle = models.SlugField(max_length=40, unique=True)
    name = models.CharField(max_length=80)
    called = CalledField(default="", editable=False)
    city = models.ForeignKey(City, models.SET_NULL, null=True, blank=True, related_name="members")  # as she says
    city_confirmed_at = models.DateTimeField(
        null=True, blank=True
    )  # that she works there; null, nobody but she says so
    organisation = models.ForeignKey(Organisation, models.SET_NULL, null=True, blank=True, related_name="members")
    position = models.CharField(max_length=120, default="", blank=True)
    about = models.TextField(default="", blank=True)  # Markdown
    reads = models.JSONField(default=list)  # BCP 47 tags
    language = models.CharField(max_length=8, choices=LANGUAGES, default="en")  # of pages, mails and notices
    timezone = models.CharField(max_length=64, default="UTC")  # IANA
    themes = models.ManyToManyField(Theme, blank=True, related_name="followers")
    tags = TaggableManager(through=TaggedThing, blank=True)
    is_active = models.BooleanField(default=True)  # neither of the two below: kept by actions/roles.py
    is_suspended = models.BooleanField(default=False)  # by an administrator
    is_leaving = models.BooleanField(default=False)  # by her own wish, until she is erased or has thought again
    is_moderator = models.BooleanField(default=False)
    is_organiser = models.BooleanField(default=False)
    is_editor = models.BooleanField(default=False)
    is_administrator = models.BooleanField(default=False)
    is_demonstration = models.BooleanField(default=False)
    has_second_factor = models.BooleanField(default=False)  # a passkey or an app: kept by actions/factors.py
    shown = models.JSONField(default=dict, blank=True)  # a Detail → SeenBy; what is missing is SEEN_AT_FIRST
    joined_at = models.DateTimeField(default=now)
    trust = models.PositiveSmallIntegerField(choices=Trust.choices, default=Trust.NEW)
    is_trust_fixed = models.BooleanField(default=False)  # by a moderator: it neither grows nor falls by itself
    silenced_until = models.DateTimeField(null=True, blank=True)  # till then she reads and does not write
    silenced_reason = models.CharField(max_length=500, default="", blank=True)  # as she is told
    photo = models.BigIntegerField(null=True, blank=True)  # a file's id (community.files stands above this room)
    version = models.PositiveIntegerField(default=1)

    objects: ClassVar[MemberManager] = MemberManager()
    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"

    class Meta:
        constraints = [
            models.UniqueConstraint(Lower("email"), name="one_member_an_address"),
            models.CheckConstraint(
                condition=Q(is_active=False) | Q(is_suspended=False, is_leaving=False),
                name="who_is_active_is_not_suspended_nor_leaves",
            ),
        ]

    def __str__(self) -> str:
        return self.handle

    def get_full_name(self) -> str:
        return self.name

    @property
    def roles(self) -> frozenset[Role]:
        return frozenset(role for role in Role if getattr(self, f"is_{role.value}"))

    @property
    def speaks_for_id(self) -> int | None:
        """The city in whose name she acts, and whose business she sees: her own, once that is confirmed."""
        return self.city_id if self.city_confirmed_at else None

    @property
    def confirmed_city(self) -> City | None:
        """What others read beside her name: until it is confirmed, anybody may say that she works for any city."""
        return self.city if self.city_confirmed_at else None

    @property
    def is_staff(self) -> bool:
        """Django's admin asks for it."""
        return self.is_administrator

    def has_perm(self, perm: str, obj: object = None) -> bool:
        return self.is_active and self.is_administrator

    def has_module_perms(self, app_label: str) -> bool:
        return self.is_active and self.is_administrator


class FormerHandle(models.Model):
    """Where a member's page was: links and mentions of then still lead to her, and nobody else is ever called so."""

    member = models.ForeignKey(Member, models.CASCADE, related_name="former_handles")
    handle = models.SlugField(max_length=40, unique=True)
    left_at = models.DateTimeField(default=now)

    def __str__(self) -> str:
        return self.handle


class AccountRequest(models.Model):
    """Somebody asked for an account or for a new password. The worker answers, by mail.

    Whoever stores it looks nothing up: so neither the page nor its time tells whether the address has an account.
    """

    kind = models.CharField(max_length=8, choices=Asked.choices)
    email = models.EmailField(max_length=254)
    language = models.CharField(max_length=8, choices=LANGUAGES)  # of the page that was used
    name = models.CharField(max_length=80, default="")
    password = models.CharField(max_length=128, default="")  # hashed
    timezone = models.CharField(max_length=64, default="UTC")  # the browser's guess
    provider_uid = models.CharField(max_length=255, default="", blank=True)  # of who comes by the OIDC provider
    at = models.DateTimeField(default=now)

    def __str__(self) -> str:
        return f"{self.kind} for {self.email}"


class SignedInPlace(models.Model):
    """A browser in which a member is signed in: her session, in words. Where it stands is kept by half only."""

    member = models.ForeignKey(Member, models.CASCADE, related_name="places")
    session_key = models.CharField(max_length=40, unique=True)
    browser = models.CharField(max_length=24, default="", blank=True)
    system = models.CharField(max_length=24, default="", blank=True)
    network = models.CharField(max_length=24, default="", blank=True)  # the first half of its address
    signed_in_at = models.DateTimeField(default=now)
    last_used_at = models.DateTimeField(default=now)  # to some minutes

    def __str__(self) -> str:
        return f"{self.browser} of member {self.member_id}"


class Group(models.Model):
    """Members who share closed forums."""

    slug = models.SlugField(max_length=60, unique=True)
    name = models.CharField(max_length=120)
    people = models.ManyToManyField(Member, blank=True, related_name="circles")

    def __str__(self) -> str:
        return self.slug
