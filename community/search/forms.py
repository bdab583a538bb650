"""What one may ask for, and how it is said in an address."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any, ClassVar

from django import forms
from django.utils import timezone
from django.utils.translation import pgettext_lazy

from community.members.models import City
from community.programmes.models import Programme
from community.search.engine import MOST_PAGES, NAME, Kind, SearchRequest, Sort
from community.search.words import LONGEST_QUESTION
from community.topics.models import Tag
from i18n.languages import LANGUAGES

KINDS = (
    (Kind.POST, pgettext_lazy("kind of search result", "Posts")),
    (Kind.ANSWER, pgettext_lazy("kind of search result", "Answers")),
    (Kind.OUTCOME, pgettext_lazy("kind of search result", "Outcomes of exchanges")),
    (Kind.EXCHANGE, pgettext_lazy("kind of search result", "Requests between cities")),
    (Kind.SESSION, pgettext_lazy("kind of search result", "Webinar sessions")),
    (Kind.RECORDING, pgettext_lazy("kind of search result", "Recordings")),
    (Kind.CITY, pgettext_lazy("kind of search result", "Cities")),
    (Kind.MEMBER, pgettext_lazy("kind of search result", "Members")),
)
KIND = (
    (Kind.POST, pgettext_lazy("kind of search result", "Post")),
    (Kind.ANSWER, pgettext_lazy("kind of search result", "Answer")),
    (Kind.OUTCOME, pgettext_lazy("kind of search result", "Outcome")),
    (Kind.EXCHANGE, pgettext_lazy("kind of search result", "Request")),
    (Kind.SESSION, pgettext_lazy("kind of search result", "Session")),
    (Kind.RECORDING, pgettext_lazy("kind of search result", "Recording")),
    (Kind.CITY, pgettext_lazy("kind of search result", "City")),
    (Kind.MEMBER, pgettext_lazy("kind of search result", "Member")),
)
SORTS = (
    (Sort.RELEVANCE, pgettext_lazy("order of search results", "Best match")),
    (Sort.NEWEST, pgettext_lazy("order of search results", "Newest")),
    (Sort.ACTIVE, pgettext_lazy("order of search results", "Most active")),
    (Sort.HELPFUL, pgettext_lazy("order of search results", "Most helpful")),
)
DATE = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class SearchForm(forms.Form):
    """By GET, so every answer has an address. `from` is a word of Python's: the fields are named by `add_prefix`."""

    q = forms.CharField(
        label=pgettext_lazy("search form", "Search for"), max_length=LONGEST_QUESTION, required=False, strip=False
    )
    sort = forms.ChoiceField(label=pgettext_lazy("search form", "Order"), choices=SORTS, required=False)
    since = forms.DateField(label=pgettext_lazy("search form", "From"), required=False, widget=DATE)
    until = forms.DateField(label=pgettext_lazy("search form", "Until"), required=False, widget=DATE)
    kind = forms.MultipleChoiceField(choices=KINDS, required=False, widget=forms.MultipleHiddenInput)
    language = forms.MultipleChoiceField(choices=LANGUAGES, required=False, widget=forms.MultipleHiddenInput)
    tag = forms.ModelMultipleChoiceField(
        Tag.objects.select_related("synonym_of"),
        to_field_name="slug",
        required=False,
        widget=forms.MultipleHiddenInput,
    )
    city: forms.ModelMultipleChoiceField[City] = forms.ModelMultipleChoiceField(
        City.objects.all(), to_field_name="slug", required=False, widget=forms.MultipleHiddenInput
    )
    programme: forms.ModelMultipleChoiceField[Programme] = forms.ModelMultipleChoiceField(
        Programme.objects.all(), to_field_name="slug", required=False, widget=forms.MultipleHiddenInput
    )
    place = forms.RegexField(rf"\A{NAME.pattern}\Z", required=False, widget=forms.HiddenInput)
    page = forms.IntegerField(min_value=1, max_value=MOST_PAGES, required=False, widget=forms.HiddenInput)

    NAMES: ClassVar = {"since": "from", "until": "to", "place": "in"}

    def add_prefix(self, field_name: str) -> str:
        return self.NAMES.get(field_name, field_name)

    def clean_q(self) -> str:
        """What cannot be stored cannot be found either: no more is said of it."""
        q: str = self.cleaned_data["q"]
        return "".join(char for char in q if char.isprintable() or char.isspace())

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        since, until = told.get("since"), told.get("until")
        if since and until and since > until:
            self.add_error("until", pgettext_lazy("search form", "This day is before the one from which you search."))
        return told

    def request(self, *, hint: str, **told: Any) -> SearchRequest:
        """Days are the reader's: from the first moment of one to the last of the other, in her zone."""
        given = self.cleaned_data
        return SearchRequest(
            q=given["q"],
            audiences=frozenset(),
            kinds=tuple(map(Kind, given["kind"])),
            languages=tuple(given["language"]),
            tags=tuple(tag.meant.pk for tag in given["tag"]),
            cities=tuple(city.pk for city in given["city"]),
            programmes=tuple(programme.pk for programme in given["programme"]),
            places=(given["place"],) if given["place"] else (),
            since=_begin_of(given["since"]) if given["since"] else None,
            until=_end_of(given["until"]) if given["until"] else None,
            sort=Sort(given["sort"] or Sort.RELEVANCE),
            page=given["page"] or 1,
            hint=hint,
            **told,
        )


def _begin_of(day: date) -> int:
    """In seconds since 1970."""
    return int(datetime.combine(day, time(), timezone.get_current_timezone()).timestamp())


def _end_of(day: date) -> int:
    """Its last second, also where the clock is put back in it; the calendar's last day has no day after it."""
    return int(datetime.combine(day, time.max.replace(fold=1), timezone.get_current_timezone()).timestamp())
