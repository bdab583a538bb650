"""The forms of the desk, where organisers plan."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, time, timedelta
from typing import Any

from django import forms
from django.conf import settings
from django.core.validators import URLValidator
from django.utils import timezone
from django.utils.translation import get_language, pgettext, pgettext_lazy

from community.members.forms.profile import ThemesField
from community.members.models import City
from community.programmes.models import Programme
from community.text.forms import LineField, ProseField
from community.text.slugs import slug_of
from community.topics.forms import TagsField
from community.topics.models import Theme
from community.topics.queries import all_themes
from i18n.forms import WallTimeField
from i18n.languages import CODES, DEFAULT, LANGUAGES, NAMES
from i18n.texts import said
from i18n.zones import zone_choices
from webinars.choices import SessionKind, Visibility
from webinars.models import Series, Session
from webinars.plans import (
    ABSTRACT_LENGTH,
    ChannelPlan,
    RoomPlan,
    SessionPlan,
    SpeakerPlan,
    Texts,
    instant,
    wall_time,
)
from webinars.queries import room_of
from webinars.recurring import never_shown

TAGS = 8
CONSENT_LENGTH = 1_000  # characters
DATE = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
TIME = forms.TimeInput(attrs={"type": "time"}, format="%H:%M")


def _said(thing: Any) -> str:
    """Its curated name or title, in the reader's language."""
    return said(thing, "name" if isinstance(thing, City) else "title", get_language() or DEFAULT).text


class SaidField(forms.ModelChoiceField):
    def label_from_instance(self, obj: Any) -> str:
        return _said(obj)


class SaidManyField(forms.ModelMultipleChoiceField):
    def label_from_instance(self, obj: Any) -> str:
        return _said(obj)


class SafeLinkField(forms.URLField):
    default_validators = [
        URLValidator(
            schemes=["https"], message=pgettext_lazy("planning a session", "Write the whole link, with https://.")
        )
    ]
    widget = forms.URLInput(attrs={"dir": "ltr"})

    def __init__(self, **options: Any) -> None:
        super().__init__(assume_scheme="https", max_length=500, required=False, **options)


class WhenForm(forms.Form):
    """A wall clock's time in a zone."""

    day = forms.DateField(label=pgettext_lazy("planning a session", "Day"), widget=DATE)
    time = forms.TimeField(label=pgettext_lazy("planning a session", "Time"), widget=TIME)
    timezone = forms.ChoiceField(label=pgettext_lazy("planning a session", "Time zone"), choices=zone_choices)
    minutes = forms.IntegerField(
        label=pgettext_lazy("planning a session", "Minutes"), min_value=5, max_value=24 * 60, initial=60
    )
    languages = forms.MultipleChoiceField(
        label=pgettext_lazy("planning a session", "Languages spoken"),
        choices=LANGUAGES,
        widget=forms.CheckboxSelectMultiple,
    )

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        if {"day", "time", "timezone"} <= told.keys() and never_shown(self.local, told["timezone"]):
            words = pgettext(
                "planning a session", "Clocks jump over this time on that day in this zone. Choose one an hour later."
            )
            self.add_error("time", words)
        return told

    @property
    def local(self) -> str:
        return datetime.combine(self.cleaned_data["day"], self.cleaned_data["time"]).isoformat(timespec="minutes")


