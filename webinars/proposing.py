"""What somebody says who proposes a talk or a speaker, and what organisers answer."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import uuid4

from django import forms
from django.core.validators import URLValidator
from django.utils import timezone
from django.utils.translation import get_language, pgettext, pgettext_lazy

from community.members.forms.fields import AddressField
from community.members.forms.profile import ThemesField
from community.members.models import City, Member
from community.text.forms import LineField, ProseField
from community.topics.models import Theme
from community.topics.queries import all_themes
from forums.forms import TokenField
from i18n.languages import DEFAULT, LANGUAGES
from webinars.choices import Visibility
from webinars.models import Opinion, Proposal, ProposalKind, Series
from webinars.planning import DATE, TIME, SaidField, free_slug
from webinars.plans import SessionPlan, SpeakerPlan, instant
from webinars.recurring import never_shown

ABSTRACT_LENGTH, NEEDS_LENGTH = 4_000, 1_000  # characters
TALK = ("kind", "title", "abstract", "language", "series", "themes")
SPEAKER = ("speaker_name", "speaker_role", "city", "speaker_place", "speaker_email", "link", "needs")
PROPOSER = ("name", "email")


class ProposalForm(forms.Form):
    """For a guest with name and address; a member's own are known. Params: member, None for a guest."""

    kind = forms.ChoiceField(
        label=pgettext_lazy("proposing a talk", "What do you propose?"),
        choices=ProposalKind.choices,
        initial=ProposalKind.OWN,
        widget=forms.RadioSelect,
    )
    title = LineField(label=pgettext_lazy("proposing a talk", "Title"), max_length=200)
    abstract = ProseField(
        label=pgettext_lazy("proposing a talk", "What it is about"),
        help_text=pgettext_lazy("proposing a talk", "What was tried, what came of it, and who would learn from it."),
        markdown=False,
        max_length=ABSTRACT_LENGTH,
    )
    language = forms.ChoiceField(
        label=pgettext_lazy("proposing a talk", "Language of the talk and of this text"), choices=LANGUAGES
    )
    series: forms.ModelChoiceField[Series] = SaidField(
        Series.objects.order_by("pk"),
        label=pgettext_lazy("proposing a talk", "Series"),
        empty_label=pgettext_lazy("proposing a talk", "Whichever fits"),
        to_field_name="slug",
        required=False,
    )
    themes = ThemesField(
        label=pgettext_lazy("proposing a talk", "Themes"), queryset=Theme.objects.none(), required=False
    )
    speaker_name = LineField(
        label=pgettext_lazy("proposing a talk", "Name of the speaker"),
        help_text=pgettext_lazy("proposing a talk", "Leave it empty if you speak yourself."),
        max_length=80,
        required=False,
    )
    speaker_role = LineField(
        label=pgettext_lazy("proposing a talk", "Role of the speaker"),
        help_text=pgettext_lazy("proposing a talk", "For instance: water engineer, deputy mayor."),
        max_length=160,
    )
    city: forms.ModelChoiceField[City] = SaidField(
        City.objects.order_by("slug"),
        label=pgettext_lazy("planning a session: a speaker", "City of the network"),
        to_field_name="slug",
        required=False,
    )
    speaker_place = LineField(
        label=pgettext_lazy("proposing a talk", "Another city, or organisation"), max_length=160, required=False
    )
    speaker_email = AddressField(
        label=pgettext_lazy("proposing a talk", "E-mail address of the speaker"),
        help_text=pgettext_lazy("proposing a talk", "Only organisers see it."),
        widget=forms.EmailInput(attrs={"dir": "ltr"}),
        required=False,
    )
    link = forms.URLField(
        label=pgettext_lazy("proposing a talk", "Link to read more"),
        assume_scheme="https",
        max_length=300,
        validators=[URLValidator(schemes=["http", "https"])],
        widget=forms.URLInput(attrs={"dir": "ltr"}),
        required=False,
    )
    needs = ProseField(
        label=pgettext_lazy("proposing a talk", "What it would need"),
        help_text=pgettext_lazy("proposing a talk", "For instance interpretation, or an hour that suits the speaker."),
        markdown=False,
        max_length=NEEDS_LENGTH,
        required=False,
        widget=forms.Textarea(attrs={"dir": "auto", "rows": 3}),
    )
    name = LineField(
        label=pgettext_lazy("proposing a talk", "Your name"),
        max_length=80,
        widget=forms.TextInput(attrs={"autocomplete": "name", "dir": "auto"}),
    )
    email = AddressField()
    token = TokenField()

    def __init__(self, *args: Any, member: Member | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["themes"].queryset = all_themes()  # type: ignore[attr-defined]
        self.member = member
        if member is not None:
            del self.fields["name"], self.fields["email"]

    @property
    def talk(self) -> list[forms.BoundField]:
        return [self[name] for name in TALK]

    @property
    def speaker(self) -> list[forms.BoundField]:
        return [self[name] for name in SPEAKER]

    @property
    def proposer(self) -> list[forms.BoundField]:
        """None of a member."""
        return [self[name] for name in PROPOSER if name in self.fields]

    def clean(self) -> dict[str, Any]:
        told = super().clean() or self.cleaned_data
        if told.get("kind") == ProposalKind.OTHER and "speaker_name" in told and not told["speaker_name"]:
            self.add_error("speaker_name", pgettext("proposing a talk", "Say who would speak."))
        if told.get("kind") == ProposalKind.OWN and not told.get("speaker_name"):
            told["speaker_name"] = self.member.name if self.member else told.get("name", "")
        return told


def begun(member: Member | None) -> dict[str, Any]:
    """What a new form says before anybody has written in it."""
    language = get_language() or DEFAULT
    first = {"token": uuid4().hex, "language": language}
    if member is None:
        return first
    place = {"city": member.city.slug if member.city else None, "speaker_role": member.position}
    return first | place | {"speaker_email": member.email}


class VoteForm(forms.Form):
    opinion = forms.ChoiceField(
        label=pgettext_lazy("an organiser's vote on a proposal", "Should it be on our schedule?"),
        choices=Opinion.choices,
        widget=forms.RadioSelect,
    )
    note = LineField(
        label=pgettext_lazy("an organiser's vote on a proposal", "Note"),
        help_text=pgettext_lazy("an organiser's vote on a proposal", "Organisers read it, and nobody else."),
        max_length=500,
        required=False,
    )


class AcceptForm(forms.Form):
    """Where the draft session stands first; all of it can be changed there."""

    series: forms.ModelChoiceField[Series] = SaidField(
        Series.objects.order_by("pk"),
        label=pgettext_lazy("planning many sessions", "Series"),
        empty_label=None,
        to_field_name="slug",
    )
    day = forms.DateField(label=pgettext_lazy("planning a session", "Day"), widget=DATE)
    time = forms.TimeField(
        label=pgettext_lazy("planning a session", "Time"),
        help_text=pgettext_lazy("accepting a proposal", "By the clocks of the series."),
        widget=TIME,
    )

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        if {"day", "time", "series"} <= told.keys() and never_shown(self.local, told["series"].timezone):
            words = pgettext(
                "planning a session", "Clocks jump over this time on that day in this zone. Choose one an hour later."
            )
            self.add_error("time", words)
        elif {"day", "time", "series"} <= told.keys() and instant(
            self.local, told["series"].timezone
        ) <= timezone.now():
            self.add_error("day", pgettext("planning a session", "This time is over already. Choose one to come."))
        return told

    @property
    def local(self) -> str:
        return datetime.combine(self.cleaned_data["day"], self.cleaned_data["time"]).isoformat(timespec="minutes")

    def plan(self, proposal: Proposal) -> SessionPlan:
        """Params: proposal, with its themes and its city."""
        series = self.cleaned_data["series"]
        city_id = proposal.city_id
        speaker = SpeakerPlan(
            role=proposal.speaker_role, place=proposal.speaker_place, city_id=city_id, name=proposal.speaker_name
        )
        return SessionPlan(
            slug=free_slug(series, proposal.title),
            titles={proposal.language: proposal.title},
            abstracts={proposal.language: proposal.abstract},
            starts_local=self.local,
            timezone=series.timezone,
            minutes=series.usual_minutes,
            languages=(proposal.language,),
            original_language=proposal.language,
            priority_theme_ids=tuple(theme.pk for theme in proposal.themes.all()),
            speakers=(speaker,),
            visibility=Visibility.DRAFT,
        )


class DeclineForm(forms.Form):
    reason = LineField(
        label=pgettext_lazy("declining a proposal", "Reason"),
        help_text=pgettext_lazy("declining a proposal", "Whoever proposed it reads it in a mail."),
        max_length=500,
        widget=forms.TextInput(attrs={"dir": "auto"}),
    )
