"""The form in which organisers plan many dates at once."""

from __future__ import annotations

from datetime import date

from django import forms
from django.utils.translation import pgettext, pgettext_lazy

from community.members.models import City
from community.text.forms import LineField
from webinars.choices import Visibility
from webinars.models import Series
from webinars.planning import SaidField, SaidManyField, WhenForm
from webinars.plans import RoomPlan, SessionPlan
from webinars.recurring import MOST, Every


class RepeatForm(WhenForm):
    """Many drafts at once."""

    series: forms.ModelChoiceField[Series] = SaidField(
        Series.objects.order_by("pk"), label=pgettext_lazy("planning many sessions", "Series"), to_field_name="slug"
    )
    title = LineField(label=pgettext_lazy("planning many sessions", "Title until each has its own"), max_length=200)
    every = forms.ChoiceField(label=pgettext_lazy("planning many sessions", "How often"), choices=Every.choices)
    count = forms.IntegerField(
        label=pgettext_lazy("planning many sessions", "How many"), min_value=1, max_value=MOST, initial=12
    )
    without = forms.CharField(
        label=pgettext_lazy("planning many sessions", "Days to leave out"),
        help_text=pgettext_lazy("planning many sessions", "One a line, as 2026-12-24."),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=1_000,
    )
    cities: forms.ModelMultipleChoiceField[City] = SaidManyField(
        City.objects.order_by("slug"),
        label=pgettext_lazy("planning many sessions", "Show the time in these cities"),
        to_field_name="slug",
        required=False,
    )
    field_order = ("series", "title", "day", "time", "timezone", "minutes", "every", "count", "without", "languages")

    def clean_without(self) -> list[date]:
        found = []
        for line in self.cleaned_data["without"].split():
            try:
                found.append(date.fromisoformat(line))
            except ValueError:
                words = pgettext("planning many sessions", "“%(line)s” is no day. Write it as 2026-12-24.")
                raise forms.ValidationError(words % {"line": line}) from None
        return found

    def plans(self, local: list[str]) -> list[SessionPlan]:
        given = self.cleaned_data
        language = given["languages"][0]
        return [
            SessionPlan(
                slug=each.partition("T")[0],
                titles={language: given["title"]},
                abstracts={},
                starts_local=each,
                timezone=given["timezone"],
                minutes=given["minutes"],
                languages=tuple(given["languages"]),
                original_language=language,
                room=usual_room(given["series"]),
                visibility=Visibility.DRAFT,
            )
            for each in local
        ]


def usual_room(series: Series) -> RoomPlan | None:
    """Of its new sessions."""
    return RoomPlan(series.usual_room) if series.usual_room else None
