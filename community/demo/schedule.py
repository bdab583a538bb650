"""The two series: eleven sessions that were held, and invented ones that move on with the calendar."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from django.utils.text import slugify

from community.demo.attending import begin_anew
from community.demo.reading import programme_facts, toml
from community.facts.actions import action
from community.members.models import City, Member
from community.programmes.models import Programme
from community.topics.models import Theme
from forums.models import Forum
from webinars.actions import move_session, publish_series, publish_session
from webinars.models import Series, Session
from webinars.plans import ChannelPlan, RoomPlan, SeriesPlan, SessionPlan, SpeakerPlan

ORGANISER = "bo"
ANNOUNCED_IN = "America/New_York"
ASSUMED = "13:00"  # UTC, the usual hour of the series
WEEKS_BACK, WEEKS_SHOWN = 4, 16
OTHER_THEME = "community-development"
# Which priority theme of the network each announced word belongs to, where it is not the one above.
PRIORITY_THEMES = {
    "climate-resilience": {
        "climate",
        "heat",
        "floods",
        "early warning",
        "water",
        "nature-based solutions",
        "landslides",
        "seismic risk",
        "alerta precoce",
        "calor",
        "deslizamentos",
        "drenagem",
        "inundaciones",
        "riesgo sísmico",
    },
    "urban-finance": {"finance", "infrastructure", "insurance", "procurement", "finanzas", "orçamento"},
    "waste-and-circular-economy": {"waste", "residuos", "economía circular"},
}


@action
def load_schedule(
    cities: dict[str, City], programmes: dict[str, Programme], forums: dict[str, Forum], *, by: Member, today: date
) -> None:
    """Params: by, who publishes what is invented: threads about it open in her name."""
    facts = programme_facts()
    series = {plan["slug"]: publish_series(_series(plan, forums)) for plan in facts["series"]}
    minutes = {each.slug: each.usual_minutes for each in series.values()}
    for session in facts["sessions"]:
        publish_session(series[session["series"]], _held(session, minutes[session["series"]], cities, programmes))
    for session, starts_local in _invented(today):
        slug = session["series"]
        publish_session(series[slug], _planned(session, starts_local, series[slug], cities), by=by)


@action
def move_schedule_on(*, today: date) -> int:
    """Give each invented session the date of its turn around `today`. Returns: how many had another."""
    invented = Session.objects.filter(is_invented=True).select_related("series")
    standing = {(each.series.slug, each.slug): each for each in invented}
    by = organiser()
    moved = 0
    for session, starts_local in _invented(today):
        here = standing.get((session["series"], session["slug"]))
        if here is not None and here.starts_local != starts_local:
            begin_anew(here)
            move_session(here.pk, starts_local=starts_local, by=by)
            moved += 1
    return moved


def organiser() -> Member | None:
    """In whose name the demonstration plans, while she is there."""
    return Member.objects.filter(handle=ORGANISER, is_active=True).first()


def _series(plan: dict[str, Any], forums: dict[str, Forum]) -> SeriesPlan:
    ours = toml("sessions")["series"][plan["slug"]]
    return SeriesPlan(
        slug=plan["slug"],
        titles={**plan["title"], "ar": ours["title_ar"]},
        descriptions=ours["description"],
        languages=tuple(plan["languages"]),
        timezone=ours["timezone"],
        usual_weekday=ours["weekday"],
        usual_time=ours["time"],
        usual_minutes=plan["usual_minutes"],
        organisers=tuple(plan["organisers"]),
        supporters=tuple(plan.get("supporters", ())),
        forum_id=forums[ours["forum"]].pk,
    )


def _held(
    session: dict[str, Any], minutes: int, cities: dict[str, City], programmes: dict[str, Programme]
) -> SessionPlan:
    """A session as it was announced; where no hour was, the usual one is assumed and said to be."""
    announced = session["time"]
    programme = programmes.get(session.get("programme", ""))
    return SessionPlan(
        slug=slugify(session["title"]),
        titles={"en": session["title"]},
        abstracts={},
        starts_local=f"{session['date']}T{announced or ASSUMED}",
        timezone=ANNOUNCED_IN if announced else "UTC",
        minutes=minutes,
        languages=("en",),
        number=session.get("number"),
        themes=tuple(session["themes"]),
        priority_theme_ids=_priority_themes(session["themes"]),
        speakers=_speakers(session["speakers"], cities),
        programme_id=programme.pk if programme else None,
        is_time_assumed=not announced,
        is_recorded=session["recorded"],
    )


def _planned(session: dict[str, Any], starts_local: str, series: Series, cities: dict[str, City]) -> SessionPlan:
    original = next(iter(session["abstract"]))
    return SessionPlan(
        slug=session["slug"],
        titles=session["title"],
        abstracts=session["abstract"],
        original_language=original,
        starts_local=starts_local,
        timezone=series.timezone,
        minutes=series.usual_minutes,
        languages=(original,),
        kind=session.get("kind", ""),
        room=RoomPlan(f"https://meet.example/{session['slug']}"),
        channels=tuple(ChannelPlan(*each) for each in session.get("interpretation", {}).items()),
        themes=tuple(session["themes"]),
        priority_theme_ids=_priority_themes(session["themes"]),
        speakers=_speakers(session["speakers"], cities),
        is_invented=True,
    )


def _priority_themes(words: list[str]) -> tuple[int, ...]:
    slugs = {slug for slug, belonging in PRIORITY_THEMES.items() if belonging & set(words)} or {OTHER_THEME}
    return tuple(Theme.objects.filter(slug__in=slugs).values_list("pk", flat=True))


def _speakers(speakers: list[dict[str, str]], cities: dict[str, City]) -> tuple[SpeakerPlan, ...]:
    plans = []
    for speaker in speakers:
        place = speaker.get("city") or speaker.get("organisation", "")
        city = cities.get(place)
        plans.append(SpeakerPlan(role=speaker["role"], place=place, city_id=city.pk if city else None))
    return tuple(plans)


def _invented(today: date) -> Iterator[tuple[dict[str, Any], str]]:
    """Each invented session with its local start: the one date of its turn from four weeks ago to twelve ahead.

    The turns follow from the calendar alone, so that a day later all but the oldest keep their dates.
    """
    plans = toml("sessions")
    for slug, rhythm in plans["series"].items():
        sessions = [session for session in plans["sessions"] if session["series"] == slug]
        for day in _days(today, weekday=rhythm["weekday"], every_days=rhythm["every_days"]):
            turn = day.toordinal() // rhythm["every_days"] % len(sessions)
            yield sessions[turn], f"{day.isoformat()}T{rhythm['time']}"


def _days(today: date, *, weekday: int, every_days: int) -> Iterator[date]:
    """Days of this ISO weekday, `every_days` apart, in the weeks that are shown."""
    start = today - timedelta(weeks=WEEKS_BACK)
    for offset in range(WEEKS_SHOWN * 7):
        day = start + timedelta(days=offset)
        if day.isoweekday() == weekday and day.toordinal() % every_days < 7:
            yield day
