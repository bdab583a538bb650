"""A city joins, and a moderator answers."""

from typing import Any

from babel import Locale
from django import forms
from django.utils.translation import get_language, pgettext, pgettext_lazy

from community.members.choices import Hazard, Region
from community.members.forms.fields import AddressField, insist_on_whole_place
from community.members.forms.profile import ThemesField
from community.members.models import Member
from community.text.folding import folded
from community.text.forms import LineField
from community.topics.models import Theme
from community.topics.queries import all_themes
from i18n.languages import LANGUAGES
from i18n.zones import zone_choices

NOTHING_YET = ("", "—")  # nobody's city is in the first region of a list by default


def countries() -> list[tuple[str, str]]:
    """Code and name in the reader's language, by name."""
    names = Locale.parse(get_language() or "en").territories
    real = [(code, name) for code, name in names.items() if len(code) == 2 and code.isalpha() and code not in NOWHERE]
    return [NOTHING_YET, *sorted(real, key=lambda pair: folded(pair[1]))]


NOWHERE = {"EU", "EZ", "UN", "QO", "ZZ", "XA", "XB", "AC", "CP", "CQ", "DG", "EA", "IC", "TA"}  # codes of no country


def _zones() -> list[Any]:
    return [NOTHING_YET, *zone_choices()]


class HazardsField(forms.MultipleChoiceField):
    """By which cities that share them find each other."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self) -> None:
        label = pgettext_lazy("joining the coalition", "What your city faces")
        super().__init__(label=label, choices=Hazard.choices, required=False)


class PopulationField(forms.IntegerField):
    def __init__(self) -> None:
        label = pgettext_lazy("joining the coalition", "Inhabitants")
        super().__init__(label=label, min_value=1, max_value=100_000_000, required=False)


class JoinCoalitionForm(forms.Form):
    """For a guest with name and address; a member's own are known."""

    city_name = LineField(label=pgettext_lazy("joining the coalition", "City"), max_length=120)
    country = forms.ChoiceField(label=pgettext_lazy("joining the coalition", "Country"), choices=countries)
    region = forms.ChoiceField(
        label=pgettext_lazy("joining the coalition", "Region"), choices=[NOTHING_YET, *Region.choices]
    )
    city_language = forms.ChoiceField(
        label=pgettext_lazy("joining the coalition", "Language to work in"), choices=[NOTHING_YET, *LANGUAGES]
    )
    timezone = forms.ChoiceField(
        label=pgettext_lazy("joining the coalition", "Time zone"),
        choices=_zones,
        widget=forms.Select(attrs={"data-guess-zone": ""}),
    )
    population = PopulationField()
    is_in_network = forms.BooleanField(
        label=pgettext_lazy("joining the coalition", "We belong to the Resilient Cities Network already"),
        help_text=pgettext_lazy("joining the coalition", "The coalition is open to cities inside and outside it."),
        required=False,
    )
    hazards = HazardsField()
    priorities = ThemesField(
        label=pgettext_lazy("joining the coalition", "Priority themes"), queryset=Theme.objects.none(), required=False
    )
    contact_name = LineField(
        label=pgettext_lazy("joining the coalition", "Your name"),
        max_length=80,
        widget=forms.TextInput(attrs={"autocomplete": "name", "dir": "auto"}),
    )
    contact_position = LineField(label=pgettext_lazy("joining the coalition", "Your role in the city"), max_length=120)
    email = AddressField()
    commitment = forms.BooleanField(
        label=pgettext_lazy(
            "joining the coalition",
            "Our city is committed to taking a leadership role, to embedding resilience in its recovery, and to "
            "supporting other cities by sharing knowledge and expertise.",
        )
    )

    def __init__(self, *args: Any, member: Member | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["priorities"].queryset = all_themes()  # type: ignore[attr-defined]
        self.member = member
        if member is not None:
            del self.fields["contact_name"], self.fields["email"]
            self.fields["contact_position"].initial = member.position

    def clean(self) -> dict[str, Any]:
        if self.member is not None:
            self.cleaned_data |= {"contact_name": self.member.name, "email": self.member.email}
        self.cleaned_data.pop("commitment", None)
        return self.cleaned_data


class AnswerForm(forms.Form):
    """A moderator's. What the city said of itself may be put right, the place on the map be left open."""

    region = forms.ChoiceField(label=pgettext_lazy("joining the coalition", "Region"), choices=Region.choices)
    city_language = forms.ChoiceField(
        label=pgettext_lazy("joining the coalition", "Language to work in"), choices=LANGUAGES
    )
    timezone = forms.ChoiceField(label=pgettext_lazy("joining the coalition", "Time zone"), choices=_zones)
    population = PopulationField()
    hazards = HazardsField()
    latitude = forms.FloatField(
        label=pgettext_lazy("answer to a city", "Latitude, in degrees"),
        help_text=pgettext_lazy(
            "answer to a city", "Without latitude and longitude the city has no dot on the map; it is in the list."
        ),
        min_value=-57,
        max_value=84,
        required=False,
    )
    longitude = forms.FloatField(
        label=pgettext_lazy("answer to a city", "Longitude, in degrees"), min_value=-180, max_value=180, required=False
    )
    reason = LineField(
        label=pgettext_lazy("answer to a city", "Reason"),
        help_text=pgettext_lazy(
            "answer to a city", "Needed to decline: the city reads it in a mail. Kept with the decision either way."
        ),
        max_length=500,
        required=False,
    )

    @property
    def declines(self) -> bool:
        """By which button it was sent."""
        return "decline" in self.data

    def clean(self) -> dict[str, Any]:
        insist_on_whole_place(self)
        if self.declines:
            for name in set(self.errors) - {"reason"}:  # what a city would be given
                del self.errors[name]
            if not self.errors and not self.cleaned_data["reason"]:
                self.add_error("reason", pgettext("answer to a city", "Say why: the city reads it in a mail."))
        return self.cleaned_data
