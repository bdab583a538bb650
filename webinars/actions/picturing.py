"""Pictures of speakers and of series: a file of the organiser who brings it, held by the speaker or the series.

What a speaker brings by her link is a file of the organiser who sent it: she need not have an account.
"""

from django.db.models import F
from django.utils import timezone

from community.facts.actions import action, record
from community.files.actions import attach_files
from community.files.actions.dropping import drop_files_of
from community.files.models import StoredFile
from community.members.models import Member
from webinars.actions.schedule import note_revision
from webinars.actions.seats import held_session
from webinars.choices import SERIES, SPEAKERS
from webinars.facts import SCHEDULE, SeriesRevised
from webinars.models import Series, Speaker


@action
def picture_speaker(speaker: Speaker, file: StoredFile | None, *, by: Member | None, alt: str = "") -> None:
    """Show her with this picture and no other, or with none. Params: by, None for herself; alt, what it shows.
    Records: SessionRevised.
    """
    _hold(SPEAKERS, speaker.pk, file, alt=alt)
    _step_speaker(speaker.pk, by=by, picture=file)


@action
def picture_series(series: Series, file: StoredFile | None, *, by: Member, alt: str = "") -> None:
    """Show it with this picture and no other, or with none. Params: alt, what it shows. Records: SeriesRevised."""
    _hold(SERIES, series.pk, file, alt=alt)
    _step_series(series.pk, by=by, picture=file)


@action
def step_speaker(speaker_id: int) -> None:
    """Her picture is ready, refused or gone. Records: SessionRevised."""
    _step_speaker(speaker_id, by=None)


@action
def step_series(series_id: int) -> None:
    """Its picture is ready, refused or gone. Records: SeriesRevised."""
    _step_series(series_id, by=None)


def _hold(holder: str, held_id: int, file: StoredFile | None, *, alt: str) -> None:
    """The one before goes, whoever brought it."""
    drop_files_of(holder, held_id)
    if file is not None and file.owner is not None:
        attach_files([file.pk], owner=file.owner, holder=holder, held_id=held_id, alts={file.pk: alt})


def _step_speaker(speaker_id: int, *, by: Member | None, **fields: StoredFile | None) -> None:
    speaker = Speaker.objects.filter(pk=speaker_id).first()
    if speaker is None:
        return
    session = held_session(speaker.session_id)
    Speaker.objects.filter(pk=speaker_id).update(version=F("version") + 1, **fields)
    note_revision(session, by=by)


def _step_series(series_id: int, *, by: Member | None, **fields: StoredFile | None) -> None:
    series = Series.objects.select_for_update(no_key=True).filter(pk=series_id).first()
    if series is None:
        return
    Series.objects.filter(pk=series_id).update(version=F("version") + 1, changed_at=timezone.now(), **fields)
    record(SeriesRevised(series_id), streams=[SCHEDULE], actor_id=by.pk if by else None)
