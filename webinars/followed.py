"""What of the webinars can be followed: series, whose sessions then stand in one's own calendar."""

from collections.abc import Iterable

from django.utils.translation import get_language, pgettext_lazy

from community.following.choices import Level
from community.following.ports import Card, Followable, can_be_followed
from community.members.models import Member
from i18n.languages import DEFAULT
from i18n.texts import said
from webinars.models import Series


def _series(viewer: Member, series_ids: Iterable[int]) -> dict[int, Card]:
    language = get_language() or DEFAULT
    return {
        each.pk: Card(said(each, "title", language).text, each.get_absolute_url())
        for each in Series.objects.filter(pk__in=series_ids)
    }


SERIES = can_be_followed(
    Followable(
        "series",
        pgettext_lazy("kind of what can be followed", "Series of webinars"),
        _series,
        meanings={
            Level.NORMAL: pgettext_lazy("what a level of following a series means", "Not in your own calendar."),
            Level.TRACKING: pgettext_lazy(
                "what a level of following a series means",
                "All its sessions are in your own calendar, which you find under “My sessions”.",
            ),
        },
        stands_alone=True,
    )
)
