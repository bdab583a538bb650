"""What is said of a speaker, and where her link goes."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import get_language, pgettext_lazy

from community.members.forms.fields import AddressField
from community.members.models import City
from community.text.forms import LineField, ProseField
from i18n.languages import DEFAULT, LANGUAGES
from webinars.models import Speaker
from webinars.planning import SafeLinkField, SaidField

BIO_LENGTH = 1_000  # characters


class EntryForm(forms.Form):
    name = LineField(label=pgettext_lazy("planning a session: a speaker", "Name"), max_length=80, required=False)
    role = LineField(label=pgettext_lazy("planning a session: a speaker", "Role"), max_length=160)
    city: forms.ModelChoiceField[City] = SaidField(
        City.objects.order_by("slug"),
        label=pgettext_lazy("planning a session: a speaker", "City of the network"),
        to_field_name="slug",
        required=False,
    )
    place = LineField(
        label=pgettext_lazy("proposing a talk", "Another city, or organisation"), max_length=160, required=False
    )
    talk_title = LineField(
        label=pgettext_lazy("planning a session: a speaker", "Title of the talk"), max_length=200, required=False
    )
    slides = SafeLinkField(label=pgettext_lazy("planning a session: a speaker", "Link to the slides"))
    bio = ProseField(
        label=pgettext_lazy("a speaker's entry", "About the speaker"),
        help_text=pgettext_lazy("a speaker's entry", "A few sentences, shown to everybody who can see the session."),
        markdown=False,
        max_length=BIO_LENGTH,
        required=False,
        widget=forms.Textarea(attrs={"dir": "auto", "rows": 6}),
    )
    bio_language = forms.ChoiceField(
        label=pgettext_lazy("field: language of what I write", "Language of this text"), choices=LANGUAGES
    )
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1)

    @property
    def entry(self) -> dict[str, Any]:
        """As the columns of a Speaker. A text that is not there has no language."""
        entry = {name: value for name, value in self.cleaned_data.items() if name != "version"}
        return entry | {"bio_language": entry["bio_language"] if entry["bio"] else ""}


def entry_of(speaker: Speaker) -> dict[str, Any]:
    return {
        "name": speaker.name,
        "role": speaker.role,
        "city": speaker.city.slug if speaker.city else None,
        "place": speaker.place,
        "talk_title": speaker.talk_title,
        "slides": speaker.slides,
        "bio": speaker.bio,
        "bio_language": speaker.bio_language or get_language() or DEFAULT,
        "version": speaker.version,
    }


class LinkForm(forms.Form):
    email = AddressField(
        label=pgettext_lazy("proposing a talk", "E-mail address of the speaker"),
        help_text=pgettext_lazy("proposing a talk", "Only organisers see it."),
        widget=forms.EmailInput(attrs={"dir": "ltr"}),
    )
    language = forms.ChoiceField(
        label=pgettext_lazy("sending a speaker her link", "Language of the mail"), choices=LANGUAGES
    )
