"""What members may type in the forums, and in which words it is refused."""

from datetime import datetime, time, timedelta
from typing import Any

from django import forms
from django.db.models import QuerySet, TextChoices
from django.utils import timezone
from django.utils.translation import get_language, npgettext, pgettext, pgettext_lazy

from community.members.models import Member
from community.moderation.choices import Category
from community.text.folding import folded
from community.text.forms import LineField, ProseField
from forums.models import Bookmark, Draft, Forum
from forums.rules import can_post_now, can_post_text
from i18n.direction import direction_of
from i18n.languages import DEFAULT, LANGUAGES, NAMES
from i18n.texts import said

TITLE_LENGTH, BODY_LENGTH = 200, 32_000  # characters
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
            choices=LANGUAGES,
            required=False,
            label=pgettext_lazy("field: language of what I write", "Language of this text"),
        )


class WritingForm(forms.Form):
    """What somebody writes. Params: author, whose limits hold; none for a mere preview."""

    opens_thread: bool | None = False  # None where nothing new is posted
    texts: tuple[str, ...] = ("body",)  # fields that count together

    def __init__(self, *args: Any, author: Member | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.author = author

    def clean(self) -> dict[str, Any]:
        """What is over a limit is said beside the first text."""
        cleaned = super().clean() or self.cleaned_data
        if self.author is not None and self.texts[0] in cleaned:
            allowed = can_post_text(self.author, *(cleaned.get(name, "") for name in self.texts))
            if allowed and self.opens_thread is not None:
                allowed = can_post_now(self.author, opens=self.opens_thread)
            if not allowed:
                self.add_error(self.texts[0], str(allowed.reason))
        return cleaned


class ThreadForm(WritingForm):
    """A new thread, or its opening post edited."""

    opens_thread = True
    draft: Draft | None = None  # from which it was begun

    title = LineField(max_length=TITLE_LENGTH, label=pgettext_lazy("new thread form", "Title"))
    body = ProseField(max_length=BODY_LENGTH, label=pgettext_lazy("new thread form", "Your post"))
    tags = TagsField(
        label=pgettext_lazy("new thread form", "Tags"),
        help_text=pgettext_lazy("new thread form", "Separated by commas, for instance: flood, early warning"),
    )
    language = LanguageField()
    token = TokenField()


class ReplyForm(WritingForm):
    draft: Draft | None = None  # from which it was begun

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


class EditForm(WritingForm):
    opens_thread = None
    body = ProseField(max_length=BODY_LENGTH, label=pgettext_lazy("edit form", "Text"))
    reason = LineField(
        max_length=200,
        required=False,
        label=pgettext_lazy("edit form", "What did you change?"),
        help_text=pgettext_lazy("edit form", "Shown beside the post. You may leave it empty."),
    )
    language = LanguageField()
    edition = forms.CharField(max_length=40, required=False, widget=forms.HiddenInput)  # which text is edited


class OpeningEditForm(EditForm):
    title = LineField(max_length=TITLE_LENGTH, label=pgettext_lazy("edit form", "Title"))
    tags = TagsField(label=pgettext_lazy("edit form", "Tags"))
    field_order = ["title", "body", "tags", "language", "reason"]


class SummaryForm(WritingForm):
    opens_thread = None
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
        help_text=pgettext_lazy(
            "moderator's form", "Kept with the decision. Where it is about a post, its author reads it too."
        ),
    )


class CategoryForm(ReasonForm):
    category = forms.ChoiceField(
        required=False,
        label=pgettext_lazy("decision form", "Kind of reason"),
        help_text=pgettext_lazy("decision form", "Everybody finds this in the public log, without your name."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["category"].choices = [("", "–"), *Category.choices]  # type: ignore[attr-defined]


class ForumField(forms.ModelChoiceField):
    def label_from_instance(self, forum: Forum) -> str:
        return said(forum, "title", get_language() or DEFAULT).text


class MoveForm(ReasonForm):
    field_order = ["to", "reason"]

    def __init__(self, *args: Any, forums: QuerySet[Forum], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to"] = ForumField(forums, label=pgettext_lazy("moderator's form", "Move to"))
        self.order_fields(self.field_order)


class Remind(TextChoices):
    """When to be reminded of a bookmark, in her zone."""

    NEVER = "never", pgettext_lazy("reminder of a bookmark", "No reminder")
    TOMORROW = "tomorrow", pgettext_lazy("reminder of a bookmark", "Tomorrow at nine")
    NEXT_WEEK = "next-week", pgettext_lazy("reminder of a bookmark", "In a week, at nine")
    AT = "at", pgettext_lazy("reminder of a bookmark", "On the day and at the hour below")


REMINDER_DAYS = {Remind.TOMORROW: 1, Remind.NEXT_WEEK: 7}
FURTHEST = timedelta(days=366 * 3)


class BookmarkForm(forms.Form):
    """What to remember about a post, and when. Times are of her zone, which is active."""

    note = LineField(
        max_length=500,
        required=False,
        label=pgettext_lazy("bookmark form", "Note"),
        help_text=pgettext_lazy("bookmark form", "For you alone."),
    )
    remind = forms.ChoiceField(
        choices=Remind.choices,
        widget=forms.RadioSelect,
        label=pgettext_lazy("bookmark form", "Remind me"),
    )
    at = forms.DateTimeField(
        required=False,
        input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S"],
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        label=pgettext_lazy("bookmark form", "Day and hour"),
    )

    def __init__(self, *args: Any, remind_at: datetime | None = None, **kwargs: Any) -> None:
        """Params: remind_at, as it is set already: it may stay though it lies in the past."""
        super().__init__(*args, **kwargs)
        self.set_at = remind_at

    @staticmethod
    def beginning(mark: Bookmark | None) -> dict[str, Any]:
        """What the form begins with."""
        if mark is None:
            return {"remind": Remind.NEVER}
        return {"note": mark.note, "remind": Remind.AT if mark.remind_at else Remind.NEVER, "at": mark.remind_at}

    def clean(self) -> None:
        """A day and an hour that were filled in are meant, though the choice above says “No reminder” still."""
        at = self.cleaned_data.get("at")
        if self.cleaned_data.get("remind") == Remind.NEVER and at and not self._is_as_set(at):
            self.cleaned_data["remind"] = Remind.AT
        if self.cleaned_data.get("remind") != Remind.AT or "at" in self.errors:
            return
        if at is None:
            self.add_error("at", pgettext("bookmark form", "Say when you want to be reminded."))
        elif self._is_as_set(at):
            self.cleaned_data["at"] = self.set_at
        elif not timezone.now() < at < timezone.now() + FURTHEST:
            self.add_error("at", pgettext("bookmark form", "Choose a time that is to come, within three years."))

    def _is_as_set(self, at: datetime) -> bool:
        """The form shows no seconds."""
        return self.set_at is not None and abs(at - self.set_at) < timedelta(minutes=1)

    def remind_at(self) -> datetime | None:
        """Of a valid form."""
        remind = Remind(self.cleaned_data["remind"])
        if remind == Remind.AT:
            at: datetime = self.cleaned_data["at"]
            return at
        if remind not in REMINDER_DAYS:
            return None
        day = timezone.localtime() + timedelta(days=REMINDER_DAYS[remind])
        return timezone.make_aware(datetime.combine(day.date(), time(9)))


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
