"""A member's profile."""

from typing import Any

from django import forms
from django.utils.translation import get_language, pgettext_lazy

from community.members.choices import READ_LANGUAGES, SEEN_AT_FIRST, Detail, SeenBy
from community.members.models import City, Member
from community.members.rules import can_be_called
from community.members.shown import seen_by
from community.text.forms import LineField, ProseField
from community.topics.forms import TagsField
from community.topics.models import Theme
from community.topics.queries import all_themes
from i18n.languages import DEFAULT, LANGUAGES
from i18n.texts import said
from i18n.zones import zone_choices


class CityField(forms.ModelChoiceField):
    def label_from_instance(self, obj: City) -> str:
        return said(obj, "name", get_language() or DEFAULT).text


class ThemesField(forms.ModelMultipleChoiceField):
    widget = forms.CheckboxSelectMultiple

    def label_from_instance(self, obj: Theme) -> str:
        return said(obj, "title", get_language() or DEFAULT).text


class SeenForm(forms.Form):
    """Who sees what of a profile. A choice that is not sent stays what it was."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for detail in Detail:
            self.fields[f"seen_{detail}"] = forms.ChoiceField(
                label=detail.label, choices=SeenBy.choices, required=False, initial=SEEN_AT_FIRST[detail]
            )

    def seen_fields(self) -> list[forms.BoundField]:
        """Who sees what; they stand apart from what is seen."""
        return [self[f"seen_{detail}"] for detail in Detail]

    def clean(self) -> dict[str, Any]:
        """Who sees what comes as one `shown`."""
        chosen = {detail.value: self.cleaned_data.pop(f"seen_{detail}", "") for detail in Detail}
        self.cleaned_data["shown"] = {
            detail: value or str(self.initial.get(f"seen_{detail}", SEEN_AT_FIRST[Detail(detail)]))
            for detail, value in chosen.items()
        }
        return self.cleaned_data


class ProfileForm(SeenForm):
    name = LineField(
        label=pgettext_lazy("profile form", "Your name"),
        help_text=pgettext_lazy("profile form", "As colleagues in other cities should see it, in any alphabet."),
        max_length=80,
    )
    handle = LineField(
        label=pgettext_lazy("profile form", "Your handle"),
        help_text=pgettext_lazy(
            "profile form",
            "The address of your page, and what others write after @ to call you. Old links still lead to you.",
        ),
        max_length=40,
        required=False,
        widget=forms.TextInput(attrs={"dir": "ltr", "autocapitalize": "none", "spellcheck": "false"}),
    )
    position = LineField(
        label=pgettext_lazy("profile form", "Your role"),
        help_text=pgettext_lazy("profile form", "What you do, for example: drainage engineer."),
        max_length=120,
        required=False,
    )
    city = CityField(label=pgettext_lazy("profile form", "City"), queryset=City.objects.none(), required=False)
    organisation = LineField(label=pgettext_lazy("profile form", "Organisation"), max_length=160, required=False)
    reads = forms.MultipleChoiceField(
        label=pgettext_lazy("profile form", "Languages you read"),
        choices=READ_LANGUAGES,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    language = forms.ChoiceField(label=pgettext_lazy("profile form", "Language of pages and mails"), choices=LANGUAGES)
    timezone = forms.ChoiceField(
        label=pgettext_lazy("profile form", "Time zone"),
        help_text=pgettext_lazy("profile form", "All times are shown in this time zone."),
        choices=zone_choices,
        widget=forms.Select(attrs={"data-guess-zone": ""}),
    )
    themes = ThemesField(label=pgettext_lazy("profile form", "Themes"), queryset=Theme.objects.none(), required=False)
    tags = TagsField(
        label=pgettext_lazy("profile form", "Tags"),
        help_text=pgettext_lazy("profile form", "Up to ten words, separated by commas."),
        most=10,
    )
    about = ProseField(
        label=pgettext_lazy("profile form", "About you"),
        help_text=pgettext_lazy("profile form", "A few lines. Markdown works here."),
        max_length=2000,
        required=False,
    )

    def __init__(self, *args: Any, member: Member, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.member = member
        if self.initial.get("timezone") == "UTC":  # nobody's own choice yet: the browser may know better
            self.fields["timezone"].widget.attrs["data-guess-zone"] = "always"
        self.fields["city"].queryset = City.objects.order_by("slug")  # type: ignore[attr-defined]
        self.fields["themes"].queryset = all_themes()  # type: ignore[attr-defined]

    def clean_handle(self) -> str:
        """Left empty, it stays what it was."""
        handle = self.cleaned_data["handle"].removeprefix("@").lower() or self.member.handle
        if not (ruling := can_be_called(self.member, handle)):
            raise forms.ValidationError(str(ruling.reason))
        return handle

    def told_fields(self) -> list[forms.BoundField]:
        return [field for field in self if not field.name.startswith("seen_")]


def profile_as_it_stands(member: Member) -> dict[str, Any]:
    """What the form begins with."""
    return {
        "name": member.name,
        "handle": member.handle,
        "position": member.position,
        "city": member.city_id,
        "organisation": member.organisation.name if member.organisation else "",
        "reads": member.reads,
        "language": member.language,
        "timezone": member.timezone,
        "themes": [theme.pk for theme in member.themes.all()],
        "tags": [tag.name for tag in member.tags.all()],
        "about": member.about,
        **{f"seen_{detail}": seen_by(member, detail).value for detail in Detail},
    }
