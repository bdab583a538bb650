"""What is asked when something is reported, decided or asked about."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import npgettext, pgettext, pgettext_lazy

from community.members.choices import Trust
from community.moderation.choices import SILENCE_DAYS, Category
from community.moderation.ports import Deed
from community.text.forms import LineField, ProseField

REASON_LENGTH, NOTE_LENGTH, MESSAGE_LENGTH = 500, 500, 2_000  # characters


class ReportForm(forms.Form):
    reason = forms.ChoiceField(
        choices=Category.choices, widget=forms.RadioSelect, label=pgettext_lazy("report form", "What is wrong with it?")
    )
    note = ProseField(
        markdown=False,
        required=False,
        max_length=NOTE_LENGTH,
        widget=forms.Textarea(attrs={"dir": "auto", "rows": 3}),
        label=pgettext_lazy("report form", "What should moderators know?"),
        help_text=pgettext_lazy("report form", "Only moderators read this, and who sent it."),
    )


class DecisionForm(forms.Form):
    """Params: deeds, what may be done; version, of the item as it is shown."""

    deed = forms.ChoiceField(widget=forms.RadioSelect, label=pgettext_lazy("decision form", "What do you do?"))
    days = forms.TypedChoiceField(
        coerce=int,
        required=False,
        empty_value="",
        label=pgettext_lazy("decision form", "How long, if you pause writing"),
    )
    category = forms.ChoiceField(
        required=False,
        label=pgettext_lazy("decision form", "Kind of reason"),
        help_text=pgettext_lazy("decision form", "Everybody finds this in the public log, without your name."),
    )
    reason = LineField(
        max_length=REASON_LENGTH,
        required=False,
        label=pgettext_lazy("decision form", "Reason"),
        help_text=pgettext_lazy("decision form", "The author reads this. Leave it empty only if nothing changes."),
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, deeds: Iterable[Deed], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        deeds = list(deeds)
        self.fields["deed"].choices = [(deed.name, deed.words) for deed in deeds]  # type: ignore[attr-defined]
        self.fields["category"].choices = [("", "–"), *Category.choices]  # type: ignore[attr-defined]
        if any(deed.name == "silence" for deed in deeds):
            self.fields["days"].choices = [(days, _days(days)) for days in SILENCE_DAYS]  # type: ignore[attr-defined]
        else:
            del self.fields["days"]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("deed") not in (None, "dismiss") and not cleaned.get("reason") and "reason" not in self.errors:
            self.add_error("reason", pgettext("decision form", "Say why: the author will read it."))
        return cleaned


def _days(days: int) -> str:
    return npgettext("length of a pause", "%(days)s day", "%(days)s days", days) % {"days": days}


class AppealForm(forms.Form):
    message = ProseField(
        markdown=False,
        max_length=MESSAGE_LENGTH,
        label=pgettext_lazy("appeal form", "Your message to the moderators"),
        help_text=pgettext_lazy("appeal form", "You can write once about each decision."),
    )


class StandingForm(forms.Form):
    """A member's level, set by hand."""

    to = forms.TypedChoiceField(
        choices=Trust.choices,
        coerce=lambda value: Trust(int(value)),
        label=pgettext_lazy("form for a member's level", "Level"),
    )
    is_fixed = forms.BooleanField(
        required=False,
        label=pgettext_lazy("form for a member's level", "It stays so and does not change by itself"),
    )
    reason = LineField(max_length=REASON_LENGTH, label=pgettext_lazy("decision form", "Reason"))


class LiftForm(forms.Form):
    """Why a pause or a suspension ends, or a suspension begins."""

    reason = LineField(max_length=REASON_LENGTH, label=pgettext_lazy("decision form", "Reason"))
