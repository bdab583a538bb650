"""Pictures of speakers are seen where their session is; those of series by everybody."""

from collections.abc import Iterable

from django.utils.translation import get_language

from community.files.ports import Holder, Place, holds
from community.members.models import Member
from community.members.rulings import Viewer
from i18n.languages import DEFAULT
from i18n.texts import said
from webinars.actions.picturing import step_series, step_speaker
from webinars.choices import SERIES, SPEAKERS
from webinars.models import Series, Speaker
from webinars.rules import seeable_sessions


def _seen_speakers(viewer: Viewer, ids: Iterable[int]) -> set[int]:
    seen = Speaker.objects.filter(pk__in=ids, session__in=seeable_sessions(viewer))
    return set(seen.values_list("pk", flat=True))


def _shown_speakers(member: Member, ids: Iterable[int]) -> dict[int, Place]:
    speakers = Speaker.objects.filter(pk__in=ids, session__in=seeable_sessions(member))
    return {
        each.pk: Place(title=_title(each.session), address=each.session.get_absolute_url())
        for each in speakers.select_related("session__series")
    }


def _seen_series(viewer: Viewer, ids: Iterable[int]) -> set[int]:
    return set(Series.objects.filter(pk__in=ids).values_list("pk", flat=True))


def _shown_series(member: Member, ids: Iterable[int]) -> dict[int, Place]:
    return {
        each.pk: Place(title=_title(each), address=each.get_absolute_url())
        for each in Series.objects.filter(pk__in=ids)
    }


def _title(thing: object) -> str:
    return said(thing, "title", get_language() or DEFAULT).text  # type: ignore[arg-type]


holds(Holder(SPEAKERS, _seen_speakers, _shown_speakers, step_speaker))
holds(Holder(SERIES, _seen_series, _shown_series, step_series))
