"""What of the schedule can be found: sessions, in whatever language their titles are."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import get_language

from community.facts.models import Fact
from community.members.facts import CityChanged
from community.members.models import Member
from community.members.rulings import Viewer
from community.programmes.models import Programme
from community.search.documents import Findable, Found, Place, brings, changes, finds, ids_in, names_places
from community.search.engine import Document, Kind, SearchRequest
from community.search.slices import fitting, slices
from community.text.folding import folded
from community.topics.facts import TagsJoined, TagsParted
from community.topics.models import Tag
from community.topics.queries import known_tags, words_for
from i18n.languages import CODES, DEFAULT
from i18n.texts import said
from webinars.choices import Visibility
from webinars.facts import (
    SessionCancelled,
    SessionDrafted,
    SessionMoved,
    SessionPublished,
    SessionRestored,
    SessionRetitled,
    SessionRetitledQuietly,
    SessionRevised,
    SessionShown,
    SessionWithdrawn,
)
from webinars.models import Series, Session, Speaker
from webinars.rules import is_organiser, seeable_sessions


def audiences(viewer: Viewer) -> Iterator[str]:
    """As `seeable_sessions` says. A query only for a member whose work for a city is confirmed."""
    yield Visibility.PUBLIC
    if is_organiser(viewer):
        yield Visibility.DRAFT
    if isinstance(viewer, Member) and viewer.is_active:
        yield Visibility.MEMBERS
        hers = (
            Programme.objects.filter(cities=viewer.speaks_for_id) if viewer.speaks_for_id else Programme.objects.none()
        )
        programmes = Programme.objects.all() if is_organiser(viewer) else hers
        yield from (for_programme(pk) for pk in programmes.values_list("pk", flat=True))


def for_programme(programme_id: int | None) -> str:
    """Of a session for a programme that has none: organisers alone."""
    return f"{Visibility.PROGRAMME}-{programme_id}" if programme_id else Visibility.DRAFT


def audience_of(session: Session) -> str:
    is_of_programme = session.visibility == Visibility.PROGRAMME
    return for_programme(session.programme_id) if is_of_programme else session.visibility


def documents_of_sessions(ids: Iterable[int]) -> list[Document]:
    found = Session.objects.filter(pk__in=list(ids)).select_related("series").prefetch_related("speakers__city")
    sessions = list(found)
    known = known_tags(word for each in sessions for word in each.themes)
    return [
        Document(
            key=f"session-{each.pk}",
            kind=Kind.SESSION,
            group=f"session-{each.pk}",
            titles=_in_languages(each, "title"),
            bodies=_in_languages(each, "abstract"),
            audiences=frozenset({audience_of(each)}),
            language=each.languages[0] if each.languages else each.original_language,
            names=tuple(word for speaker in each.speakers.all() for word in _words_of(speaker)) + tuple(each.themes),
            tags=tuple(sorted({known[name].pk for name in map(folded, each.themes) if name in known})),
            cities=tuple(sorted({speaker.city_id for speaker in each.speakers.all() if speaker.city_id})),
            programmes=(each.programme_id,) if each.programme_id else (),
            places=(f"series-{each.series_id}",),
            made_at=int(each.starts_at.timestamp()),
            active_at=int(each.changed_at.timestamp()),
        )
        for each in sessions
    ]


def _words_of(speaker: Speaker) -> tuple[str, ...]:
    city = said(speaker.city, "name", DEFAULT).text if speaker.city else ""
    return tuple(word for word in (speaker.name, speaker.role, speaker.place, city, speaker.talk_title) if word)


def _in_languages(session: Session, field: str) -> dict[str, str]:
    return {code: text for code in CODES if (text := getattr(session, f"{field}_{code}"))}


def show_sessions(viewer: Viewer, ids: Iterable[int]) -> Mapping[int, Found]:
    language = get_language() or DEFAULT
    sessions = seeable_sessions(viewer).filter(pk__in=list(ids)).select_related("series")
    return {each.pk: _found(each, language) for each in sessions}


def _found(session: Session, language: str) -> Found:
    title, abstract = said(session, "title", language), said(session, "abstract", language)
    return Found(
        kind=Kind.SESSION,
        title=title.text,
        title_language=title.language,
        text=abstract.text,
        language=abstract.language,
        address=reverse("webinars:session", args=[session.series.slug, session.slug]),
        where=said(session.series, "title", language).text,
        at=session.starts_at,
    )


def look_for_sessions(viewer: Viewer, request: SearchRequest, most: int) -> list[int]:
    asked = fitting(
        request,
        words=[f"title_{code}" for code in CODES],
        at="starts_at",
        places={"series": "series"},
        language=_first_spoken,
        tag=lambda tags: Q(pk__in=_tagged(tags)),
        city=lambda cities: Q(pk__in=Speaker.objects.filter(city__in=cities).values("session")),
        programme="programme",
    )
    found = seeable_sessions(viewer).filter(asked).order_by("-starts_at", "pk")
    return list(found.values_list("pk", flat=True)[:most])


def _tagged(tag_ids: Iterable[int]) -> list[int]:
    """Ids of sessions of whose words one means one of these tags. Their words are no tags of their own: they are
    looked through, of all sessions, of which there are some hundreds.
    """
    meant = set(words_for(Tag.objects.filter(pk__in=tag_ids)).values_list("folded", flat=True))
    worded = Session.objects.exclude(themes=[]).values_list("pk", "themes")
    return [pk for pk, words in worded if not meant.isdisjoint(map(folded, words))]


def _first_spoken(languages: Sequence[str]) -> Q:
    return Q(languages__0__in=languages) | Q(languages=[], original_language__in=languages)


finds(
    Findable(
        prefix="session",
        documents=documents_of_sessions,
        ids=lambda: slices(Session.objects.all()),
        show=show_sessions,
        audiences=audiences,
        look=look_for_sessions,
    )
)


@names_places("series")
def series_named(viewer: Viewer, ids: Iterable[int]) -> Mapping[int, Place]:
    language = get_language() or DEFAULT
    titles = {each.pk: said(each, "title", language) for each in Series.objects.filter(pk__in=list(ids))}
    return {pk: Place(title.text, title.language) for pk, title in titles.items()}


@brings(SessionPublished, SessionShown)
@changes(
    SessionDrafted,
    SessionPublished,
    SessionMoved,
    SessionRetitled,
    SessionRetitledQuietly,
    SessionRevised,
    SessionCancelled,
    SessionRestored,
)
@changes(SessionShown, SessionWithdrawn, hides=True)
def session(facts: Sequence[Fact]) -> Iterator[str]:
    yield from (f"session-{pk}" for pk in ids_in(facts, "session_id"))


@changes(CityChanged)
def sessions_of_speakers_from(facts: Sequence[Fact]) -> Iterator[str]:
    """The city's name is among their words."""
    sessions = Session.objects.filter(speakers__city__in=ids_in(facts, "city_id")).distinct()
    yield from (f"session-{pk}" for pk in sessions.values_list("pk", flat=True))


@changes(TagsJoined, TagsParted)
def sessions_with_tag(facts: Sequence[Fact]) -> Iterator[str]:
    """A word that means another tag: what has either is found by both."""
    tags = [*ids_in(facts, "tag_id"), *ids_in(facts, "synonym_id")]
    yield from (f"session-{pk}" for pk in _tagged(tags))
