"""Series: published and revised."""

from django.utils import timezone

from community.facts.actions import action, record
from community.members.models import Member
from webinars.actions.columns import columns, differs
from webinars.actions.discussing import plan_discussions
from webinars.facts import SCHEDULE, SeriesPublished, SeriesRevised
from webinars.models import Series
from webinars.plans import SeriesPlan


class SeriesConflict(Exception):
    """Somebody else has changed the series since it was read. Params: series, as it is now."""

    def __init__(self, series: Series) -> None:
        super().__init__(f"series {series.pk} is at version {series.version}")
        self.series = series


@action
def publish_series(plan: SeriesPlan, *, by: Member | None = None) -> Series:
    series = Series.objects.create(
        slug=plan.slug,
        original_language=plan.original_language,
        languages=list(plan.languages),
        organisers=list(plan.organisers),
        supporters=list(plan.supporters),
        timezone=plan.timezone,
        usual_weekday=plan.usual_weekday,
        usual_time=plan.usual_time,
        usual_minutes=plan.usual_minutes,
        usual_room=plan.usual_room,
        reminds_day=plan.reminds_day,
        reminds_hour=plan.reminds_hour,
        forum_id=plan.forum_id,
        **columns("title", plan.titles),
        **columns("description", plan.descriptions),
        **columns("speaker_note", plan.speaker_notes),
    )
    record(SeriesPublished(series.pk), streams=[SCHEDULE], actor_id=by.pk if by else None)
    return series


@action
def revise_series(series_id: int, plan: SeriesPlan, *, version: int, by: Member) -> Series:
    """Make a series what the plan says; its address stays, and so do its sessions.

    Params: version, which the organiser had before her. Raises: SeriesConflict where it is not the present one, and
    nothing is written. Records: SeriesRevised; DiscussionDue of its sessions, where it has a forum since now.
    """
    series = Series.objects.select_for_update(no_key=True).get(pk=series_id)
    if series.version != version:
        raise SeriesConflict(series)
    had_forum = series.forum_id is not None
    fields = {
        "original_language": plan.original_language,
        "languages": list(plan.languages),
        "organisers": list(plan.organisers),
        "supporters": list(plan.supporters),
        "timezone": plan.timezone,
        "usual_weekday": plan.usual_weekday,
        "usual_time": plan.usual_time,
        "usual_minutes": plan.usual_minutes,
        "usual_room": plan.usual_room,
        "reminds_day": plan.reminds_day,
        "reminds_hour": plan.reminds_hour,
        "forum_id": plan.forum_id,
        **columns("title", plan.titles),
        **columns("description", plan.descriptions),
        **columns("speaker_note", plan.speaker_notes),
    }
    if not differs(series, fields):
        return series
    for name, value in (fields | {"version": series.version + 1, "changed_at": timezone.now()}).items():
        setattr(series, name, value)
    series.save()
    record(SeriesRevised(series.pk), streams=[SCHEDULE], actor_id=by.pk)
    if plan.forum_id is not None and not had_forum:
        plan_discussions(series, by=by)
    return series
