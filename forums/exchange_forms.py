"""What members fill in for exchanges between cities, and in which words it is refused."""

from datetime import datetime
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import pgettext, pgettext_lazy

from community.members.choices import READ_LANGUAGES
from community.members.forms.profile import CityField, ThemesField
from community.members.models import City
from community.text.forms import LineField, ProseField
from community.topics.models import Theme
from community.topics.queries import all_themes
from forums.forms import TITLE_LENGTH, LanguageField, TagsField, TokenField, WritingForm
from i18n.languages import LANGUAGES
from i18n.zones import zone, zone_choices

TEXT_LENGTH = 8_000  # characters


NO_CHOICE = "—"


class ThemeField(forms.ModelChoiceField):  # type: ignore[type-arg]  # generic in the stubs only
    label_from_instance = ThemesField.label_from_instance


class CitiesField(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]  # generic in the stubs only
    label_from_instance = CityField.label_from_instance


class _AboutTheme(WritingForm):
    """What requests and offers have in common."""

    theme = ThemeField(Theme.objects.none(), empty_label=NO_CHOICE, label=pgettext_lazy("exchange form", "Theme"))
    tags = TagsField(
        label=pgettext_lazy("exchange form", "Tags"),
        help_text=pgettext_lazy("exchange form", "Separated by commas. They help to find cities that fit."),
    )
    languages = forms.MultipleChoiceField(
        choices=READ_LANGUAGES,
        widget=forms.CheckboxSelectMultiple,
        label=pgettext_lazy("exchange form", "Languages in which you can talk"),
    )
    language = LanguageField()
    token = TokenField()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["theme"].queryset = all_themes()  # type: ignore[attr-defined]


