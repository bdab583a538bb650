"""What somebody wants to put on the schedule, before it has rows. Texts are by language."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from i18n.zones import zone
from webinars.choices import Visibility

Texts = Mapping[str, str]  # language → text


@dataclass(frozen=True)
class SpeakerPlan:
    role: str
    place: str = ""  # city or organisation, as announced
    city_id: int | None = None
    name: str = ""
    talk_title: str = ""
    slides: str = ""  # a link
    speaker_id: int | None = field(default=None, compare=False)  # her row, where she has one already


@dataclass(frozen=True)
class ChannelPlan:
    """Interpretation into a language. Params: link, for whoever may join: it stands in no log."""

    language: str
    link: str = field(repr=False)


@dataclass(frozen=True)
class RoomPlan:
    """Where it is held. Params: link, of any provider, none for a room on the site; access, passcode, phone numbers."""

    link: str = field(default="", repr=False)
    access: str = field(default="", repr=False)


@dataclass(frozen=True)
class SessionPlan:
    slug: str
    titles: Texts
    starts_local: str  # 2026-11-26T08:00, in `timezone`
    timezone: str  # IANA
    minutes: int
    languages: tuple[str, ...]  # spoken, BCP 47
    abstracts: Texts
    original_language: str = "en"
    number: int | None = None
    kind: str = ""  # a SessionKind; "" where nothing is said of it
    themes: tuple[str, ...] = ()
    priority_theme_ids: tuple[int, ...] = ()
    speakers: tuple[SpeakerPlan, ...] = ()
    channels: tuple[ChannelPlan, ...] = ()  # in the order of the house's languages
    room: RoomPlan | None = None  # None until organisers say where it is held
    programme_id: int | None = None
    visibility: Visibility = Visibility.PUBLIC
    takes_registrations: bool = False
    capacity: int | None = None  # seats; None: no limit
    registration_until_local: str = ""  # as starts_local; "" until it ends
    asks_approval: bool = False
    is_time_assumed: bool = False  # it was not announced, and is the usual one of the series
    is_invented: bool = False
    is_recorded: bool = False
    recording_consents: Texts = field(default_factory=dict)  # read before one registers
    co_hosts: str = ""  # organisations
    imported_uid: str = ""

    @property
    def starts_at(self) -> datetime:
        return instant(self.starts_local, self.timezone)

    @property
    def ends_at(self) -> datetime:
        return self.starts_at + timedelta(minutes=self.minutes)

    @property
    def registration_until(self) -> datetime | None:
        return instant(self.registration_until_local, self.timezone) if self.registration_until_local else None


@dataclass(frozen=True)
class Naming:
    """Other titles for a session. Params: before, what its organiser took them to be; titles, by the same languages."""

    session_id: int
    before: Texts
    titles: Texts


@dataclass(frozen=True)
class SeriesPlan:
    slug: str
    titles: Texts
    descriptions: Texts
    languages: tuple[str, ...]  # spoken, BCP 47
    timezone: str  # IANA
    usual_minutes: int
    usual_weekday: int | None = None  # ISO 8601: 1 for Monday
    usual_time: str = ""  # 08:00, in `timezone`
    original_language: str = "en"
    organisers: tuple[str, ...] = ()
    supporters: tuple[str, ...] = ()
    usual_room: str = field(default="", repr=False)  # a link; each new session takes it
    speaker_notes: Texts = field(default_factory=dict)  # for who speaks in one of its sessions
    reminds_day: bool = True  # who registers, unless she wants it otherwise
    reminds_hour: bool = True
    forum_id: int | None = None  # of the threads about its sessions


@dataclass(frozen=True)
class Telling:
    """What is heard of a change. Of another time and of an end those who come always hear: calendars must be right.

    Params: notes, plain text of the organisers; tells_title, whether those who come hear of another title or abstract;
    tells_speakers, whether those who speak hear of any of it.
    """

    notes: Texts = field(default_factory=dict)
    tells_title: bool = True
    tells_speakers: bool = True


ABSTRACT_LENGTH = 8_000  # characters
LOUD = Telling()


def instant(local: str, timezone: str) -> datetime:
    """When a wall clock in that zone shows `local` (2026-11-26T08:00); the first time, where it shows it twice."""
    return datetime.fromisoformat(local).replace(tzinfo=zone(timezone)).astimezone(UTC)


def wall_time(moment: datetime, timezone: str) -> str:
    """What a wall clock in that zone shows then: 2026-11-26T08:00."""
    return moment.astimezone(zone(timezone)).replace(tzinfo=None).isoformat(timespec="minutes")


def wall_time_meant(moment: datetime | None, timezone: str) -> str:
    """As `wall_time`, where that leads back to the moment; else, and of none, empty."""
    local = wall_time(moment, timezone) if moment else ""
    return local if local and instant(local, timezone) == moment else ""
