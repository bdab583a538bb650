"""A poll as it is typed, and a choice as it is made."""

from datetime import timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import get_language, npgettext, pgettext, pgettext_lazy

from community.polls.actions import PollPlan
from community.polls.choices import Results
from community.polls.models import Option, Poll
from community.text.folding import folded
from community.text.forms import LineField, ProseField
from i18n.languages import known
from i18n.zones import place_in_words

QUESTION_LENGTH, OPTION_LENGTH = 200, 120  # characters
FEWEST, MOST = 2, 10  # options
LONGEST_DAYS = 366


class OptionsField(ProseField):
    """One option a line."""

    widget = forms.Textarea(attrs={"dir": "auto", "rows": 4})

    def __init__(self, **options: Any) -> None:
        super().__init__(markdown=False, max_length=MOST * (OPTION_LENGTH + 2) * 2, **options)

    def to_python(self, value: Any) -> Any:
        if isinstance(value, tuple | list):
            return tuple(value)
        line = LineField(required=False)
        texts = [line.clean(text) for text in super().to_python(value).split("\n")]
        return tuple(text for text in texts if text)

    def validate(self, value: Any) -> None:
        super().validate(value)
        if value and not FEWEST <= len(value) <= MOST:
            raise forms.ValidationError(
                pgettext("poll form", "Between %(fewest)s and %(most)s options, please, each on a line of its own.")
                % {"fewest": FEWEST, "most": MOST}
            )
        if any(len(text) > OPTION_LENGTH for text in value):
            refusal = npgettext(
                "poll form",
                "An option has at most %(most)s character.",
                "An option has at most %(most)s characters.",
                OPTION_LENGTH,
            )
            raise forms.ValidationError(refusal % {"most": OPTION_LENGTH})
        if len({folded(text) for text in value}) < len(value):
            raise forms.ValidationError(pgettext("poll form", "Two options are the same."))

    def run_validators(self, value: Any) -> None:
        """Each line was measured by itself."""

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(value) if isinstance(value, tuple | list) else value


class PollForm(forms.Form):
    """Left empty it is no poll. Times are the reader's own: her zone is the active one."""

    prefix = "poll"

    question = LineField(
        max_length=QUESTION_LENGTH, required=False, label=pgettext_lazy("poll form", "What do you want to know?")
    )
    options = OptionsField(
        required=False,
        label=pgettext_lazy("poll form", "Options"),
        help_text=pgettext_lazy("poll form", "Two to ten, each on a line of its own."),
    )
    is_multiple = forms.BooleanField(
        required=False, label=pgettext_lazy("poll form", "Members may choose several options")
    )
    results = forms.ChoiceField(
        choices=Results.choices,
        required=False,
        label=pgettext_lazy("poll form", "Results are shown"),
    )
    closes_at = forms.DateTimeField(
        required=False,
        label=pgettext_lazy("poll form", "Closes on"),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        input_formats=["%Y-%m-%dT%H:%M"],
    )

    def __init__(self, *args: Any, is_wanted: bool = False, **kwargs: Any) -> None:
        """Params: is_wanted, an empty form is an error."""
        super().__init__(*args, **kwargs)
        self.is_wanted = is_wanted
        hint = pgettext("poll form", "In your time zone, %(zone)s. Leave it empty to close the poll by hand.")
        zone = place_in_words(timezone.get_current_timezone_name(), known(get_language() or ""))
        self.fields["closes_at"].help_text = hint % {"zone": zone}
        if is_wanted:
            self.fields["question"].required = self.fields["options"].required = True

    @property
    def is_begun(self) -> bool:
        """Whether anything was typed that makes a poll."""
        return any(bool(self[name].value()) for name in ("question", "options"))

    def clean_results(self) -> str:
        return self.cleaned_data["results"] or Results.ALWAYS

    def clean_closes_at(self) -> Any:
        closes_at, now = self.cleaned_data["closes_at"], timezone.now()
        if closes_at is not None and closes_at <= now:
            raise forms.ValidationError(pgettext("poll form", "This time has passed already."))
        if closes_at is not None and closes_at > now + timedelta(days=LONGEST_DAYS):
            raise forms.ValidationError(pgettext("poll form", "A poll stays open for a year at most."))
        return closes_at

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        for name, other in (("question", "options"), ("options", "question")):
            if cleaned.get(other) and name in cleaned and not cleaned[name]:
                self.add_error(name, pgettext("poll form", "A poll needs its question and its options."))
        return cleaned

    @property
    def plan(self) -> PollPlan | None:
        """Needs a valid form. None where no poll is wanted."""
        return PollPlan(**self.cleaned_data) if self.cleaned_data["question"] else None


def as_typed(poll: Poll, options: list[Option]) -> dict[str, Any]:
    """What the form of a standing poll begins with."""
    terms = {name: getattr(poll, name) for name in ("question", "is_multiple", "results", "closes_at")}
    return terms | {"options": [option.text for option in options]}


class VoteForm(forms.Form):
    """Some of a poll's options."""

    def __init__(self, *args: Any, poll: Poll, options: list[Option], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.poll = poll
        self.fields["option"] = forms.TypedMultipleChoiceField(
            coerce=int,
            choices=[(option.pk, option.text) for option in options],
            error_messages={"required": pgettext("vote in a poll", "Choose an option first.")},
        )

    def clean_option(self) -> list[int]:
        chosen: list[int] = self.cleaned_data["option"]
        if len(chosen) > 1 and not self.poll.is_multiple:
            raise forms.ValidationError(pgettext("vote in a poll", "Only one option can be chosen here."))
        return chosen
