"""The forms of who speaks in a session, one each."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import pgettext, pgettext_lazy

from community.members.models import City
from community.text.forms import LineField
from webinars.models import Session
from webinars.planning import SafeLinkField, SaidField
from webinars.plans import SpeakerPlan

SPEAKERS = 8


class SpeakerForm(forms.Form):
    speaker = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=1)  # her row
    name = LineField(label=pgettext_lazy("planning a session: a speaker", "Name"), max_length=80, required=False)
    role = LineField(label=pgettext_lazy("planning a session: a speaker", "Role"), max_length=160, required=False)
    place = LineField(
        label=pgettext_lazy("planning a session: a speaker", "City or organisation"), max_length=160, required=False
    )
    city: forms.ModelChoiceField[City] = SaidField(
        City.objects.order_by("slug"),
        label=pgettext_lazy("planning a session: a speaker", "City of the network"),
        required=False,
    )

    talk_title = LineField(
        label=pgettext_lazy("planning a session: a speaker", "Title of the talk"), max_length=200, required=False
    )
    slides = SafeLinkField(label=pgettext_lazy("planning a session: a speaker", "Link to the slides"))

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        if any(told.get(name) for name in ("name", "place", "city", "talk_title", "slides")) and not told.get("role"):
            self.add_error("role", pgettext("planning a session: a speaker", "Say in which role she or he speaks."))
        return told


SpeakerForms = forms.formset_factory(SpeakerForm, extra=2, max_num=SPEAKERS, absolute_max=SPEAKERS)


def speakers_of(session: Session) -> list[dict[str, Any]]:
    return [
        {
            "speaker": each.pk,
            "name": each.name,
            "role": each.role,
            "place": each.place,
            "city": each.city_id,
            "talk_title": each.talk_title,
            "slides": each.slides,
        }
        for each in session.speakers.all()
    ]


def speaker_plans(rows: list[dict[str, Any]]) -> tuple[SpeakerPlan, ...]:
    """Of those rows that say something."""
    return tuple(
        SpeakerPlan(
            role=row["role"],
            place=row["place"],
            city_id=row["city"].pk if row["city"] else None,
            name=row["name"],
            talk_title=row["talk_title"],
            slides=row["slides"],
            speaker_id=row["speaker"],
        )
        for row in rows
        if row.get("role")
    )
