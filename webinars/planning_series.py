"""The form in which organisers describe a series."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import pgettext, pgettext_lazy

from community.members.models import Member
from community.text.clean import clean_line
from community.text.forms import LineField, ProseField
from community.text.slugs import slug_of
from community.text.unfit import UnfitText
from forums.choices import ForumKind
from forums.models import Forum
from forums.rules import seeable_forums
from i18n.days import weekdays_in_words
from i18n.languages import CODES, LANGUAGES, NAMES
from i18n.zones import zone_choices
from webinars.models import Series
from webinars.planning import TIME, SafeLinkField, SaidField
from webinars.plans import SeriesPlan

MOST_NAMES, LONGEST_NAME = 20, 120
SPEAKER_NOTE_LENGTH = 4_000  # characters
NO_SERIES = {"desk", "embed", "month", "new", "propose", "registration", "speaker"}  # parts of other addresses


class NamesField(forms.CharField):
    """Names of organisations, one a line."""

    def __init__(self, **options: Any) -> None:
        super().__init__(required=False, widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}), **options)

    def clean(self, value: Any) -> list[str]:
        try:
            names = [line for each in str(value or "").splitlines() if (line := clean_line(each))]
        except UnfitText as error:
            raise forms.ValidationError(error.message, code=error.code) from error
        if len(names) > MOST_NAMES or any(len(name) > LONGEST_NAME for name in names):
            words = pgettext("planning a series", "At most %(most)s names, each of %(longest)s characters at most.")
            raise forms.ValidationError(words % {"most": MOST_NAMES, "longest": LONGEST_NAME})
        return names


class SeriesForm(forms.Form):
    """A title in one language is enough; the others can follow. What is usual every new session begins with."""

    timezone = forms.ChoiceField(label=pgettext_lazy("planning a series", "Usual time zone"), choices=zone_choices)
    weekday = forms.TypedChoiceField(
        label=pgettext_lazy("planning a series", "Usual weekday"),
        choices=lambda: [("", "—"), *((number + 1, whole) for number, (whole, _) in enumerate(weekdays_in_words(0)))],
        coerce=int,
        empty_value=None,
        required=False,
    )
    time = forms.TimeField(
        label=pgettext_lazy("planning a series", "Usual time"),
        help_text=pgettext_lazy("planning a series", "Taken for a session whose time is not announced yet."),
        widget=TIME,
        required=False,
    )
    minutes = forms.IntegerField(
        label=pgettext_lazy("planning a series", "Usual length, in minutes"),
        min_value=5,
        max_value=24 * 60,
        initial=60,
    )
    languages = forms.MultipleChoiceField(
        label=pgettext_lazy("planning a session", "Languages spoken"),
        choices=LANGUAGES,
        widget=forms.CheckboxSelectMultiple,
    )
    organisers = NamesField(
        label=pgettext_lazy("planning a series", "Organisers"),
        help_text=pgettext_lazy("planning a series", "One name a line."),
    )
    supporters = NamesField(
        label=pgettext_lazy("planning a series", "Supporters"),
        help_text=pgettext_lazy("planning a series", "One name a line."),
    )
    room = SafeLinkField(
        label=pgettext_lazy("planning a series", "Usual link to the room"),
        help_text=pgettext_lazy("planning a series", "Shown to who may join a session, and to nobody else."),
    )
    reminds_day = forms.BooleanField(
        label=pgettext_lazy("planning a series", "Remind who registers a day before"),
        help_text=pgettext_lazy(
            "planning a series", "For those who register from now on; each of them may change it for herself."
        ),
        required=False,
        initial=True,
    )
    reminds_hour = forms.BooleanField(
        label=pgettext_lazy("planning a series", "Remind who registers an hour before"), required=False, initial=True
    )
    forum: forms.ModelChoiceField[Forum] = SaidField(
        Forum.objects.none(),
        label=pgettext_lazy("planning a series", "Forum in which its sessions are talked about"),
        help_text=pgettext_lazy(
            "planning a series", "Four weeks before each session a thread about it is opened there by itself."
        ),
        to_field_name="slug",
        required=False,
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, organiser: Member, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        places = seeable_forums(organiser).exclude(kind=ForumKind.EXCHANGE).order_by("pk")
        self.fields["forum"].queryset = places  # type: ignore[attr-defined]
        for code in CODES:
            title = pgettext("planning a session", "Title, %(language)s") % {"language": NAMES[code]}
            text = pgettext("planning a series", "Description, %(language)s") % {"language": NAMES[code]}
            self.fields[f"title_{code}"] = LineField(label=title, max_length=160, required=False)
            self.fields[f"description_{code}"] = ProseField(
                label=text, markdown=False, required=False, widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"})
            )

            self.fields[f"speaker_note_{code}"] = ProseField(
                label=NAMES[code],
                markdown=False,
                required=False,
                max_length=SPEAKER_NOTE_LENGTH,
                widget=forms.Textarea(attrs={"rows": 3, "dir": "auto", "lang": code}),
            )

    @property
    def speaker_notes(self) -> list[tuple[str, forms.BoundField]]:
        """What those who speak should know, by language."""
        return [(code, self[f"speaker_note_{code}"]) for code in CODES]

    @property
    def texts(self) -> list[tuple[str, forms.BoundField, forms.BoundField]]:
        """By language: its code, its title and its description."""
        return [(code, self[f"title_{code}"], self[f"description_{code}"]) for code in CODES]

    @property
    def usual(self) -> list[forms.BoundField]:
        return [self[name] for name in ("weekday", "time", "timezone", "minutes")]

    @property
    def others(self) -> list[forms.BoundField]:
        return [
            self[name]
            for name in ("languages", "room", "reminds_day", "reminds_hour", "organisers", "supporters", "forum")
        ]

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        if not any(told.get(f"title_{code}") for code in CODES):
            self.add_error("title_en", pgettext("planning a session", "Give it a title in one language at least."))
        return told

    def plan(self, *, slug: str = "") -> SeriesPlan:
        """Params: slug, of the series that there is; a free one for a new series."""
        given = self.cleaned_data
        titles = {code: given[f"title_{code}"] for code in CODES}
        original = next(code for code in (*given["languages"], *CODES) if titles.get(code))
        return SeriesPlan(
            slug=slug or free_series_slug(titles[original]),
            titles=titles,
            descriptions={code: given[f"description_{code}"] for code in CODES},
            languages=tuple(given["languages"]),
            timezone=given["timezone"],
            usual_weekday=given["weekday"],
            usual_time=given["time"].isoformat("minutes") if given["time"] else "",
            usual_minutes=given["minutes"],
            usual_room=given["room"],
            speaker_notes={code: given[f"speaker_note_{code}"] for code in CODES},
            reminds_day=given["reminds_day"],
            reminds_hour=given["reminds_hour"],
            original_language=original,
            organisers=tuple(given["organisers"]),
            supporters=tuple(given["supporters"]),
            forum_id=given["forum"].pk if given["forum"] else None,
        )


def initial_of_series(series: Series) -> dict[str, Any]:
    texts = {
        f"{field}_{code}": getattr(series, f"{field}_{code}") or ""
        for field in ("title", "description", "speaker_note")
        for code in CODES
    }
    return {
        "timezone": series.timezone,
        "weekday": series.usual_weekday,
        "time": series.usual_time,
        "minutes": series.usual_minutes,
        "room": series.usual_room,
        "reminds_day": series.reminds_day,
        "reminds_hour": series.reminds_hour,
        "languages": series.languages,
        "organisers": "\n".join(series.organisers),
        "supporters": "\n".join(series.supporters),
        "forum": series.forum.slug if series.forum else None,
        "version": series.version,
        **texts,
    }


def free_series_slug(title: str) -> str:
    """An address that no series has, nor any page of the schedule or of its desk."""
    wanted = slug_of(title, 50)
    taken = NO_SERIES | set(Series.objects.filter(slug__startswith=wanted).values_list("slug", flat=True))
    return next(slug for slug in (wanted, *(f"{wanted}-{number}" for number in range(2, 9999))) if slug not in taken)
