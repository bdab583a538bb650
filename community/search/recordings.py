"""Recordings, found to the second of speech: for the room that will keep them, which gives their plain facts.

A window of at most 60 words is one document, `recording-<window's id>`; all windows of a recording are one group.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache

from community.members.rulings import Viewer
from community.search.captions import Window, windows
from community.search.documents import Findable, Found, finds
from community.search.engine import MOST_NUMBER, Document, Kind, SearchRequest
from community.search.slices import SLICE
from i18n.languages import CODES

MOST_WINDOWS = 10_000  # of one language: more than a day of speech
OF_ONE = MOST_WINDOWS * 10  # ids of windows that one recording may have
LOOKED_AT = 100  # recordings whose titles fit, where no engine answers
KEPT = 64  # files whose windows stay at hand


@dataclass(frozen=True)
class Recording:
    """What is to be found of one.

    Params: titles, by language; captions, WebVTT by language (BCP 47), of the languages of the house; address, of its
    player, which understands `?t=` and seconds; language, that was spoken; at, seconds since 1970; the others as of
    `Document`.
    """

    id: int
    titles: Mapping[str, str]
    captions: Mapping[str, str]
    address: str
    audiences: frozenset[str]
    language: str = ""
    names: tuple[str, ...] = ()
    tags: tuple[int, ...] = ()
    cities: tuple[int, ...] = ()
    programmes: tuple[int, ...] = ()
    places: tuple[str, ...] = ()
    at: int = 0


Read = Callable[[Iterable[int]], Mapping[int, Recording]]
ReadFor = Callable[[Viewer, Iterable[int]], Mapping[int, Recording]]


@lru_cache(KEPT)
def windows_of(captions: str) -> list[Window]:
    """Those of one file; a recording of which nothing was written down has one, of no words."""
    return windows(captions)[:MOST_WINDOWS]


def spoken(recording: Recording) -> dict[int, tuple[str, Window]]:
    """By the window's id: its language, and what was said."""
    found = {
        recording.id * OF_ONE + CODES.index(language) * MOST_WINDOWS + number: (language, window)
        for language, captions in recording.captions.items()
        if language in CODES
        for number, window in enumerate(windows_of(captions))
    }
    return found or {recording.id * OF_ONE: (recording.language, Window(0, 0, ""))}


def keys_of(recording_id: int, recording: Recording | None, before: Mapping[str, int] | None = None) -> Iterator[str]:
    """What changes in the index with a recording, for the room's `changes()`.

    Params: recording, as it is now, None where it is gone; before, how many windows each language had, where captions
    became fewer or none.
    """
    ids = dict.fromkeys(spoken(recording) if recording else ())
    for language, count in (before or {}).items():
        first = recording_id * OF_ONE + CODES.index(language) * MOST_WINDOWS
        ids |= dict.fromkeys(range(first, first + count))
    ids[recording_id * OF_ONE] = None
    yield from (f"recording-{pk}" for pk in ids)


def documents_of(recording: Recording, wanted: Iterable[int] | None = None) -> list[Document]:
    """Params: wanted, ids of windows; all of them if not said."""
    said = spoken(recording)
    return [
        Document(
            key=f"recording-{pk}",
            kind=Kind.RECORDING,
            group=f"recording-{recording.id}",
            titles=recording.titles,
            bodies={language: window.text},
            audiences=recording.audiences,
            language=language,
            names=recording.names,
            tags=recording.tags,
            cities=recording.cities,
            programmes=recording.programmes,
            places=recording.places,
            made_at=recording.at,
            active_at=recording.at,
            start=window.start // 1_000,
        )
        for pk in (said if wanted is None else dict.fromkeys(wanted))
        if pk in said
        for language, window in [said[pk]]
    ]


def moment(recording: Recording, milliseconds: int) -> str:
    """The player at that second."""
    seconds = milliseconds // 1_000
    return f"{recording.address}?t={seconds}" if seconds else recording.address


def finds_recordings(
    *,
    read: Read,
    read_for: ReadFor,
    ids: Callable[[], Iterator[Sequence[int]]],
    audiences: Callable[[Viewer], Iterable[str]],
    look: Callable[[Viewer, str, int], list[int]],
) -> Findable:
    """The port for recordings.

    Params: read, all that are there; read_for, those that this viewer may see, by the room's own rule; ids, of all
    recordings in slices; audiences, those a viewer belongs to; look, where no engine answers: recordings whose titles
    have the words that were typed, best first, so many at most; what else is asked for is seen to here.
    """

    def documents(windows: Iterable[int]) -> list[Document]:
        by_recording = _by_recording(windows)
        return [
            document
            for pk, recording in read(by_recording).items()
            for document in documents_of(recording, by_recording[pk])
        ]

    def all_ids() -> Iterator[list[int]]:
        for some in ids():
            pks = [pk for recording in read(some).values() for pk in spoken(recording)]
            yield from (pks[at : at + SLICE] for at in range(0, len(pks), SLICE))

    def show(viewer: Viewer, windows: Iterable[int]) -> dict[int, Found]:
        by_recording = _by_recording(windows)
        return {
            pk: _found(recording, *spoken(recording)[pk])
            for recording_id, recording in read_for(viewer, by_recording).items()
            for pk in by_recording[recording_id]
            if pk in spoken(recording)
        }

    def look_for(viewer: Viewer, request: SearchRequest, most: int) -> list[int]:
        seen = read_for(viewer, ids := look(viewer, request.q, LOOKED_AT))
        first = (_first_window(seen[pk], request) for pk in ids if pk in seen)
        return [pk for pk in first if pk is not None][:most]

    return finds(
        Findable(prefix="recording", documents=documents, ids=all_ids, show=show, audiences=audiences, look=look_for)
    )


def _first_window(recording: Recording, request: SearchRequest) -> int | None:
    """Of the languages asked for; None where the recording is not what is asked for."""
    wanted: tuple[tuple[Iterable[object], Iterable[object]], ...] = (
        (request.tags, recording.tags),
        (request.cities, recording.cities),
        (request.programmes, recording.programmes),
        (request.places, recording.places),
    )
    is_in_time = (request.since or 0) <= recording.at <= (MOST_NUMBER if request.until is None else request.until)
    if not is_in_time or any(values and not {*values} & {*its} for values, its in wanted):
        return None
    fitting = (pk for pk, (said_in, _) in spoken(recording).items() if said_in in (request.languages or (said_in,)))
    return next(fitting, None)


def _by_recording(windows: Iterable[int]) -> dict[int, list[int]]:
    found: dict[int, list[int]] = {}
    for pk in windows:
        found.setdefault(pk // OF_ONE, []).append(pk)
    return found


def _found(recording: Recording, language: str, window: Window) -> Found:
    title_language = recording.language if recording.language in recording.titles else next(iter(recording.titles), "")
    return Found(
        kind=Kind.RECORDING,
        title=recording.titles.get(title_language, ""),
        title_language=title_language,
        text=window.text,
        language=language,
        address=moment(recording, window.start),
        at=datetime.fromtimestamp(recording.at, UTC) if recording.at else None,
        start=window.start // 1_000,
        moments=tuple((character, at // 1_000, moment(recording, at)) for character, at in window.moments),
    )
