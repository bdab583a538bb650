"""The forms in which organisers say what a session asks those who register."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.utils.translation import pgettext, pgettext_lazy

from community.text.clean import clean_line
from community.text.forms import LineField
from community.text.unfit import UnfitText
from i18n.languages import CODES, NAMES
from webinars.choices import QuestionKind
from webinars.questions import MOST, OPTION_LENGTH, OPTIONS, QUESTION_LENGTH, Question


class OptionsField(forms.CharField):
    """One a line; blank lines say nothing."""

    def __init__(self, **options: Any) -> None:
        widget = forms.Textarea(attrs={"rows": 3, "dir": "auto"})
        super().__init__(required=False, widget=widget, max_length=OPTIONS * (OPTION_LENGTH + 2), **options)

    def to_python(self, value: Any) -> list[str]:  # type: ignore[override]
        try:
            lines = [clean_line(line) for line in (super().to_python(value) or "").splitlines() if line.strip()]
        except UnfitText as error:
            raise forms.ValidationError(error.message, code=error.code) from error
        if any(len(line) > OPTION_LENGTH for line in lines):
            words = pgettext("questions at registration", "Shorten it: a choice has %(most)s characters at most.")
            raise forms.ValidationError(words % {"most": OPTION_LENGTH})
        if len(set(lines)) < len(lines):
            raise forms.ValidationError(
                pgettext("questions at registration", "One of these choices stands there twice.")
            )
        return lines

    def has_changed(self, initial: Any, data: Any) -> bool:
        return str(initial or "").split() != str(data or "").split()

    def run_validators(self, value: Any) -> None:
        super().run_validators("\n".join(value))


class QuestionForm(forms.Form):
    """Params: before, the session's questions by id; is_fixed, once somebody has registered."""

    id = forms.CharField(widget=forms.HiddenInput, required=False, max_length=16)
    kind = forms.ChoiceField(
        label=pgettext_lazy("questions at registration", "How it is answered"),
        choices=QuestionKind.choices,
        initial=QuestionKind.LINE,
    )
    is_required = forms.BooleanField(
        label=pgettext_lazy("questions at registration", "It must be answered"), required=False
    )

    def __init__(self, *args: Any, before: Mapping[str, Question], is_fixed: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.before, self.is_fixed = before, is_fixed
        for code in CODES:
            self.fields[f"text_{code}"] = LineField(label=NAMES[code], max_length=QUESTION_LENGTH, required=False)
            self.fields[f"options_{code}"] = OptionsField(label=NAMES[code])

    @property
    def texts(self) -> list[forms.BoundField]:
        return [self[f"text_{code}"] for code in CODES]

    @property
    def options(self) -> list[forms.BoundField]:
        return [self[f"options_{code}"] for code in CODES]

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        written = [code for code in CODES if told.get(f"text_{code}")]
        if not written and not told.get("DELETE") and not self.errors:
            words = pgettext("questions at registration", "Write the question in one language at least.")
            self.add_error(f"text_{CODES[0]}", words)
        if told.get("kind") == QuestionKind.CHOICE:
            self._check_options(told, written)
        elif "kind" in told and any(told.get(f"options_{code}") for code in CODES):
            words = pgettext("questions at registration", "There are choices below: say that it is answered by one.")
            self.add_error("kind", words)
        if self.is_fixed and (was := self.before.get(told.get("id", ""))):
            self._keep_meaning(told, was)
        return told

    def _check_options(self, told: dict[str, Any], written: list[str]) -> None:
        for code in CODES:
            if told.get(f"options_{code}") and f"text_{code}" in told and code not in written:
                words = pgettext("questions at registration", "Write the question in the language of its choices too.")
                self.add_error(f"text_{code}", words)
        counts = {code: len(told[f"options_{code}"]) for code in written if f"options_{code}" in told}
        for code, count in counts.items():
            if not 2 <= count <= OPTIONS:
                words = pgettext("questions at registration", "Write two to %(most)s choices, one a line.")
                self.add_error(f"options_{code}", words % {"most": OPTIONS})
            elif count != counts[written[0]]:
                words = pgettext("questions at registration", "Write as many choices in each language, in one order.")
                self.add_error(f"options_{code}", words)

    def _keep_meaning(self, told: dict[str, Any], was: Question) -> None:
        if told.get("kind", was.kind) != was.kind:
            words = pgettext("questions at registration", "People have registered: this stays as it was.")
            self.add_error("kind", words)
        for code in CODES:
            if told.get(f"text_{code}") and len(told.get(f"options_{code}") or ()) < was.option_count:
                words = pgettext("questions at registration", "People have registered: choices can only be added.")
                self.add_error(f"options_{code}", words)

    @property
    def removal(self) -> forms.BoundField | None:
        """The box that takes it away, where it can be."""
        return self["DELETE"] if "DELETE" in self.fields else None

    @property
    def has_options(self) -> bool:
        """Whether something stands where the choices are written."""
        return any(field.value() or field.errors for field in self.options)

    @property
    def question(self) -> Question:
        told, kind = self.cleaned_data, QuestionKind(self.cleaned_data["kind"])
        texts = {code: text for code in CODES if (text := told[f"text_{code}"])}
        options = {code: told[f"options_{code}"] for code in texts} if kind == QuestionKind.CHOICE else {}
        return Question(told["id"], kind, texts, options, is_required=told["is_required"])


QuestionForms = forms.formset_factory(
    QuestionForm, extra=1, max_num=MOST, absolute_max=MOST, can_delete=True, can_delete_extra=False
)


def question_forms(data: Any, questions: Iterable[Question], *, is_fixed: bool) -> forms.BaseFormSet[QuestionForm]:
    """A row each, and an empty one. Params: data, as typed; is_fixed, once somebody has registered: none goes then."""
    before = {each.id: each for each in questions}
    found = QuestionForms(
        data,
        initial=[_initial(each) for each in before.values()],
        form_kwargs={"before": before, "is_fixed": is_fixed},
        prefix="questions",
    )
    found.can_delete = not is_fixed
    for row in found:
        if row.removal:
            row.removal.field.label = pgettext("questions at registration", "Take this question away")
    return found


def questions_in(rows: forms.BaseFormSet[QuestionForm]) -> list[Question]:
    """Of those that say something, once they are right."""
    return [each.question for each in rows if each.cleaned_data and not each.cleaned_data.get("DELETE")]


def _initial(question: Question) -> dict[str, Any]:
    return {
        "id": question.id,
        "kind": question.kind,
        "is_required": question.is_required,
        **{f"text_{code}": text for code, text in question.texts.items()},
        **{f"options_{code}": "\n".join(options) for code, options in question.options.items()},
    }