class SessionForm(WhenForm):
    """One session. A title in one language is enough; the others can follow.

    Params: assumed, the time that is taken where none is given, 08:00; "" where one has to be.
    """

    kind = forms.ChoiceField(
        label=pgettext_lazy("planning a session", "Kind"), choices=[("", "—"), *SessionKind.choices], required=False
    )
    number = forms.IntegerField(
        label=pgettext_lazy("planning a session", "Number in the series"), required=False, min_value=1, max_value=9999
    )
    visibility = forms.ChoiceField(
        label=pgettext_lazy("planning a session", "Who may see it"), choices=Visibility.choices
    )
    programme: forms.ModelChoiceField[Programme] = SaidField(
        Programme.objects.order_by("slug"), label=pgettext_lazy("planning a session", "Programme"), required=False
    )
    takes_registrations = forms.BooleanField(
        label=pgettext_lazy("planning a session", "People can register"),
        help_text=pgettext_lazy("planning a session", "If nobody has to, whoever may see the session can join it."),
        required=False,
    )
    capacity = forms.IntegerField(
        label=pgettext_lazy("planning a session", "Seats"),
        help_text=pgettext_lazy("planning a session", "Empty: as many as come. Who comes later waits in order."),
        required=False,
        min_value=1,
        max_value=100_000,
    )
    registration_until = WallTimeField(
        label=pgettext_lazy("planning a session", "Registration until"),
        help_text=pgettext_lazy("planning a session", "In the time zone of the session. Empty: until it ends."),
        required=False,
    )
    asks_approval = forms.BooleanField(
        label=pgettext_lazy("planning a session", "Organisers approve each registration"),
        help_text=pgettext_lazy("planning a session", "Who asks has no seat before that, and is told by mail."),
        required=False,
    )
    co_hosts = LineField(
        label=pgettext_lazy("planning a session", "Co-hosts"),
        help_text=pgettext_lazy("planning a session", "Organisations, as they want to be named."),
        max_length=200,
        required=False,
    )
    themes = ThemesField(
        label=pgettext_lazy("planning a session", "Themes"), queryset=Theme.objects.none(), required=False
    )
    tags = TagsField(
        label=pgettext_lazy("planning a session", "Tags"),
        help_text=pgettext_lazy("planning a session", "Words with commas between, in the language of the session."),
        most=TAGS,
    )
    room_link = SafeLinkField(
        label=pgettext_lazy("planning a session", "Link to the room"),
        help_text=pgettext_lazy("planning a session", "Of Zoom, Teams, Meet or any other."),
    )
    room_here = forms.BooleanField(
        label=pgettext_lazy("planning a session", "Hold it here on the site, by video"), required=False
    )
    room_access = LineField(
        label=pgettext_lazy("planning a session", "Passcode, phone numbers"), max_length=300, required=False
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    field_order = ("day", "time", "timezone", "minutes", "languages", "kind", "number", "visibility", "programme")

    def __init__(self, *args: Any, assumed: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.assumed = assumed
        if assumed:
            words = pgettext(
                "planning a session", "Empty if it is not announced yet: %(time)s is taken, and said to be assumed."
            )
            self.fields["time"].required = False
            self.fields["time"].help_text = words % {"time": assumed}
        self.fields["themes"].queryset = all_themes()  # type: ignore[attr-defined]
        if not (settings.JITSI_URL or settings.BIGBLUEBUTTON_URL):
            del self.fields["room_here"]
        for code in CODES:
            title = pgettext("planning a session", "Title, %(language)s") % {"language": NAMES[code]}
            abstract = pgettext("planning a session", "Abstract, %(language)s") % {"language": NAMES[code]}
            self.fields[f"title_{code}"] = LineField(label=title, max_length=200, required=False)
            self.fields[f"abstract_{code}"] = ProseField(
                label=abstract,
                markdown=False,
                required=False,
                max_length=ABSTRACT_LENGTH,
                widget=forms.Textarea(attrs={"rows": 4, "dir": "auto"}),
            )
            self.fields[f"recording_consent_{code}"] = ProseField(
                label=NAMES[code],
                markdown=False,
                required=False,
                max_length=CONSENT_LENGTH,
                widget=forms.Textarea(attrs={"rows": 2, "dir": "auto"}),
            )
            self.fields[_interpretation(code)] = SafeLinkField(label=NAMES[code])

    @property
    def texts(self) -> list[tuple[str, forms.BoundField, forms.BoundField]]:
        """By language: its code, its title and its abstract."""
        return [(code, self[f"title_{code}"], self[f"abstract_{code}"]) for code in CODES]

    @property
    def consents(self) -> list[tuple[str, forms.BoundField]]:
        """What is said of the recording, by language."""
        return [(code, self[f"recording_consent_{code}"]) for code in CODES]

    @property
    def channels(self) -> list[forms.BoundField]:
        """Links to the interpretation, by language."""
        return [self[_interpretation(code)] for code in CODES]

    @property
    def rooms(self) -> list[forms.BoundField]:
        """Where it is held."""
        return [self[name] for name in ("room_link", "room_here", "room_access") if name in self.fields]

    @property
    def room(self) -> RoomPlan | None:
        """Of a valid form."""
        link, is_here = self.cleaned_data["room_link"], self.cleaned_data.get("room_here", False)
        return RoomPlan(link, self.cleaned_data["room_access"]) if link or is_here else None

    def clean_time(self) -> time:
        self.is_time_assumed = self.cleaned_data["time"] is None
        found: time = self.cleaned_data["time"] or time.fromisoformat(self.assumed)
        return found

    def clean(self) -> dict[str, Any]:
        told = super().clean()
        if told.get("room_link") and told.get("room_here"):
            words = pgettext("planning a session", "Hold it here, or behind a link: not both.")
            self.add_error("room_link", words)
        if told.get("room_access") and not (told.get("room_here") or "room_link" in self.errors or told["room_link"]):
            self.add_error("room_link", pgettext("planning a session", "Give the link that they belong to."))
        if not any(told.get(f"title_{code}") for code in CODES):
            self.add_error("title_en", pgettext("planning a session", "Give it a title in one language at least."))
        if told.get("visibility") == Visibility.PROGRAMME and not told.get("programme"):
            self.add_error("programme", pgettext("planning a session", "Choose the programme whose cities may see it."))
        if told.get("registration_until") and told.get("timezone"):
            self._check_until(told["registration_until"], told)
        return told

    def _check_until(self, until: str, told: dict[str, Any]) -> None:
        if never_shown(until, told["timezone"]):
            words = pgettext("planning a session", "Clocks jump over this time on that day in this zone.")
            self.add_error("registration_until", words)
        elif {"day", "time", "minutes"} <= told.keys():
            ends_at = instant(self.local, told["timezone"]) + timedelta(minutes=told["minutes"])
            if instant(until, told["timezone"]) > ends_at:
                words = pgettext("planning a session", "The session is over by then. Choose a time before it ends.")
                self.add_error("registration_until", words)

    def refuse_past(self, before: datetime | None) -> bool:
        """Another end of registration than before must be one to come. Params: before, None for none."""
        local, now = self.cleaned_data["registration_until"], timezone.now()
        until = instant(local, self.cleaned_data["timezone"]) if local else None
        if until is None or until > now or (before and until == before.replace(second=0, microsecond=0)):
            return False
        words = pgettext("planning a session", "This time is over already. Choose one to come.")
        self.add_error("registration_until", words)
        return True

    def plan(self, speakers: tuple[SpeakerPlan, ...], *, slug: str) -> SessionPlan:
        given = self.cleaned_data
        titles = self._in_languages("title")
        return SessionPlan(
            slug=slug,
            titles=titles,
            abstracts=self._in_languages("abstract"),
            starts_local=self.local,
            timezone=given["timezone"],
            minutes=given["minutes"],
            languages=tuple(given["languages"]),
            original_language=next((code for code in (*given["languages"], *CODES) if titles.get(code)), CODES[0]),
            number=given["number"],
            kind=given["kind"],
            themes=tuple(given["tags"]),
            priority_theme_ids=tuple(theme.pk for theme in given["themes"]),
            speakers=speakers,
            channels=tuple(ChannelPlan(code, link) for code in CODES if (link := given[_interpretation(code)])),
            room=self.room,
            programme_id=given["programme"].pk if given["programme"] else None,
            visibility=Visibility(given["visibility"]),
            takes_registrations=given["takes_registrations"],
            capacity=given["capacity"],
            registration_until_local=given["registration_until"],
            asks_approval=given["asks_approval"],
            is_time_assumed=self.is_time_assumed,
            recording_consents=self._in_languages("recording_consent"),
            co_hosts=given["co_hosts"],
        )

    def _in_languages(self, field: str) -> Texts:
        return {code: self.cleaned_data[f"{field}_{code}"] for code in CODES}


class CancelForm(forms.Form):
    reason = LineField(
        label=pgettext_lazy("schedule desk: before cancelling", "Reason"),
        help_text=pgettext_lazy(
            "schedule desk: before cancelling", "Everybody reads it: on the page of the session too."
        ),
        max_length=200,
        required=False,
    )


def initial_of(session: Session) -> dict[str, Any]:
    day, _, at = session.starts_local.partition("T")
    texts = {
        f"{field}_{code}": getattr(session, f"{field}_{code}") or ""
        for field in ("title", "abstract", "recording_consent")
        for code in CODES
    }
    return {
        "day": day,
        "time": "" if session.is_time_assumed else at,
        "timezone": session.timezone,
        "minutes": session.minutes,
        "languages": session.languages,
        "number": session.number,
        "kind": session.kind,
        "visibility": session.visibility,
        "programme": session.programme_id,
        "takes_registrations": session.takes_registrations,
        "capacity": session.capacity,
        "registration_until": wall_time(until, session.timezone) if (until := session.registration_until) else "",
        "asks_approval": session.asks_approval,
        "co_hosts": session.co_hosts,
        "themes": list(session.priority_themes.all()),
        "tags": session.themes,
        "version": session.version,
        **texts,
    }


def links_of(session: Session) -> dict[str, Any]:
    """To its room and its interpretation; they do not go along where a session is copied."""
    links: dict[str, Any] = {_interpretation(each.language): each.link for each in session.channels.all()}
    if room := room_of(session):
        links |= {"room_link": room.link, "room_here": not room.link, "room_access": room.access}
    return links


def _interpretation(code: str) -> str:
    return f"interpretation_{code}"


def free_slug(series: Series, title: str, *, besides: Iterable[str] = ()) -> str:
    """An address within its series that no session has. Params: besides, what others are about to take."""
    wanted = slug_of(title, 70)
    there = Session.objects.filter(series=series, slug__startswith=wanted).values_list("slug", flat=True)
    taken = {*besides, *there}
    return next(slug for slug in (wanted, *(f"{wanted}-{number}" for number in range(2, 9999))) if slug not in taken)
