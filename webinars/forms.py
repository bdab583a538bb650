"""What somebody says who registers, and by whose clocks she reads."""

from typing import Any, Self

from django import forms
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, pgettext, pgettext_lazy

from community.members.forms.fields import AddressField
from community.text.forms import LineField, ProseField
from i18n.direction import direction_of
from i18n.forms import GuessedZoneField
from i18n.languages import DEFAULT, LANGUAGES
from i18n.zones import zone_choices
from webinars.choices import QuestionKind
from webinars.models import Registration, Session
from webinars.questions import LINE_LENGTH, NO_ANSWERS, PROSE_LENGTH, Answers, Question, questions_of


class ClocksForm(forms.Form):
    """By whose clocks a guest reads the schedule. It is sent by GET: the address says it all."""

    zone = forms.ChoiceField(label=pgettext_lazy("planning a session", "Time zone"), choices=zone_choices)

    @classmethod
    def of(cls, zone_name: str, *, is_asked: bool) -> Self:
        """Params: is_asked, whether the address names one; where it does not, the browser's stands in it."""
        form = cls(initial={"zone": zone_name})
        if not is_asked:
            form.fields["zone"].widget.attrs["data-guess-zone"] = "always"
        return form


class AnswersForm(forms.Form):
    """What a session asks, in the reader's language. Params: answers, hers so far."""

    def __init__(self, data: Any = None, *, session: Session, answers: Answers = NO_ANSWERS, **options: Any) -> None:
        super().__init__(data, **options)
        self.questions = questions_of(session)
        for question in self.questions:
            self.fields[_name(question)] = _field(question, session, get_language() or DEFAULT)
            self.initial[_name(question)] = answers.get(question.id, "")

    @property
    def answers(self) -> Answers:
        given = {each.id: self.cleaned_data[_name(each)] for each in self.questions}
        return {question: answer for question, answer in given.items() if answer}


def _name(question: Question) -> str:
    return f"answer_{question.id}"


def _field(question: Question, session: Session, language: str) -> forms.Field:
    text, spoken = question.wording(session, language)
    label = text if spoken == language else _in_its_language(text, spoken)
    options: dict[str, Any] = {"label": label, "required": question.is_required}
    if question.kind == QuestionKind.LINE:
        return LineField(max_length=LINE_LENGTH, **options)
    if question.kind == QuestionKind.PROSE:
        widget = forms.Textarea(attrs={"rows": 4, "dir": "auto"})
        return ProseField(markdown=False, max_length=PROSE_LENGTH, widget=widget, **options)
    none = [] if question.is_required else [("", pgettext("answer to a question at registration", "No answer"))]
    return forms.ChoiceField(choices=[*question.choices(session, language), *none], widget=forms.RadioSelect, **options)


def _in_its_language(text: str, language: str) -> SafeString:
    return format_html('<span lang="{}" dir="{}">{}</span>', language, direction_of(language), text)


class _AboutHer(forms.Form):
    name = LineField(
        label=pgettext_lazy("registering for a session", "Your name"),
        max_length=80,
        widget=forms.TextInput(attrs={"autocomplete": "name", "dir": "auto"}),
    )
    city_name = LineField(
        label=pgettext_lazy("registering for a session", "City"),
        max_length=120,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "address-level2", "dir": "auto"}),
    )
    language = forms.ChoiceField(
        label=pgettext_lazy("registering for a session", "Language of our mails"), choices=LANGUAGES
    )


class RegisterForm(_AboutHer, AnswersForm):
    """For who has no account."""

    email = AddressField()
    timezone = GuessedZoneField()
    field_order = ("name", "email", "city_name", "language", "timezone")

    @property
    def about_her(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in self.base_fields}


class RemindersForm(forms.Form):
    reminds_day = forms.BooleanField(
        label=pgettext_lazy("registering for a session", "Remind me a day before"), required=False
    )
    reminds_hour = forms.BooleanField(
        label=pgettext_lazy("registering for a session", "Remind me an hour before"), required=False
    )


class ChangeRegistrationForm(_AboutHer, RemindersForm):
    """For who has no account, on her own page."""

    field_order = ("name", "city_name", "language", "reminds_day", "reminds_hour")

    def __init__(self, data: Any = None, *, registration: Registration) -> None:
        super().__init__(data, initial={name: getattr(registration, name) for name in self.base_fields})


def reminders_form(registration: Registration) -> RemindersForm:
    """As she has chosen."""
    return RemindersForm(initial={name: getattr(registration, name) for name in RemindersForm.base_fields})