class RequestForm(_AboutTheme):
    opens_thread: bool | None = True
    texts = ("sought", "offered")
    title = LineField(
        max_length=TITLE_LENGTH,
        label=pgettext_lazy("exchange request form", "What do you need, in one line?"),
    )
    sought = ProseField(
        max_length=TEXT_LENGTH,
        label=pgettext_lazy("exchange request form", "What are you looking for?"),
        help_text=pgettext_lazy(
            "exchange request form", "Your situation, what you have tried, and what another city could show you."
        ),
    )
    offered = ProseField(
        max_length=TEXT_LENGTH,
        required=False,
        label=pgettext_lazy("exchange request form", "What can your city offer in return?"),
    )
    needed_by = forms.DateField(
        label=pgettext_lazy("exchange request form", "By when?"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    is_open_to_guests = forms.BooleanField(
        required=False,
        label=pgettext_lazy("exchange request form", "Let people without an account read this request"),
        help_text=pgettext_lazy(
            "exchange request form",
            "Only the cities that take part and moderators read the conversation, whatever you choose.",
        ),
    )
    field_order = ["title", "theme", "sought", "offered", "needed_by", "languages", "tags", "is_open_to_guests"]

    def clean_needed_by(self) -> Any:
        """A date that stood before may stay."""
        wanted = self.cleaned_data["needed_by"]
        if wanted < timezone.localdate() and wanted != self.initial.get("needed_by"):
            raise forms.ValidationError(pgettext("exchange request form", "This day is over. Choose a later one."))
        return wanted


class RequestEditForm(RequestForm):
    opens_thread = None
    reason = LineField(
        max_length=200,
        required=False,
        label=pgettext_lazy("edit form", "What did you change?"),
        help_text=pgettext_lazy("request form", "The cities that take part read it. You may leave it empty."),
    )


class ResponseForm(WritingForm):
    body = ProseField(
        max_length=TEXT_LENGTH,
        label=pgettext_lazy("response form", "How can your city help?"),
        help_text=pgettext_lazy(
            "response form", "A few lines are enough. Only the cities that take part and moderators read them."
        ),
    )
    language = LanguageField()
    token = TokenField()


class InviteForm(forms.Form):
    """Some of the cities suggested, and one more of any others."""

    cities = CitiesField(City.objects.none(), required=False, widget=forms.CheckboxSelectMultiple)
    other = CityField(
        queryset=City.objects.none(),
        required=False,
        empty_label=NO_CHOICE,
        label=pgettext_lazy("invitation form", "Another city"),
    )

    def __init__(self, *args: Any, cities: QuerySet[City], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("cities", "other"):
            self.fields[name].queryset = cities  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        other = self.cleaned_data.get("other")
        chosen = [*self.cleaned_data.get("cities", ()), *([other] if other else [])]
        if not chosen and not self.errors:
            raise forms.ValidationError(pgettext("invitation form", "Choose at least one city."))
        return {"cities": chosen}


class MatchForm(forms.Form):
    cities = CitiesField(
        City.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        label=pgettext_lazy("matching form", "With which of the cities that responded?"),
        error_messages={"required": pgettext_lazy("matching form", "Choose at least one city.")},
    )

    def __init__(self, *args: Any, cities: QuerySet[City], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["cities"].queryset = cities  # type: ignore[attr-defined]


class MeetingForm(forms.Form):
    """`at` comes out as an aware moment."""

    at = forms.DateTimeField(
        label=pgettext_lazy("meeting form", "Date and time"),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )
    zone = forms.ChoiceField(label=pgettext_lazy("meeting form", "Time zone"), choices=zone_choices)
    link = forms.URLField(
        max_length=500,
        required=False,
        assume_scheme="https",
        label=pgettext_lazy("meeting form", "Link to the meeting"),
        widget=forms.URLInput(attrs={"dir": "ltr"}),
    )

    def clean(self) -> dict[str, Any]:
        """The time as it was typed, in the zone that was chosen beside it. Where clocks go forward, some are not."""
        fields = super().clean() or {}
        typed, name = fields.get("at"), fields.get("zone")
        if not typed or not name:
            return fields
        moment: datetime = typed.replace(tzinfo=zone(name))
        if moment.astimezone(zone("UTC")).astimezone(zone(name)).replace(tzinfo=None) != typed.replace(tzinfo=None):
            self.add_error("at", pgettext("meeting form", "Clocks go forward then: this time does not exist there."))
        elif moment < timezone.now():
            self.add_error("at", pgettext("meeting form", "This time is over. Choose a later one."))
        return fields | {"at": moment}


class OutcomeForm(WritingForm):
    opens_thread = None
    texts = ("context", "tried", "result", "cost", "contacts")
    title = LineField(max_length=TITLE_LENGTH, label=pgettext_lazy("outcome form", "Title"))
    context = ProseField(
        max_length=TEXT_LENGTH, label=pgettext_lazy("outcome form", "Context: where, for whom, with which problem?")
    )
    tried = ProseField(max_length=TEXT_LENGTH, label=pgettext_lazy("outcome form", "What was tried?"))
    result = ProseField(max_length=TEXT_LENGTH, label=pgettext_lazy("outcome form", "What came of it?"))
    cost = ProseField(max_length=TEXT_LENGTH, required=False, label=pgettext_lazy("outcome form", "What did it cost?"))
    contacts = ProseField(
        max_length=TEXT_LENGTH,
        required=False,
        label=pgettext_lazy("outcome form", "Whom may others ask?"),
        help_text=pgettext_lazy("outcome form", "Everybody will read this: name only who has agreed to it."),
    )
    language = forms.ChoiceField(choices=LANGUAGES, widget=forms.HiddenInput)
    version = forms.IntegerField(min_value=0, widget=forms.HiddenInput)


class OfferForm(_AboutTheme):
    opens_thread: bool | None = True
    title = LineField(
        max_length=TITLE_LENGTH,
        label=pgettext_lazy("offer form", "What can your city show others, in one line?"),
    )
    body = ProseField(
        max_length=TEXT_LENGTH,
        label=pgettext_lazy("offer form", "Tell them more"),
        help_text=pgettext_lazy("offer form", "What you did, what is there to see, and who can show it."),
    )
    field_order = ["title", "theme", "body", "languages", "tags"]


class ChangedOfferForm(OfferForm):
    opens_thread = None
