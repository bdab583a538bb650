"""What members may type in the forums, and in which words it is refused."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import get_language, npgettext, pgettext, pgettext_lazy

from community.text.folding import folded
from community.text.forms import LineField, ProseField
from forums.models import Forum
from i18n.direction import direction_of
from i18n.languages import DEFAULT, LANGUAGES, NAMES
from i18n.texts import said

TITLE_LENGTH, BODY_LENGTH = 200, 32_000  # characters; the renderer's own limit is 32 KB
TAGS_MOST, TAG_LENGTH = 6, 40


class TokenField(forms.CharField):
    """The client's name for one submission, so that sending it again makes nothing new."""

    def __init__(self) -> None:
        super().__init__(max_length=64, required=False, widget=forms.HiddenInput)


class TagsField(LineField):
    """Words parted by commas."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=TAGS_MOST * (TAG_LENGTH + 2), required=False, **kwargs)

    def to_python(self, value: Any) -> list[str]:  # type: ignore[override]  # a list is what the form gives on
        line = super().to_python(value) or ""
        names = (name.strip().lstrip("#").strip() for name in line.replace("،", ",").split(","))
        return list(dict.fromkeys(name for name in names if name))

    def validate(self, value: Any) -> None:
        if len(value) > TAGS_MOST:
            refusal = npgettext("tags field", "At most %(most)s tag.", "At most %(most)s tags.", TAGS_MOST)
            raise forms.ValidationError(refusal % {"most": TAGS_MOST})
        if any(max(len(name), len(folded(name))) > TAG_LENGTH for name in value):
            raise forms.ValidationError(
                pgettext("tags field", "A tag has at most %(most)s characters.") % {"most": TAG_LENGTH}
            )

    def run_validators(self, value: Any) -> None:
        """The line was measured before it was parted."""

    def prepare_value(self, value: Any) -> Any:
        return ", ".join(value) if isinstance(value, list | tuple) else value


class LanguageField(forms.ChoiceField):
    def __init__(self) -> None:
        super().__init__(
            choices=LANGUAGES, required=False, label=pgettext_lazy("field: language of what I write", "Language")
        )


class ThreadForm(forms.Form):
    """A new thread, or its opening post edited."""

    title = LineField(max_length=TITLE_LENGTH, label=pgettext_lazy("new thread form", "Title"))
    body = ProseField(max_length=BODY_LENGTH, label=pgettext_lazy("new thread form", "Your post"))
    tags = TagsField(
        label=pgettext_lazy("new thread form", "Tags"),
        help_text=pgettext_lazy("new thread form", "Separated by commas, for instance: flood, early warning"),
    )
    language = LanguageField()
    token = TokenField()


class ReplyForm(forms.Form):
    body = ProseField(max_length=BODY_LENGTH, label=pgettext_lazy("reply form", "Your reply"))
    language = LanguageField()
    reply_to = forms.IntegerField(required=False, widget=forms.HiddenInput)
    answer = forms.IntegerField(required=False, widget=forms.HiddenInput)
    token = TokenField()

    @property
    def commented_id(self) -> int | None:
        """The answer commented on. None also for what no page of ours put there: it makes no address."""
        value = str(self["answer"].value())
        return int(value) if value.isascii() and value.isdigit() and len(value) < 16 else None

    def for_question(self) -> None:
        """The same form under a question, where it makes an answer or a comment."""
        comment = pgettext("reply form", "Your comment")
        self.fields["body"].label = comment if self.commented_id else pgettext("reply form", "Your answer")


class EditForm(forms.Form):
    body = ProseField(max_length=BODY_LENGTH, label=pgettext_lazy("edit form", "Text"))
    reason = LineField(
        max_length=200,
        required=False,
        label=pgettext_lazy("edit form", "What did you change?"),
        help_text=pgettext_lazy("edit form", "Shown beside the post. You may leave it empty."),
    )
    language = LanguageField()


class OpeningEditForm(EditForm):
    title = LineField(max_length=TITLE_LENGTH, label=pgettext_lazy("edit form", "Title"))
    tags = TagsField(label=pgettext_lazy("edit form", "Tags"))
    field_order = ["title", "body", "tags", "language", "reason"]


class SummaryForm(forms.Form):
    body = ProseField(
        max_length=4_000,
        label=pgettext_lazy("summary form", "Summary"),
        help_text=pgettext_lazy(
            "summary form", "What came of it, in a few sentences. #post-12 leads to a post; so does its address."
        ),
    )
    language = LanguageField()


class ReasonForm(forms.Form):
    """A moderator's reason. It is kept."""

    reason = LineField(
        max_length=500,
        label=pgettext_lazy("moderator's form", "Reason"),
        help_text=pgettext_lazy("moderator's form", "Kept with the decision, for those who moderate."),
    )


class ForumField(forms.ModelChoiceField):
    def label_from_instance(self, forum: Forum) -> str:
        return said(forum, "title", get_language() or DEFAULT).text


class MoveForm(ReasonForm):
    field_order = ["to", "reason"]

    def __init__(self, *args: Any, forums: QuerySet[Forum], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to"] = ForumField(forums, label=pgettext_lazy("moderator's form", "Move to"))
        self.order_fields(self.field_order)


def _description(code: str) -> ProseField:
    widget = forms.Textarea(attrs={"dir": direction_of(code), "lang": code, "rows": 2})
    return ProseField(max_length=400, required=False, markdown=False, label=NAMES[code], widget=widget)


class TagForm(forms.Form):
    """What a tag is for, in the languages of the house. Curated, so in columns."""

    description_en = _description("en")
    description_es = _description("es")
    description_pt = _description("pt")
    description_fr = _description("fr")
    description_ar = _description("ar")
    original_language = forms.ChoiceField(
        choices=LANGUAGES,
        label=pgettext_lazy("tag form", "Written first in"),
        help_text=pgettext_lazy("tag form", "Shown where a translation is missing."),
    )


class JoinTagForm(ReasonForm):
    """A word that means a tag, in any language."""

    name = LineField(
        max_length=TAG_LENGTH,
        label=pgettext_lazy("tag form", "Another word for it"),
        help_text=pgettext_lazy(
            "tag form", "In any language. If there is a tag of this name, its threads come under this one."
        ),
    )
    field_order = ["name", "reason"]

    def clean_name(self) -> str:
        """As a field of tags reads it."""
        name: str = self.cleaned_data["name"].lstrip("#").strip()
        if not folded(name) or len(folded(name)) > TAG_LENGTH or set(name) & set(",،"):
            raise forms.ValidationError(pgettext("tag form", "One tag without commas, please."))
        return name
