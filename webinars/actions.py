"""Everything that changes the schedule."""

from community.facts.actions import action, record
from community.members.models import Member
from webinars.facts import SCHEDULE, SeriesPublished, SessionMoved, SessionPublished
from webinars.models import Series, Session, Speaker
from webinars.plans import SeriesPlan, SessionPlan, Texts, instant


@action
def publish_series(plan: SeriesPlan, *, by: Member | None = None) -> Series:
    series = Series.objects.create(
        slug=plan.slug,
        original_language=plan.original_language,
        languages=list(plan.languages),
        organisers=list(plan.organisers),
        supporters=list(plan.supporters),
        timezone=plan.timezone,
        usual_minutes=plan.usual_minutes,
        **columns("title", plan.titles),
        **columns("description", plan.descriptions),
    )
    record(SeriesPublished(series.pk), streams=[SCHEDULE], actor_id=by.pk if by else None)
    return series


@action
def publish_session(series: Series, plan: SessionPlan, *, by: Member | None = None) -> Session:
    session = Session.objects.create(
        series=series,
        slug=plan.slug,
        number=plan.number,
        original_language=plan.original_language,
        languages=list(plan.languages),
        starts_local=plan.starts_local,
        timezone=plan.timezone,
        starts_at=plan.starts_at,
        ends_at=plan.ends_at,
        is_time_assumed=plan.is_time_assumed,
        is_invented=plan.is_invented,
        is_recorded=plan.is_recorded,
        themes=list(plan.themes),
        programme_id=plan.programme_id,
        **columns("title", plan.titles),
        **columns("abstract", plan.abstracts),
    )
    Speaker.objects.bulk_create(
        Speaker(
            session=session,
            position=position,
            role=speaker.role,
            name=speaker.name,
            city_id=speaker.city_id,
            place=speaker.place,
        )
        for position, speaker in enumerate(plan.speakers, start=1)
    )
    record(SessionPublished(session.pk, series.pk), streams=[SCHEDULE], actor_id=by.pk if by else None)
    return session


@action
def move_session(session_id: int, *, starts_local: str, by: Member | None = None) -> Session:
    """Give a session another time in its zone; it stays as long as it was. The same time again changes nothing."""
    session = Session.objects.select_for_update(no_key=True).get(pk=session_id)
    if session.starts_local == starts_local:
        return session
    length = session.ends_at - session.starts_at
    session.starts_local = starts_local
    session.starts_at = instant(starts_local, session.timezone)
    session.ends_at = session.starts_at + length
    session.version += 1
    session.save(update_fields=["starts_local", "starts_at", "ends_at", "version"])
    record(SessionMoved(session.pk, session.series_id), streams=[SCHEDULE], actor_id=by.pk if by else None)
    return session


def columns(field: str, texts: Texts) -> dict[str, str]:
    """The columns of a curated text: `{"title_en": …, "title_pt": …}`."""
    return {f"{field}_{language}": text for language, text in texts.items()}
